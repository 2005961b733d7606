// Units of measure beside a number: length, area, mass, time, data and the rest, by word and symbol, in both languages.
import { isJoint, lowerOf, type Piece, touches } from './piece.ts';
import type { Language } from './propose.ts';

/** What a unit measures. */
export type UnitKind =
  | 'length'
  | 'area'
  | 'volume'
  | 'mass'
  | 'speed'
  | 'time'
  | 'temperature'
  | 'data'
  | 'energy'
  | 'angle'
  | 'other';

interface Unit {
  code: string;
  kind: UnitKind;
}

/** Words by their singular; several words joined by spaces. */
const WORDS = new Map<string, Unit>();
/** Symbols as written, where case tells them apart: Mb and MB. */
const SYMBOLS = new Map<string, Unit>();

function unit(kind: UnitKind, code: string, words: string, symbols = ''): void {
  for (const word of words.split('|')) if (word !== '') WORDS.set(word, { code, kind });
  for (const symbol of symbols.split(' ')) if (symbol !== '') SYMBOLS.set(symbol, { code, kind });
}

unit('length', 'pm', 'picometre|picometer|picomètre', 'pm');
unit('length', 'nm', 'nanometre|nanometer|nanomètre', 'nm');
unit('length', 'μm', 'micrometre|micrometer|micron|micromètre', 'μm µm um');
unit('length', 'mm', 'millimetre|millimeter|millimètre|millimetre', 'mm');
unit('length', 'cm', 'centimetre|centimeter|centimètre', 'cm');
unit('length', 'dm', 'decimetre|decimeter|décimètre', 'dm');
unit('length', 'm', 'metre|meter|mètre', 'm');
unit('length', 'hm', 'hectometre|hectometer|hectomètre', 'hm');
unit('length', 'km', 'kilometre|kilometer|kilomètre|km|kms', 'km KM Km');
unit('length', 'in', 'inch|inche|pouce', 'in ″');
unit('length', 'ft', 'foot|feet|pied', 'ft');
unit('length', 'yd', 'yard', 'yd yds');
unit('length', 'mi', 'mile|mille terrestre', 'mi');
unit('length', 'nmi', 'nautical mile|mille nautique|mille marin', 'nmi');
unit('length', 'ly', 'light year|année lumière');
for (const [code, en, fr] of [
  ['mm', 'millimet', 'millimètre'],
  ['cm', 'centimet', 'centimètre'],
  ['m', 'met', 'mètre'],
  ['km', 'kilomet', 'kilomètre'],
] as const) {
  unit('area', `${code}2`, `square ${en}re|square ${en}er|${fr} carré`, `${code}2 ${code}²`);
  unit('volume', `${code}3`, `cubic ${en}re|cubic ${en}er|${fr} cube`, `${code}3 ${code}³`);
}
unit('area', 'm2', 'sq m|sq metre|sq meter|square m|sqm');
unit('area', 'km2', 'sq km|square km');
unit('area', 'ft2', 'square foot|square feet|sq ft|sq foot|pied carré', 'ft2');
unit('area', 'mi2', 'square mile|sq mile|mile carré', 'mi2');
unit('area', 'ha', 'hectare', 'ha');
unit('area', 'ac', 'acre');
unit('volume', 'ft3', 'cubic foot|cubic feet|pied cube|pieds cube');
unit('volume', 'ml', 'millilitre|milliliter', 'ml mL');
unit('volume', 'cl', 'centilitre|centiliter', 'cl cL');
unit('volume', 'l', 'litre|liter', 'l L');
unit('volume', 'hl', 'hectolitre', 'hl');
unit('volume', 'gal', 'gallon|us gallon');
unit('volume', 'pt', 'pint|us pint|pinte');
unit('volume', 'qt', 'quart|us quart');
unit('volume', 'fl oz', 'fluid ounce|us fluid ounce');
unit('volume', 'bbl', 'barrel|baril');
unit('volume', 'tbsp', 'tablespoon|cuillère à soupe', 'tbsp');
unit('volume', 'tsp', 'teaspoon|cuillère à café', 'tsp');
unit('volume', 'cup', 'cup');
unit('mass', 'μg', 'microgram|microgramme', 'μg µg ug mcg');
unit('mass', 'mg', 'milligram|milligramme', 'mg');
unit('mass', 'g', 'gram|gramme', 'g');
unit('mass', 'kg', 'kilogram|kilogramme|kilo', 'kg KG Kg');
unit('mass', 't', 'tonne|metric ton|metric tonne|tonne métrique|t métrique|ton', 't');
unit('mass', 'lb', 'pound mass|lb', 'lb lbs');
unit('mass', 'oz', 'ounce|once', 'oz');
unit('mass', 'st', 'stone');
unit('mass', 'dr', 'dram|drachma|drachme');
unit('speed', 'mph', 'mile per hour|mile an hour|mile par heure|mile a heure|mile à heure', 'mph');
unit(
  'speed',
  'km/h',
  'kilometre per hour|kilometer per hour|kilometre an hour|kilometer an hour|kilomètre par heure|kilomètre heure|km par heure',
  'km/h kmh kph kmph km/hr KPH',
);
unit('speed', 'm/s', 'metre per second|meter per second|mètre par seconde', 'm/s');
unit('speed', 'kn', 'knot|nœud|noeud');
unit('time', 'ms', 'millisecond|milliseconde', 'ms');
unit('time', 's', 'second|seconde|sec', 's');
unit('time', 'min', 'minute|min', 'min');
unit('time', 'h', 'hour|heure|hr|hrs', 'h');
unit('time', 'day', 'day|jour|journée|night|nuit');
unit('time', 'week', 'week|semaine');
unit('time', 'month', 'month|mois');
unit('time', 'year', 'year|an|année|yr|yrs');
unit('time', 'decade', 'decade|décennie');
unit('time', 'century', 'century|siècle|centurie');
unit(
  'temperature',
  '°C',
  'celsius|celcius|centigrade|centigrate|degree celsius|degree centigrade|degré celsius|degré centigrade|deg celsius|deg centigrade|deg c|degree c|degré c',
  'C °C',
);
unit(
  'temperature',
  '°F',
  'fahrenheit|farenheit|degree fahrenheit|degree farenheit|degré fahrenheit|deg fahrenheit|deg f|degree f|degré f',
  'F °F',
);
unit('temperature', 'K', 'kelvin|degree kelvin', 'K');
unit('temperature', '°', 'degree|degré|deg', '°');
unit('data', 'bit', 'bit', 'b');
unit('data', 'kb', 'kilobit', 'kb Kb');
unit('data', 'Mb', 'megabit|mégabit', 'Mb mb');
unit('data', 'Gb', 'gigabit', 'Gb gb');
unit('data', 'B', 'byte|octet', 'B');
unit('data', 'kB', 'kilobyte|kilooctet', 'kB KB ko');
unit('data', 'MB', 'megabyte|mégaoctet', 'MB Mo');
unit('data', 'GB', 'gigabyte|gigaoctet', 'GB Go');
unit('data', 'TB', 'terabyte|téraoctet', 'TB To');
unit('data', 'Mbit/s', 'megabit per second', 'Mbps mbps');
unit('energy', 'W', 'watt', 'W');
unit('energy', 'kW', 'kilowatt', 'kW KW kw');
unit('energy', 'MW', 'megawatt|mégawatt', 'MW');
unit('energy', 'GW', 'gigawatt', 'GW');
unit('energy', 'TW', 'terawatt|térawatt', 'TW');
unit('energy', 'Wh', 'watt hour|wattheure', 'Wh');
unit('energy', 'kWh', 'kilowatt hour|kilowattheure', 'kWh kwh');
unit('energy', 'MWh', 'megawatt hour|mégawattheure', 'MWh');
unit('energy', 'GWh', 'gigawatt hour|gigawattheure', 'GWh');
unit('energy', 'TWh', 'terawatt hour|térawattheure', 'TWh');
unit('energy', 'J', 'joule', 'J');
unit('energy', 'kcal', 'kilocalorie|calorie', 'kcal');
unit('energy', 'hp', 'horsepower|cheval vapeur', 'hp PS');
unit('energy', 'bhp', 'brake horsepower', 'bhp');
unit('energy', 'Nm', 'newton metre|newton meter', 'Nm');
unit('energy', 'lb-ft', 'pound foot|pound feet|foot pound', 'lb-ft');
unit('angle', 'rad', 'radian', 'rad');
unit('angle', 'turn', 'turn|tour');
unit('other', 'Hz', 'hertz', 'Hz');
unit('other', 'kHz', 'kilohertz', 'kHz');
unit('other', 'MHz', 'megahertz|mégahertz', 'MHz');
unit('other', 'GHz', 'gigahertz', 'GHz');
unit('other', 'V', 'volt', 'V');
unit('other', 'kV', 'kilovolt', 'kV');
unit('other', 'A', 'amp|ampere|ampère', 'A');
unit('other', 'mAh', 'milliamp hour', 'mAh');
unit('other', 'F', 'farad');
unit('other', 'dB', 'decibel|décibel', 'dB');
unit('other', 'Pa', 'pascal', 'Pa');
unit('other', 'hPa', 'hectopascal', 'hPa');
unit('other', 'MPa', 'megapascal', 'MPa');
unit('other', 'GPa', 'gigapascal', 'GPa');
unit('other', 'bar', 'bar');
unit('other', 'psi', 'pound per square inch', 'psi');
unit('other', 'rpm', 'revolution per minute|rpm', 'rpm');
unit('other', 'mpg', 'mile per gallon|mpg', 'mpg');
unit('other', 'Mpx', 'megapixel|mégapixel');
unit('other', 'bp', 'basis point|point de base', 'bps');
unit('other', 'µSv', 'microsievert', 'μSv µSv');
unit('other', 'ppb', 'part per billion|ppb', 'ppb');
unit('other', 'ppm', 'part per million|ppm', 'ppm');

