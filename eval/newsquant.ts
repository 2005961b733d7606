// Quantities on NewsQuant: value, unit and change of each, by the equality rules of CQE's evaluation script, held stricter:
// every quantity of the gold and of ours is matched at most once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countedAfter } from '../src/language/counted.ts';
import { findDates } from '../src/language/date.ts';
import { findQuantities, type NumberMention } from '../src/language/number.ts';
import { tagsOf } from '../src/language/tagger.ts';
import { type Token, tokenise } from '../src/language/text-model.ts';
import { f1, type Row } from './report.ts';

interface Gold {
  change: string;
  value: string;
  normalized_unit: string;
}
interface Sentence {
  text: string;
  quantities: Gold[];
}
/** A quantity as NewsQuant writes it: one value or a pair, the name of a unit, and one of = ~ < > up down. */
export interface Plain {
  value: [number] | [number, number];
  unit: string;
  change: string;
}

/** The names NewsQuant gives to units that are symbols here. */
const NAMES: Record<string, string> = {
  '%': 'percentage',
  USD: 'dollar',
  GBP: 'pound sterling',
  EUR: 'euro',
  AUD: 'australian dollar',
  CAD: 'canadian dollar',
  HKD: 'hong kong dollar',
  JPY: 'japanese yen',
  CNY: 'chinese yuan',
  INR: 'indian rupee',
  ILS: 'shekel',
  DKK: 'danish krone',
  HRK: 'croatian kuna',
  MYR: 'malaysian ringgit',
  CHF: 'swiss franc',
  RUB: 'russian rouble',
  km: 'kilometre',
  m: 'metre',
  cm: 'centimetre',
  mm: 'millimetre',
  nm: 'nanometre',
  μm: 'micrometre',
  mi: 'mile',
  ft: 'foot',
  in: 'inch',
  yd: 'yard',
  km2: 'square kilometre',
  m2: 'square metre',
  ft2: 'square foot',
  mi2: 'square mile',
  ft3: 'cubic foot',
  ha: 'hectare',
  ac: 'acre',
  l: 'litre',
  ml: 'millilitre',
  gal: 'gallon',
  pt: 'pint',
  qt: 'quart',
  'fl oz': 'ounce',
  oz: 'ounce',
  bbl: 'barrel',
  kg: 'kilogram',
  g: 'gram',
  mg: 'milligram',
  t: 'metric ton',
  lb: 'pound-mass',
  mph: 'mile per hour',
  'km/h': 'kilometre per hour',
  min: 'minute',
  s: 'second',
  h: 'hour',
  '°C': 'celsius',
  '°F': 'fahrenheit',
  '°': 'degree',
  GB: 'gigabyte',
  MB: 'megabyte',
  kW: 'kilowatt',
  MW: 'megawatt',
  GW: 'gigawatt',
  W: 'watt',
  kWh: 'kilowatt hour',
  GWh: 'gigawatt hour',
  hp: 'horsepower',
  bhp: 'brake horsepower',
  Nm: 'newton metre',
  'lb-ft': 'foot pound-force',
  Hz: 'hertz',
  V: 'volt',
  F: 'farad',
  dB: 'decibel',
  GPa: 'gigapascal',
  rpm: 'revolutions per minute',
  mpg: 'mile per gallon',
  bp: 'basis point',
  bit: 'bit',
  mAh: 'milliampere-hour',
  ppb: 'parts-per-billion',
};
const AGES = 'year of age';

/** A unit's code with its rate in NewsQuant's words: "USD/month" is "dollar per month". */
function unitName(code: string): string {
  const known = NAMES[code];
  if (known) return known;
  const slash = code.lastIndexOf('/');
  if (slash < 0) return code.toLowerCase();
  const base = code.slice(0, slash);
  const per = code.slice(slash + 1);
  return `${base === '' ? '' : `${unitName(base)} `}per ${NAMES[per] ?? per}`;
}

const IRREGULAR: Record<string, string> = {
  men: 'man',
  women: 'woman',
  children: 'child',
  fishermen: 'fisherman',
  feet: 'foot',
  lives: 'life',
  wives: 'wife',
};

