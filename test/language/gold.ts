/**
 * Gold: short texts with marked passages and what the extraction engine must find in them. Reads the files, runs the
 * engine on each case, and says in words where the two part. The format is described at the top of `parseGold`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findDates, newDateMemory } from '../../src/language/date.ts';
import { type Language, propose } from '../../src/language/propose.ts';
import { readText, tokenise } from '../../src/language/text-model.ts';
import type {
  FigureSuggestion,
  KnownName,
  ProposeContext,
  Span,
  StatementSuggestion,
} from '../../src/record/suggestion.ts';
import { Bound, SpeechAct, StatementMode, Venue } from '../../src/record/vocabulary.ts';

/** What an expectation line says of each field: the readings that are right, as written; `null` where there must be none. */
type Fields = Map<string, (string | null)[]>;

/** A statement a text holds. Where nothing marks the source or the cue, there must be none. */
export interface GoldStatement {
  number: number;
  content: Span[];
  source: Span | null;
  cue: Span | null;
  mode: string;
  act: string;
  fields: Fields;
}

/** A figure a text holds. */
export interface GoldFigure {
  number: number;
  span: Span;
  equivalents: Span[];
  fields: Fields;
}

/** A date a text holds; `edtf` is null where no date can be made of the words. */
export interface GoldDate {
  number: number;
  span: Span;
  edtf: string | null;
}

/** What a case holds the engine to. */
export type Checked = 'statements' | 'figures' | 'dates';

/** One short text with what must be found in it: nothing more, nothing less. */
export interface GoldCase {
  name: string;
  language: Language;
  /** The rule family: the file's name without `.txt`. */
  family: string;
  file: string;
  line: number;
  text: string;
  context: ProposeContext;
  check: Checked[];
  /** Why the engine is known to miss it, in a sentence; such a case must fail. */
  missed: string | null;
  statements: GoldStatement[];
  figures: GoldFigure[];
  dates: GoldDate[];
}

const HEADERS = ['published', 'title', 'actors', 'places', 'check', 'missed'] as const;
const STATEMENT_FIELDS = ['speaker', 'role', 'addressee', 'venue', 'when'] as const;
const FIGURE_NUMBERS = ['value', 'low', 'high'] as const;
const FIGURE_FIELDS = [
  'bound',
  'unit',
  'counted',
  'place',
  'when',
  'accordingTo',
  'baseline',
  'equivalents',
] as const;
const KNOWN_TERMS: Record<string, readonly string[]> = { venue: Venue.options, bound: Bound.options };

/** A gold file that cannot be read as one; the message names the file and the line. */
export class GoldError extends Error {}

/**
 * Reads a gold file. A case is: a line `# name`; header lines (`published`, `title`, `actors: Name = alias | alias`,
 * `places`, `check`, `missed`); the text, with passages in `⟦c1 …⟧`; and, where anything is marked, a line `--` and one
 * expectation a line: `1: direct says; speaker=…`, `f2: value=2300; bound=about`, `d3: 2016-10-23`. Kinds of mark: c a
 * piece of a statement's content, s its source, v its cue, f a figure, e an equivalent of the figure of that number,
 * d a date. ` | ` parts readings that are all right; `null` says there must be none. Lines before the first case that
 * begin with `//` are remarks. Throws a GoldError that names the line.
 */
export function parseGold(source: string, file: string, language: Language): GoldCase[] {
  const lines = source.normalize('NFC').split(/\r?\n/);
  const starts = lines.flatMap((line, at) => (line.startsWith('# ') ? [at] : []));
  const family = basename(file, '.txt');
  for (const [at, line] of lines.slice(0, starts[0] ?? lines.length).entries())
    if (line.trim() !== '' && !line.startsWith('//'))
      throw new GoldError(`${file}:${at + 1}: a case begins with a line "# name"`);
  const cases = starts.map((from, index) =>
    parseCase(lines.slice(from, starts[index + 1] ?? lines.length), file, from + 1, family, language),
  );
  const names = new Set<string>();
  for (const { name, line } of cases) {
    if (names.has(name)) throw new GoldError(`${file}:${line}: there is another case "${name}"`);
    names.add(name);
  }
  return cases;
}

/** The cases of every `.txt` file of a folder, by file name; null where there is no such folder. */
export function readGold(directory: string, language: Language): GoldCase[] | null {
  if (!existsSync(directory)) return null;
  return readdirSync(directory)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      parseGold(readFileSync(join(directory, name), 'utf8'), join(directory, name), language),
    );
}

