// A table of figures, one a row, as quantities.
import type { StepAmount } from '../../record/disagreement.ts';
import type { Bound } from '../../record/vocabulary.ts';
import { type Days, edtfOf, rangeOf } from '../calendar.ts';
import { printedInterval } from '../interval.ts';
import type { Quantity } from '../quantity.ts';
import { type CellNumber, type DecimalMark, decimalMarkOf, isBlank, readNumber } from './cell.ts';
import { type CellPeriod, type DayOrder, dayOrderOf, fold, periodOf } from './period.ts';
import { type ColumnRole, currencyIn } from './role.ts';
import type { RowFault, RowMessage } from './row-message.ts';
import { columnOf, type Table } from './shape.ts';

/** One row of a table of figures. */
export interface RowFigure {
  table: number;
  row: number;
  /** What the table calls the row. */
  name: string | null;
  quantity: Quantity;
  days: Days | null;
  published: Days | null;
  /** The weekday that the date's cell names and the date does not fall on; else null. */
  weekday: { day: number; given: number } | null;
  notes: { column: string; text: string }[];
  /** The change that another column gives for this figure. */
  change: StepAmount | null;
  /** The name of the row of which this is a part. */
  partOf: string | null;
}

/** Reads a table's rows as figures. What cannot be read gets a message; the rest of the row is read all the same. */
export function readFigures(table: Table, index: number, messages: RowMessage[]): RowFigure[] {
  const cellsOf = (role: ColumnRole) => {
    const column = columnOf(table, role);
    return column < 0 ? [] : table.rows.map(({ cells }) => cells[column]!).filter((cell) => !isBlank(cell));
  };
  const marks = new Map<number, { mark: DecimalMark | null; mixed: boolean }>();
  for (const [column, role] of table.roles.entries()) {
    if (NUMBERS.has(role)) marks.set(column, decimalMarkOf(table.rows.map(({ cells }) => cells[column]!)));
  }
  const orders = new Map<ColumnRole, DayOrder>(
    (['period', 'period-start', 'period-end', 'published', 'baseline'] as const).map((role) => [
      role,
      dayOrderOf(cellsOf(role)),
    ]),
  );
  const sources = new Map<string, string>();
  const columns = new Map(table.roles.map((role) => [role, columnOf(table, role)]));
  const columnAt = (role: ColumnRole) => columns.get(role) ?? -1;
  const noteColumns = columnsOf(table, (role) => role === 'note' || role === 'definition');
  const equivalentColumns = columnsOf(table, (role) => role === 'equivalent');
  // The same few places, parties and measures come again and again.
  const folded = remembered(fold);
  const measured = remembered(measureKey);
  const dayFirst = remembered((text: string) => periodOf(text));
  const monthFirst = remembered((text: string) => periodOf(text, 'month-first'));
  const spanned = remembered((ends: string) => {
    const [first, last] = ends.split(' ').map(Number) as [number, number];
    return edtfOf({ first, last });
  });
  const unitIn = remembered((text: string) => unitOf(text, null));
  const headed = currencyOfHeader(table);
  const figures: RowFigure[] = [];
  for (const { row, cells } of table.rows) {
    const say = (code: RowFault, column: number, values: RowMessage['values'] = {}) =>
      messages.push({ row, column: column < 0 ? null : table.header[column]!, code, values });
    const text = (role: ColumnRole): string | null => {
      const column = columnAt(role);
      const cell = column < 0 ? '' : cells[column]!.trim();
      return isBlank(cell) ? null : cell;
    };
    const number = (role: ColumnRole): CellNumber | null => {
      const column = columnAt(role);
      return column < 0 ? null : numberAt(cells[column]!, column, marks.get(column), say);
    };
    const period = (role: ColumnRole): CellPeriod | null => {
      const cell = text(role);
      if (cell === null) return null;
      const found = orders.get(role) === 'month-first' ? monthFirst(cell) : dayFirst(cell);
      if (found === null) say('not-a-date', columnOf(table, role), { text: cell });
      return found;
    };
    const [value, low, high] = [number('value'), number('low'), number('high')];
    const ends = { start: period('period-start'), end: period('period-end') };
    const when = periodOfRow(period('period'), ends, spanned, (values) =>
      say('end-before-start', columnAt('period-end'), values),
    );
    const baseline = period('baseline');
    const unitRead = unitIn(text('unit') ?? '');
    const unit =
      unitRead.unit === null ? { ...unitRead, unit: value?.unit ?? low?.unit ?? headed } : unitRead;
    const amount = amountOfRow({ value, low, high }, text('bound'), unit, baseline !== null);
    if (amount === null) {
      // A number that could not be read has been told already.
      if (messages.at(-1)?.row !== row) say('no-value', -1);
      continue;
    }
    if (amount.low !== null && amount.high !== null && amount.low > amount.high) {
      say('low-above-high', columnOf(table, 'low'), { low: amount.low, high: amount.high });
      continue;
    }
    if (amount.bound !== 'change' && (amount.value ?? amount.low ?? 0) < 0 && unit.unit === null) {
      say('negative-count', columnOf(table, 'value'), { text: String(amount.value ?? amount.low) });
      continue;
    }
    const name = text('id');
    const counted = text('counted') ?? table.name;
    const [place, party] = [text('place'), text('according-to') ?? text('reported-by')];
    const published = period('published')?.days ?? null;
    const source = sourceOf(text('address'), text('reported-by'), text('published'), sources);
    if (name !== null && source !== null) sources.set(fold(name), source);
    figures.push({
      table: index,
      row,
      name,
      days: when?.days ?? null,
      published,
      weekday: when?.weekday ?? null,
      notes: noteColumns.flatMap((column) =>
        isBlank(cells[column]!) ? [] : [{ column: table.header[column]!, text: cells[column]! }],
      ),
      change: changeOfRow(number('change')),
      partOf: text('part-of'),
      quantity: {
        id: `${index}:${row}`,
        measure: `${measured(counted)}\u0000${unit.counted}`,
        counted: counted.replaceAll('_', ' '),
        series: 'unknown',
        repeats: unit.repeats ? 'counted' : 'unknown',
        modality: 'reported',
        amount,
        printed: printedInterval(amount),
        place: place === null ? null : { key: folded(place), name: place },
        period: when && { range: rangeOf(when.days), text: when.text },
        party: party === null ? null : { key: folded(party), name: party },
        source,
        baseline: baseline && {
          period: { range: baseline.range, text: baseline.edtf },
          value: null,
          words: null,
        },
        equivalents: equivalentColumns.flatMap((column) => {
          const other = numberAt(cells[column]!, column, marks.get(column), say);
          const otherUnit = other?.unit ?? currencyIn(table.header[column]!);
          return other && otherUnit ? [{ value: other.value, unit: otherUnit }] : [];
        }),
        method: text('method'),
      },
    });
  }
  return figures;
}