/** Symbols that are words or letters of something else unless they touch the number: "5 in 10", « 3 a », "4 A". */
const TIGHT = /^(?:in|a|A|B|b|C|F|J|K|V|W|s|h|t|g|l|m|To|Go|Mo|st|pm|To|mi|min|u)$/;
/** Symbols that need white space or a digit before them and no letter-like thing after: 75 L, 5 W, 12 C. */
const LOOSE_SYMBOL = /^(?:L|W|V|J|K|C|F|g|t|l|m|h|s|A|Go|Mo|To|mi|min)$/;

/** Irregular plurals, and short words whose s is no plural. */
const SINGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    feet: 'foot',
    inches: 'inch',
    centuries: 'century',
    hertz: 'hertz',
    celsius: 'celsius',
    celcius: 'celcius',
    mois: 'mois',
    lbs: 'lb',
  }),
);

function singular(word: string): string {
  const known = SINGULAR.get(word);
  if (known) return known;
  return word.length > 2 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

/** A unit and the piece after it. */
export interface UnitReading {
  code: string;
  kind: UnitKind;
  next: number;
  /** Written as a symbol, not as a word. */
  symbol: boolean;
}

/** How many words a unit may take. */
const LONGEST = 4;

/**
 * The unit that begins at piece `at`, the longest first: "square metres", "km/h", « tonnes métriques », "°C". `tight`:
 * it stands right at a number in digits, so that single letters are units.
 */
export function unitAt(pieces: Piece[], at: number, language: Language, tight: boolean): UnitReading | null {
  const piece = pieces[at];
  if (!piece) return null;
  if (piece.kind === 'mark') return markUnit(pieces, at);
  if (piece.kind !== 'word') return null;
  const word = wordUnit(pieces, at, language);
  const symbol = symbolUnit(pieces, at, tight);
  return word && symbol ? (symbol.next > word.next ? symbol : word) : (word ?? symbol);
}

function markUnit(pieces: Piece[], at: number): UnitReading | null {
  const piece = pieces[at]!;
  if (piece.text === '°' || piece.text === 'º') {
    const letter = pieces[at + 1];
    const word = lowerOf(pieces, at + 1);
    if (letter && (/^[CF]$/.test(letter.text) || /^(?:celsius|fahrenheit)$/.test(word)))
      return {
        code: /^[Cc]/.test(letter.text) ? '°C' : '°F',
        kind: 'temperature',
        next: at + 2,
        symbol: true,
      };
    return { code: '°', kind: 'temperature', next: at + 1, symbol: true };
  }
  return piece.text === '″' ? { code: 'in', kind: 'length', next: at + 1, symbol: true } : null;
}

function wordUnit(pieces: Piece[], at: number, language: Language): UnitReading | null {
  let found: UnitReading | null = null;
  let phrase = '';
  let index = at;
  for (let words = 0; words < LONGEST && index < pieces.length; words++) {
    const piece = pieces[index]!;
    if (piece.kind !== 'word') break;
    let word = piece.lower;
    if (word.endsWith('.')) word = word.slice(0, -1);
    if (language === 'fr' && (word === "l'" || word === 'l’') && phrase !== '') {
      index++;
      words--;
      continue;
    }
    const joined = phrase === '' ? '' : `${phrase} `;
    const unit = WORDS.get(joined + singular(word)) ?? WORDS.get(joined + word);
    if (unit && !(words === 0 && piece.capital && piece.text.length > 1 && pieces[index + 1]?.capital))
      found = {
        ...unit,
        next: index + 1,
        symbol: /^(?:km|kms|lb|min|sec|mpg|rpm|ppm|sqm|hrs?|yrs?)$/.test(word),
      };
    phrase = joined + singular(word);
    index++;
    // "kilowatt-hours", "pound-feet"
    if (
      pieces[index]?.kind === 'mark' &&
      pieces[index]!.text === '-' &&
      touches(pieces, index) &&
      touches(pieces, index + 1)
    )
      index++;
  }
  return found;
}

/** "km", "km/h", "m2", "MB": symbols, with what stands after a slash. */
function symbolUnit(pieces: Piece[], at: number, tight: boolean): UnitReading | null {
  const piece = pieces[at]!;
  const slash = pieces[at + 1];
  if (slash?.text === '/' && touches(pieces, at + 1) && touches(pieces, at + 2)) {
    const whole = SYMBOLS.get(`${piece.text}/${pieces[at + 2]!.text}`);
    if (whole) return { ...whole, next: at + 3, symbol: true };
  }
  if (piece.lower === 'lb' && slash?.text === '-' && lowerOf(pieces, at + 2) === 'ft')
    return { code: 'lb-ft', kind: 'energy', next: at + 3, symbol: true };
  const unit = SYMBOLS.get(piece.text) ?? SYMBOLS.get(piece.lower.replace(/\.$/, ''));
  if (!unit) return null;
  if (TIGHT.test(piece.text) || TIGHT.test(piece.lower)) {
    const touching = touches(pieces, at);
    const ended = !pieces[at + 1] || pieces[at + 1]!.kind !== 'word' || pieces[at + 1]!.gap;
    // "an L-shaped room", "23456 F Block", "the 13F filing"
    if (isJoint(pieces, at + 1) || (piece.text === 'F' && touching)) return null;
    if (!tight || !ended || (!touching && !LOOSE_SYMBOL.test(piece.text))) return null;
    if (!SYMBOLS.has(piece.text)) return null;
  }
  return { ...unit, next: at + 1, symbol: true };
}

/** What an amount is counted by: "a day", "per hour", « par mois », "/week". */
export interface Rate {
  /** Ends with the unit's code: "/day", "/h", "/m2". */
  per: string;
  next: number;
}

/** The rate at `at`, for time and measures: "per day", "an hour", "each year", « par an », "/kg". */
export function rateAt(pieces: Piece[], start: number, language: Language): Rate | null {
  // "12-cent-a-share", "barrel-a-day"
  const joint = isJoint(pieces, start);
  const at = joint ? start + 1 : start;
  const word = lowerOf(pieces, at);
  const slash = word === '/' && touches(pieces, at);
  const per =
    language === 'en'
      ? /^(?:per|a|an|each|every)$/.test(word)
      : /^(?:par|chaque)$/.test(word) ||
        (word === 'à' && lowerOf(pieces, at + 1) === "l'") ||
        (word === 'a' && lowerOf(pieces, at + 1) === "l'");
  if (!per && !slash) return null;
  const from = lowerOf(pieces, at + 1) === "l'" || (joint && isJoint(pieces, at + 1)) ? at + 2 : at + 1;
  const found = unitAt(pieces, from, language, slash);
  if (!found && /^(?:per|par)$/.test(word)) return headRate(pieces, from);
  if (!found || (found.symbol && !slash && word !== 'per' && word !== 'par')) return null;
  if (found.kind !== 'time' && word !== 'per' && word !== 'par' && word !== 'an' && word !== 'a' && !slash)
    return null;
  // "5 in a day" is no rate of five; "a second man" is none either.
  if (/^(?:a|an)$/.test(word) && found.code === 's') return null;
  // "$7 billion a year earlier"
  if (/^(?:earlier|ago|later|before|after|old|plus)$/.test(lowerOf(pieces, found.next))) return null;
  return { per: `/${found.code}`, next: found.next };
}

const HEAD =
  /^(?:person|capita|head|share|pupil|child|patient|household|resident|inhabitant|night|vote|unit|ticket|barrel|game|employee|worker|passenger|customer|user|family|bed|case|personne|tête|habitant|enfant|élève|ménage|foyer|famille|lit|place|patient|action|billet|salarié|migrant|nuitée|dossier)$/;

/** "per person", « par habitant »: a rate by heads. */
function headRate(pieces: Piece[], at: number): Rate | null {
  const word = lowerOf(pieces, at);
  return HEAD.test(word) ? { per: `/${word}`, next: at + 1 } : null;
}

/** The lengths of time by their words: "weeks", « ans ». */
export function timeUnit(word: string): string | null {
  const unit = WORDS.get(singular(word)) ?? WORDS.get(word);
  return unit?.kind === 'time' ? unit.code : null;
}

/** The unit a phrase names, for reading other people's names of units; null when it names none. */
export function unitNamed(phrase: string): string | null {
  const words = phrase
    .toLowerCase()
    .split(/[\s-]+/)
    .map(singular)
    .join(' ');
  return (WORDS.get(words) ?? WORDS.get(phrase.toLowerCase()) ?? SYMBOLS.get(phrase))?.code ?? null;
}