function parseCase(
  lines: string[],
  file: string,
  firstLine: number,
  family: string,
  language: Language,
): GoldCase {
  const fail = (at: number, message: string): never => {
    throw new GoldError(`${file}:${firstLine + at}: ${message}`);
  };
  let at = 1;
  const headers = new Map<string, string[]>();
  for (; at < lines.length; at++) {
    const header = /^(\w+): *(.*)$/.exec(lines[at]!);
    if (!header || !(HEADERS as readonly string[]).includes(header[1]!)) break;
    headers.set(header[1]!, [...(headers.get(header[1]!) ?? []), header[2]!.trim()]);
  }
  const one = (name: (typeof HEADERS)[number]): string | null => {
    const values = headers.get(name) ?? [];
    if (values.length > 1 || values[0] === '') fail(0, `"${name}" stands once, with a value`);
    return values[0] ?? null;
  };
  const check = (one('check')?.split(/ *, */) ?? ['statements', 'figures']) as Checked[];
  for (const name of check)
    if (!/^(?:statements|figures|dates)$/.test(name))
      fail(0, `"check" knows statements, figures and dates, not "${name}"`);

  const parting = lines.indexOf('--', at);
  const body = lines.slice(at, parting < 0 ? lines.length : parting).join('\n');
  const { text, marks } = unmark(body.trim(), (message) => fail(at, message));
  if (text === '') fail(at, 'the case has no text');

  const expected = new Map<string, { value: string; at: number }>();
  for (let line = parting + 1; parting >= 0 && line < lines.length; line++) {
    if (lines[line]!.trim() === '') continue;
    const [, key, value] =
      /^([fd]?[1-9]\d*): *(.*)$/.exec(lines[line]!.trim()) ??
      fail(line, 'an expectation is "1: …", "f2: …" or "d3: …"');
    if (expected.has(key!)) fail(line, `"${key}" is expected twice`);
    expected.set(key!, { value: value!, at: line });
  }
  const take = (key: string) => {
    const line = expected.get(key);
    expected.delete(key);
    return line;
  };
  const spansOf = (kind: string, number: number) => marks.get(`${kind}${number}`) ?? [];
  const only = (kind: string, number: number): Span | null => {
    const spans = spansOf(kind, number);
    if (spans.length > 1) fail(at, `${kind}${number} is marked ${spans.length} times`);
    return spans[0] ?? null;
  };
  const numbers = (kinds: string) =>
    [...marks.keys()].filter((key) => kinds.includes(key[0]!)).map((key) => Number(key.slice(1)));
  const distinct = (kinds: string) => [...new Set(numbers(kinds))].sort((a, b) => a - b);

  const statements = distinct('csv').map((number): GoldStatement => {
    const line = take(`${number}`) ?? fail(at, `statement ${number} has no line "${number}: mode act"`);
    const [head, ...rest] = line.value.split(';').map((part) => part.trim());
    const [mode, act, ...more] = head!.split(/ +/);
    const known = SpeechAct.safeParse(act).success && StatementMode.safeParse(mode).success;
    if (!known || more.length > 0) fail(line.at, `"${head}" is not a mode and an act`);
    const content = spansOf('c', number);
    if (content.length === 0) fail(at, `statement ${number} has no content`);
    const fields = parseFields(rest, STATEMENT_FIELDS, (message) => fail(line.at, message));
    return {
      number,
      content,
      source: only('s', number),
      cue: only('v', number),
      mode: mode!,
      act: act!,
      fields,
    };
  });
  const figures = distinct('fe').map((number): GoldFigure => {
    const line = take(`f${number}`);
    const span = only('f', number) ?? fail(at, `e${number} has no figure f${number}`);
    const rest = line?.value.split(';').map((part) => part.trim()) ?? [];
    const fields = parseFields(rest, [...FIGURE_NUMBERS, ...FIGURE_FIELDS], (message) =>
      fail(line?.at ?? at, message),
    );
    return { number, span, equivalents: spansOf('e', number), fields };
  });
  const dates = distinct('d').map((number): GoldDate => {
    const line = take(`d${number}`) ?? fail(at, `date ${number} has no line "d${number}: EDTF"`);
    return { number, span: only('d', number)!, edtf: line.value === 'null' ? null : line.value };
  });
  for (const [key, line] of expected) fail(line.at, `nothing is marked ${key}`);
  const unread: [Checked, unknown[]][] = [
    ['statements', statements],
    ['figures', figures],
    ['dates', dates],
  ];
  for (const [kind, marked] of unread)
    if (marked.length > 0 && !check.includes(kind)) fail(at, `${kind} are marked but not checked`);

  return {
    name: lines[0]!.slice(2).trim(),
    language,
    family,
    file,
    line: firstLine,
    text,
    context: {
      title: one('title'),
      published: one('published'),
      actors: knownNames(headers.get('actors') ?? [], 'actor'),
      places: knownNames(headers.get('places') ?? [], 'place'),
    },
    check,
    missed: one('missed'),
    statements,
    figures,
    dates,
  };
}