function columnsOf(table: Table, is: (role: ColumnRole) => boolean): number[] {
  return table.roles.flatMap((role, column) => (is(role) ? [column] : []));
}

/** A function that works each text out once. */
function remembered<Result>(work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      result = work(text);
      known.set(text, result);
    }
    return result;
  };
}

const NUMBERS = new Set<ColumnRole>(['value', 'low', 'high', 'change', 'equivalent', 'number']);

/** The number of a cell, with a message where there should be one and is none. */
export function numberAt(
  cell: string,
  column: number,
  mark: { mark: DecimalMark | null; mixed: boolean } | undefined,
  say: (code: RowFault, column: number, values?: RowMessage['values']) => void,
): CellNumber | null {
  if (isBlank(cell)) return null;
  const found = readNumber(cell, mark?.mark);
  if ('problem' in found) {
    say(found.problem, column, { text: cell.trim(), mark: mark?.mark ?? '.' });
    return null;
  }
  // In a column of both customs, "12.5" among decimal commas reads as no number; "1,234" reads as either.
  return found;
}

function periodOfRow(
  period: CellPeriod | null,
  { start, end }: { start: CellPeriod | null; end: CellPeriod | null },
  spanned: (ends: string) => string,
  say: (values: { start: string; end: string }) => void,
): { days: Days; text: string; weekday: RowFigure['weekday'] } | null {
  if (start && end) {
    if (end.days.last < start.days.first) {
      say({ start: start.edtf, end: end.edtf });
      return null;
    }
    const days = { first: start.days.first, last: end.days.last };
    return { days, text: spanned(`${days.first} ${days.last}`), weekday: named(start) ?? named(end) };
  }
  const one = period ?? start ?? end;
  return one && { days: one.days, text: one.edtf, weekday: named(one) };
}

/** A weekday that a single day was given with. */
function named({ days, weekday }: CellPeriod): RowFigure['weekday'] {
  return weekday === null ? null : { day: days.last, given: weekday };
}

/** Where a figure stands: its address, or the paper and day. "same as F01" stands where F01 does. */
function sourceOf(
  address: string | null,
  reportedBy: string | null,
  published: string | null,
  known: ReadonlyMap<string, string>,
): string | null {
  const same =
    address && /^(?:same as|as|see|idem|ibid\.?|id\.|cf\.?|voir|comme)\s+(.+)$/i.exec(address)?.[1];
  if (same) return known.get(fold(same)) ?? null;
  if (address) return address;
  return reportedBy && published ? fold(`${reportedBy} ${published}`) : null;
}

/** What is counted, as a key: words without case, accents and signs between them. */
function measureKey(counted: string): string {
  return fold(counted).replace(/[_-]+/g, ' ');
}

interface UnitReading {
  unit: string | null;
  scale: number;
  /** The unit's first word, for counts: persons are not events. */
  counted: string;
  rounded: boolean;
  repeats: boolean;
}