/** The last word of a phrase in the singular. */
function singular(phrase: string): string {
  return phrase.replace(/[\p{L}-]+$/u, (word) => {
    const lower = word.toLowerCase();
    if (IRREGULAR[lower]) return IRREGULAR[lower];
    if (/(?:ss|us|is|people|police)$/.test(lower)) return word;
    if (/ies$/.test(lower) && lower.length > 4) return `${word.slice(0, -3)}y`;
    if (/(?:ches|shes|xes|sses|zes|uses)$/.test(lower)) return word.slice(0, -2);
    return /s$/.test(lower) && lower.length > 3 ? word.slice(0, -1) : word;
  });
}

/** Our quantities of a sentence in NewsQuant's terms. "from 20 to 29" is one pair there; ratios are not annotated. */
export function plainQuantities(text: string): Plain[] {
  const tokens = tokenise(text, 0, text.length, 'en');
  const dates = findDates(tokens, 'en', null);
  const mentions = findQuantities(
    text,
    tokens,
    'en',
    dates.filter((date) => !isDuration(text.slice(date.start, date.end))),
  );
  const tags = tagsOf(tokens, 'en');
  const plain: Plain[] = [];
  for (const [index, mention] of mentions.entries()) {
    const { quantity } = mention;
    if (quantity.kind === 'ratio' || (quantity.kind === 'frequency' && quantity.small && quantity.words))
      continue;
    // A hyphenated length of time describes ("a five-year plan"); of "from 20 to 29" the pair is kept.
    if (quantity.kind === 'duration' && quantity.hyphen) continue;
    const next = mentions[index + 1]?.quantity;
    if (next && next.was !== null && next.was === quantity.value) continue;
    const pair = quantity.was !== null && mentions[index - 1]?.value === quantity.was;
    plain.push({
      value: plainValue(text, mention, pair),
      unit: unitOf(text, tokens, mention, tags),
      change: changeOf(mention),
    });
    for (const other of quantity.equivalents)
      plain.push({
        value: [other.value],
        unit: other.unit === null ? '-' : unitName(other.unit),
        change: changeOf(mention),
      });
  }
  return plain;
}

/** Lengths of time that say when ("three years ago") are quantities on NewsQuant. */
function isDuration(words: string): boolean {
  return (
    /\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b/i.test(words) &&
    /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b/i.test(
      words,
    ) &&
    !/\b(?:19|20)\d\d\b/.test(words)
  );
}

/** Pence are counted as such on NewsQuant, and called points. */
function isPence(text: string, { quantity }: NumberMention): boolean {
  return (
    quantity.unit === 'GBP' && /(?:\dp|\sp|pence)$/.test(text.slice(quantity.core.start, quantity.core.end))
  );
}

function plainValue(text: string, mention: NumberMention, pair: boolean): Plain['value'] {
  const { quantity } = mention;
  if (pair && quantity.was !== null && quantity.value !== null) return [quantity.was, quantity.value];
  if (quantity.low !== null && quantity.high !== null) {
    const [low, high] = [Math.abs(quantity.low), Math.abs(quantity.high)];
    return quantity.bound === 'change'
      ? [Math.min(low, high), Math.max(low, high)]
      : [quantity.low, quantity.high];
  }
  let value = quantity.value ?? Number.NaN;
  if (quantity.bound === 'change') value = Math.abs(value);
  if (isPence(text, mention)) value *= 100;
  if (quantity.vague) return [value, value * 10];
  return [quantity.fraction ?? value];
}

function changeOf({ quantity }: NumberMention): string {
  switch (quantity.bound) {
    case 'about':
      return '~';
    case 'at-least':
    case 'more-than':
      return quantity.vague ? '=' : '>';
    case 'at-most':
    case 'less-than':
      return '<';
    case 'change':
      return quantity.direction === -1 ? 'down' : 'up';
    default:
      return '=';
  }
}