function knownNames(lines: string[], kind: string): KnownName[] {
  return lines.map((line, index) => {
    const [name, aliases] = line.split(/ *= */);
    return { id: `${kind}-${index + 1}`, name: name!, aliases: aliases?.split(/ +\| +/) ?? [] };
  });
}

/** Takes the marks out of a text and gives the spans they stood around, by kind and number, in text order. */
function unmark(
  marked: string,
  fail: (message: string) => never,
): { text: string; marks: Map<string, Span[]> } {
  const mark = /⟦([csvfed][1-9]\d*) |⟦|⟧/g;
  const marks = new Map<string, Span[]>();
  const open: { key: string; start: number }[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(mark)) {
    text += marked.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[1]) open.push({ key: match[1], start: text.length });
    else if (match[0] === '⟦') fail(`a mark is "⟦c1 …⟧": "${marked.slice(match.index, match.index + 12)}"`);
    else {
      const last = open.pop() ?? fail(`"⟧" closes nothing: "…${marked.slice(from - 20, from)}"`);
      if (trimmed(text, { start: last.start, end: text.length }) === '')
        fail(`the mark ${last.key} is around nothing`);
      marks.set(last.key, [...(marks.get(last.key) ?? []), { start: last.start, end: text.length }]);
    }
  }
  if (open.length > 0) fail(`the mark ${open[0]!.key} is not closed`);
  for (const spans of marks.values()) spans.sort((a, b) => a.start - b.start);
  return { text: text + marked.slice(from), marks };
}

function parseFields(parts: string[], names: readonly string[], fail: (message: string) => never): Fields {
  const fields: Fields = new Map();
  for (const part of parts.filter((text) => text !== '')) {
    const [, name, value] = /^(\w+) *= *(.+)$/.exec(part) ?? fail(`"${part}" is not name=value`);
    if (!names.includes(name!)) fail(`there is no field "${name}"; there are ${names.join(', ')}`);
    if (fields.has(name!)) fail(`"${name}" stands twice`);
    if (value === '?') fail(`"${name}" must be known; leave it out where it is not checked`);
    const readings = value!.split(/ +\| +/).map((text) => (text === 'null' ? null : text));
    for (const reading of readings) {
      if (reading === null) continue;
      if (KNOWN_TERMS[name!] && !KNOWN_TERMS[name!]!.includes(reading))
        fail(`"${reading}" is not a ${name}; there are ${KNOWN_TERMS[name!]!.join(', ')}`);
      if ((FIGURE_NUMBERS as readonly string[]).includes(name!) && !Number.isFinite(Number(reading)))
        fail(`"${name}" is a number: "${reading}"`);
    }
    fields.set(name!, readings);
  }
  return fields;
}

// --- what the engine found, against the gold

/** How one case went: the lines that say what is wrong; none where all is right. */
export interface GoldResult {
  gold: GoldCase;
  problems: string[];
}

/** Runs the engine on a case and says, a line each, what is missing, wrong, or found beside the gold. */
export function runGold(gold: GoldCase): GoldResult {
  const { text, language, context } = gold;
  const problems: string[] = [];
  const found = propose(text, language, context);
  if (gold.check.includes('statements')) problems.push(...compareStatements(gold, found.statements));
  if (gold.check.includes('figures')) problems.push(...compareFigures(gold, found.figures));
  if (gold.check.includes('dates')) {
    const memory = newDateMemory();
    const dates = readText(text, language).sentences.flatMap(({ start, end }) =>
      findDates(tokenise(text, start, end, language), language, context.published ?? null, memory),
    );
    problems.push(...compareDates(gold, dates));
  }
  return { gold, problems };
}

/** A failed case as a person reads it: where it stands, its name, and each thing that is wrong. */
export function describeResult({ gold, problems }: GoldResult): string {
  return [`${gold.file}:${gold.line}  ${gold.name}`, ...problems.map((line) => `    ${line}`)].join('\n');
}

/** Cases passed of all cases, by rule family; a case known to be missed counts as not passed. */
export function scoreGold(cases: GoldCase[]): Map<string, { passed: number; total: number }> {
  const scores = new Map<string, { passed: number; total: number }>();
  for (const gold of cases) {
    const score = scores.get(gold.family) ?? { passed: 0, total: 0 };
    score.total++;
    if (runGold(gold).problems.length === 0) score.passed++;
    scores.set(gold.family, score);
  }
  return scores;
}