const CURRENCIES: Record<string, string> = { '€': 'EUR', '£': 'GBP', $: 'USD', euro: 'EUR', euros: 'EUR' };
const SCALED: Record<string, number> = {
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  bn: 1e9,
  md: 1e9,
};
const MONEY_CODE = '(?<code>eur|gbp|usd|chf|€|£|\\$|euros?)';
const MONEY_SCALE = "(?<scale>k|mn?|mio|bn|md|millions?(?: (?:of|de|d'))?)?";
const MONEY_UNITS = [
  new RegExp(`^${MONEY_SCALE} ?${MONEY_CODE}$`),
  new RegExp(`^${MONEY_CODE} ?${MONEY_SCALE}$`),
];

/** A unit as people write it in a column: "persons (rounded)", "MEUR", "£m", "million EUR", "%". */
function unitOf(text: string | null, own: string | null): UnitReading {
  const inBrackets = /\(([^)]*)\)/.exec(text ?? '')?.[1] ?? '';
  const words = fold((text ?? '').replace(/\([^)]*\)/g, ' '));
  const reading: UnitReading = {
    unit: own,
    scale: 1,
    counted: '',
    rounded: /\b(?:rounded|approx\w*|about|estimate[ds]?|arrondi\w*|environ|estimation)\b/i.test(inBrackets),
    repeats: /\b(?:repeat\w*|repetition\w*|plusieurs fois|doublons?)\b/i.test(fold(inBrackets)),
  };
  if (/^(?:%|per ?cent|percent|pour ?cent|pourcentage|percentage)$/.test(words))
    return { ...reading, unit: '%' };
  const money = MONEY_UNITS.map((pattern) => pattern.exec(words)?.groups).find(
    (groups) => groups !== undefined,
  );
  if (money)
    return {
      ...reading,
      unit: CURRENCIES[money.code!] ?? money.code!.toUpperCase(),
      scale: SCALED[money.scale?.split(' ')[0] ?? ''] ?? 1,
    };
  return { ...reading, counted: words.split(' ')[0]! };
}

function currencyOfHeader(table: Table): string | null {
  const column = columnOf(table, 'value');
  return column < 0 ? null : currencyIn(table.header[column]!);
}

const BOUNDS: readonly [Bound, RegExp][] = [
  ['range', /^(?:range|between|fourchette|entre)$/],
  ['change', /^(?:change|variation|evolution|increase|decrease|hausse|baisse)$/],
  ['at-least', /^(?:at[ -]least|minimum|min|>=|≥|au moins|au minimum|from|or more)$/],
  ['more-than', /^(?:more[ -]than|over|above|>|plus (?:de|que)|superieur a)$/],
  ['at-most', /^(?:at[ -]most|up[ -]to|maximum|max|<=|≤|jusqu'a|au plus|au maximum)$/],
  ['less-than', /^(?:less[ -]than|fewer than|under|below|<|moins (?:de|que)|inferieur a)$/],
  [
    'about',
    /^(?:about|around|approx\w*\.?|approximately|roughly|nearly|some|circa|ca\.?|c\.|~|≈|environ|vers|pres de|quelque|rounded|arrondi)$/,
  ],
];

/** The bound that a cell names; exact when it says so, null when it says something else. */
export function boundOf(text: string): Bound | null {
  const folded = fold(text);
  if (/^(?:exact|exactly|=|exactement)$/.test(folded)) return 'exact';
  return BOUNDS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

function amountOfRow(
  numbers: { value: CellNumber | null; low: CellNumber | null; high: CellNumber | null },
  written: string | null,
  { unit, scale, rounded }: UnitReading,
  isChange: boolean,
): StepAmount | null {
  const scaled = (number: CellNumber | null) =>
    number === null ? null : Number((number.value * scale).toPrecision(15));
  const [value, low, high] = [scaled(numbers.value), scaled(numbers.low), scaled(numbers.high)];
  if (value === null && low === null && high === null) return null;
  const said = written === null ? null : boundOf(written);
  const change = said === 'change' || (unit === '%' && isChange);
  // "more than" of a change is a change with one end.
  if (change && value !== null && (said === 'more-than' || said === 'at-least'))
    return { bound: 'change', value: null, low: value, high: null, unit };
  if (low !== null && high !== null)
    return { bound: change ? 'change' : 'range', value: value, low, high, unit };
  if (change)
    return {
      bound: 'change',
      value,
      low: value === null ? low : null,
      high: value === null ? high : null,
      unit,
    };
  const plain = (bound: Bound, number: number | null) => ({
    bound,
    value: number,
    low: null,
    high: null,
    unit,
  });
  if (said !== null && said !== 'range') return plain(said, value ?? low ?? high);
  // Only a lower end, or one that is the value itself: at least so many.
  if (value === null) return low !== null ? plain('at-least', low) : plain('at-most', high);
  if (low === value) return plain('at-least', value);
  if (high === value) return plain('at-most', value);
  return plain(rounded ? 'about' : 'exact', value);
}

function changeOfRow(change: CellNumber | null): StepAmount | null {
  return change && { bound: 'change', value: change.value, low: null, high: null, unit: '%' };
}