function unitOf(text: string, tokens: Token[], mention: NumberMention, tags: Uint8Array): string {
  const { quantity } = mention;
  if (isPence(text, mention)) return 'point';
  if (quantity.kind === 'age') return quantity.unit === null ? AGES : `${unitName(quantity.unit)} of age`;
  if (quantity.unit !== null && !quantity.unit.startsWith('/'))
    return unitName(`${quantity.unit}${quantity.rate ?? ''}`);
  const rate = quantity.unit === null ? '' : ` ${unitName(quantity.unit)}`;
  if (quantity.hyphen) {
    const word = tokens.find((token) => token.end > quantity.end && token.start <= quantity.end);
    const rest = word ? text.slice(quantity.end, word.end).replace(/^-/, '') : '';
    return singular(rest.toLowerCase());
  }
  if (tokens[mention.to]?.lower === 'times') return 'count';
  const counted = countedAfter(tokens, mention, 'en', tags);
  return counted ? `${singular(text.slice(counted.start, counted.end)).toLowerCase()}${rate}` : '-';
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);

function sameValue(gold: number[], ours: number[]): boolean {
  return gold.length === ours.length && gold.every((value, index) => close(ours[index]!, value));
}

/** The gold in our terms: "15.0-22.0" is a pair, "-5.0" a negative number. */
export function plainGold({ value, normalized_unit, change }: Gold): Plain {
  const pair = !value.includes('E') && !value.startsWith('-') && value.includes('-');
  const values = (pair ? value.split('-') : [value]).map(Number);
  return {
    value: values as Plain['value'],
    unit: normalized_unit.toLowerCase().trim(),
    change: change.trim(),
  };
}

/** How many of the gold quantities are found, by value, value with unit, value with change; each of ours used once. */
export function matched(gold: Plain[], ours: Plain[]): { value: number; unit: number; change: number } {
  const count = (same: (a: Plain, b: Plain) => boolean): number => {
    const free = new Set(ours);
    let found = 0;
    for (const wanted of gold) {
      for (const one of free) {
        if (!sameValue(wanted.value, one.value) || !same(wanted, one)) continue;
        free.delete(one);
        found++;
        break;
      }
    }
    return found;
  };
  return {
    value: count(() => true),
    unit: count((a, b) => a.unit === b.unit),
    change: count((a, b) => a.change === b.change),
  };
}

/** Reads newsquant/dev.json of the data folder. */
export function readNewsQuant(dataDir: string): Sentence[] {
  return JSON.parse(readFileSync(join(dataDir, 'newsquant', 'dev.json'), 'utf8')) as Sentence[];
}

/** Value, +unit and +change F1 on NewsQuant dev, with precision and recall. */
export function evaluateNewsQuant(dataDir: string): Row[] {
  const totals = { gold: 0, ours: 0, value: 0, unit: 0, change: 0 };
  for (const sentence of readNewsQuant(dataDir)) {
    const gold = sentence.quantities.map(plainGold);
    const ours = plainQuantities(sentence.text);
    const found = matched(gold, ours);
    totals.gold += gold.length;
    totals.ours += ours.length;
    for (const key of ['value', 'unit', 'change'] as const) totals[key] += found[key];
  }
  const goals = {
    value: { metric: 'value', baseline: 92, must: 90, aim: 95 },
    unit: { metric: 'value + unit', baseline: 86, must: 80, aim: 90 },
    change: { metric: 'value + change', baseline: 88, must: 86, aim: 92 },
  };
  return (['value', 'unit', 'change'] as const).flatMap((key) => {
    const { metric, ...goal } = goals[key];
    const found = totals[key];
    const on = 'NewsQuant dev';
    return [
      {
        on,
        metric: `${metric} F1`,
        value: f1(found, totals.ours, found, totals.gold),
        ...goal,
        n: totals.gold,
      },
      { on, metric: `${metric} precision`, value: (100 * found) / totals.ours, n: totals.ours },
      { on, metric: `${metric} recall`, value: (100 * found) / totals.gold, n: totals.gold },
    ];
  });
}