function compareStatements(gold: GoldCase, found: StatementSuggestion[]): string[] {
  const { text } = gold;
  const say = (spans: (Span | null)[]) =>
    spans.map((span) => (span ? `“${trimmed(text, span)}”` : 'none')).join(' + ');
  const likeness = (wanted: GoldStatement, item: StatementSuggestion): number => {
    const overlap = overlapOf(wanted.content, item.content);
    if (overlap === 0) return 0;
    const cue = wanted.cue && item.cue ? overlapOf([wanted.cue], [item.cue]) : 0;
    const source = wanted.source && item.source ? overlapOf([wanted.source], [item.source]) : 0;
    return overlap + cue + source / 2;
  };
  const { pairs, missing, extra } = pair(gold.statements, found, likeness);
  const problems: string[] = [];
  for (const wanted of missing)
    problems.push(`statement ${wanted.number} is missing: ${say(wanted.content)}`);
  for (const item of extra)
    problems.push(
      `extra statement: ${say(item.content)}; source ${say([item.source])}; cue ${say([item.cue])}`,
    );
  for (const { wanted, item } of pairs) {
    const tell = (what: string, expected: string, got: string) =>
      problems.push(`statement ${wanted.number} ${what}: expected ${expected}, found ${got}`);
    const sameSpans = (a: (Span | null)[], b: (Span | null)[]) => say(a) === say(b) && sameEdges(text, a, b);
    if (!sameSpans(wanted.content, item.content)) tell('content', say(wanted.content), say(item.content));
    if (!sameSpans([wanted.source], [item.source])) tell('source', say([wanted.source]), say([item.source]));
    // What the cue of an absent answer is cannot be said; it is held to one only where one is marked.
    if ((wanted.act !== 'no-response' || wanted.cue) && !sameSpans([wanted.cue], [item.cue]))
      tell('cue', say([wanted.cue]), say([item.cue]));
    if (wanted.mode !== item.mode) tell('mode', wanted.mode, item.mode);
    if (wanted.act !== item.act) tell('act', wanted.act, item.act);
    compareFields(wanted.fields, item, tell);
  }
  return problems;
}

function compareFigures(gold: GoldCase, found: FigureSuggestion[]): string[] {
  const { text } = gold;
  const words = (span: Span) => withoutArticle(trimmed(text, span), gold.language);
  const { pairs, missing, extra } = pair(gold.figures, found, (wanted, item) =>
    overlapOf([wanted.span], [item.span]),
  );
  const problems: string[] = [];
  for (const wanted of missing) problems.push(`figure f${wanted.number} is missing: “${words(wanted.span)}”`);
  for (const item of extra) problems.push(`extra figure: “${words(item.span)}” (value ${item.value})`);
  for (const { wanted, item } of pairs) {
    const tell = (what: string, expected: string, got: string) =>
      problems.push(`figure f${wanted.number} ${what}: expected ${expected}, found ${got}`);
    if (words(wanted.span) !== words(item.span))
      tell('span', `“${words(wanted.span)}”`, `“${words(item.span)}”`);
    const fields = new Map(wanted.fields);
    const equivalents = fields.get('equivalents');
    fields.delete('equivalents');
    const { baseline } = item;
    compareFields(
      fields,
      { ...item, baseline: baseline && (baseline.period ?? baseline.words ?? baseline.value) },
      tell,
    );
    const amounts = item.equivalents.map(({ value, unit }) => `${value} ${unit ?? ''}`.trim()).join(', ');
    if (equivalents && !equivalents.some((reading) => (reading ?? '') === amounts))
      tell('equivalents', equivalents.map((reading) => reading ?? 'none').join(' or '), amounts || 'none');
    const spans = (list: Span[]) => list.map((span) => `“${trimmed(text, span)}”`).join(' + ') || 'none';
    const foundSpans = item.equivalents.map(({ span }) => span);
    if (wanted.equivalents.length > 0 && spans(wanted.equivalents) !== spans(foundSpans))
      tell('spans of equivalents', spans(wanted.equivalents), spans(foundSpans));
  }
  return problems;
}

function compareDates(gold: GoldCase, found: (Span & { edtf: string | null })[]): string[] {
  const { text } = gold;
  const { pairs, missing, extra } = pair(gold.dates, found, (wanted, item) =>
    overlapOf([wanted.span], [item]),
  );
  const problems: string[] = [];
  for (const wanted of missing)
    problems.push(`date d${wanted.number} is missing: “${trimmed(text, wanted.span)}” (${wanted.edtf})`);
  for (const item of extra) problems.push(`extra date: “${trimmed(text, item)}” (${item.edtf})`);
  for (const { wanted, item } of pairs) {
    const [expected, got] = [wanted.span, item].map((span) =>
      withoutArticle(trimmed(text, span).replace(PERIOD_WORDS, ''), gold.language),
    );
    if (expected !== got)
      problems.push(`date d${wanted.number} span: expected “${expected}”, found “${got}”`);
    if (wanted.edtf !== item.edtf)
      problems.push(`date d${wanted.number} “${expected}”: expected ${wanted.edtf}, found ${item.edtf}`);
  }
  return problems;
}

function compareFields(
  fields: Fields,
  item: object,
  tell: (what: string, expected: string, got: string) => void,
): void {
  const values = new Map<string, unknown>(Object.entries(item));
  for (const [name, readings] of fields) {
    const value = values.get(name) ?? null;
    if (readings.some((reading) => sameValue(reading, value))) continue;
    tell(
      name,
      readings.map((reading) => reading ?? 'none').join(' or '),
      value === null ? 'none' : `${value}`,
    );
  }
}

function sameValue(reading: string | null, value: unknown): boolean {
  if (reading === null || value === null) return reading === value;
  if (typeof value === 'number')
    return Math.abs(Number(reading) - value) <= 1e-9 * Math.max(1, Math.abs(value));
  return plain(reading) === plain(String(value));
}

/** Words as compared: one kind of apostrophe and space, and a first letter that says nothing of the sentence's start. */
function plain(words: string): string {
  const text = words.normalize('NFC').replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim();
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

const EDGE_START = /^[\s"'“”‘’«»‹›„‚,.;:…—–]+/;
const EDGE_END = /[\s"'“”‘’«»‹›„‚,.;:…—–]+$/;

/** A passage without the quotation marks, dashes, commas and stops at its ends, on which two annotators may differ. */
function trimmed(text: string, span: Span): string {
  return text.slice(span.start, span.end).replace(EDGE_START, '').replace(EDGE_END, '');
}

/** Whether spans that read the same also stand at the same place. */
function sameEdges(text: string, a: (Span | null)[], b: (Span | null)[]): boolean {
  const starts = (spans: (Span | null)[]) =>
    spans.map((span) => {
      if (!span) return -1;
      const words = text.slice(span.start, span.end);
      return span.start + (EDGE_START.exec(words)?.[0].length ?? 0);
    });
  return starts(a).join() === starts(b).join();
}

const ARTICLES: Record<Language, RegExp> = {
  en: /^(?:the|these|those) /i,
  fr: /^(?:les?|la|des|ces?|cet|cette) |^l['’]/i,
};

/** Words before a period that say from or until when: they belong to its date or to the sentence, as one likes. */
const PERIOD_WORDS = /^(?:between|from|since|until|by|depuis|dès|entre|de|du|jusqu['’](?:au|à|en)) /i;

/** A figure or date without its article, on which conventions differ: « des centaines », "the 300 tents". */
function withoutArticle(words: string, language: Language): string {
  return words.replace(ARTICLES[language], '');
}

/** The share of two lists of spans that they have in common, 0 to 1 (Jaccard, by code units). */
function overlapOf(a: Span[], b: Span[]): number {
  const length = (spans: Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);
  let common = 0;
  for (const one of a)
    for (const other of b)
      common += Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
  const all = length(a) + length(b) - common;
  return all === 0 ? 0 : common / all;
}

/** Pairs what was wanted with what was found, the most alike first; what shares nothing stays alone. */
function pair<Wanted, Item>(
  wanted: Wanted[],
  found: Item[],
  likeness: (wanted: Wanted, item: Item) => number,
): { pairs: { wanted: Wanted; item: Item }[]; missing: Wanted[]; extra: Item[] } {
  const candidates = wanted
    .flatMap((one) => found.map((item) => ({ wanted: one, item, alike: likeness(one, item) })))
    .filter(({ alike }) => alike > 0)
    .sort((a, b) => b.alike - a.alike);
  const [missing, extra] = [new Set(wanted), new Set(found)];
  const pairs = candidates.filter((candidate) => {
    if (!missing.has(candidate.wanted) || !extra.has(candidate.item)) return false;
    missing.delete(candidate.wanted);
    extra.delete(candidate.item);
    return true;
  });
  return { pairs, missing: [...missing], extra: [...extra] };
}
