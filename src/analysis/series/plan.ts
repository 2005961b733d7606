// The figures that a table makes under a mapping, row by row, and what is wrong with the rows that make none. A row with a
// fault makes none of its figures: half a row would be a table of our own.
import type { Actor } from '../../record/actor.ts';
import type { Party, PlaceMention } from '../../record/common.ts';
import type { FigureContent } from '../../record/figure.ts';
import type { Place } from '../../record/place.ts';
import {
  MOST_SERIES_FIGURES,
  nameKey,
  type SeriesMapping,
  type SeriesRole,
  seriesKey,
} from '../../record/series.ts';
import type { Sensitivity } from '../../record/vocabulary.ts';
import { dayOfDate, edtfOf } from '../calendar.ts';
import { isBlank, readNumber } from '../table/cell.ts';
import { periodOf } from '../table/period.ts';
import type { RowFault } from '../table/row-message.ts';
import { cellStretch, type Row, type Stretch } from './delimited.ts';
import { choiceKey, spoken } from './guess.ts';

/** What may be wrong with a row: what may be with any table's, and what goes against a mapping. */
export type SeriesFaultCode =
  | Exclude<RowFault, 'no-header' | 'encoding'>
  | 'open-quote'
  | 'no-period'
  | 'no-measure'
  | 'one-end'
  | 'bound-unknown'
  | 'two-units'
  | 'too-long';

/** One fault of one row; `column` is null when it is about the whole row. The words are those of `words.row.<code>`. */
export interface SeriesFault {
  row: number;
  column: string | null;
  code: SeriesFaultCode;
  values: Record<string, string | number>;
}

/** A figure that a row makes, and where it rests. */
export interface PlannedFigure extends Stretch {
  row: number;
  content: FigureContent;
}

/** What is known beside the table. */
export interface SeriesSetting {
  /** The measure of a choice: its id, which one to be made has been given already, and its unit. */
  measureOf: (key: string) => { id: string; name: string; unit: string | null } | undefined;
  actors: Pick<Actor, 'id' | 'name' | 'aliases'>[];
  places: Pick<Place, 'id' | 'name' | 'aliases' | 'position'>[];
  /** What the figures take from their source. */
  language: string | null;
  sensitivity: Sensitivity;
}

/** What came of a table. */
export interface SeriesPlan {
  figures: PlannedFigure[];
  faults: SeriesFault[];
  /** Rows with a fault; more than there are faults told, past the limit of those. */
  faulty: number;
  /** Rows below the header, faulty ones included. */
  rows: number;
  /** Rows without any number, which make nothing and are no fault. */
  blank: number;
  /** More figures than one import may make: planning ended there. */
  tooMany: boolean;
}

/** Faults that are told; a table with more has one mistake many times. */
const MOST_FAULTS = 100_000;

/** Rows worked on between two chances for others. */
const SLICE = 1000;

/** A row's line is what its figures rest on, up to this length; in wider tables, the number's own cell. */
const LONGEST_LINE = 600;

const LENGTHS: Partial<Record<SeriesRole, number>> = {
  measure: 300,
  unit: 40,
  place: 300,
  'according-to': 300,
  'reported-by': 300,
  method: 1000,
  note: 5000,
};

/**
 * Works through the rows of a table, the header's and those before it left out. Yields now and then, so that whoever waits
 * can do something between.
 */
export function* planSeries(
  text: string,
  rows: Iterable<Row>,
  names: readonly string[],
  mapping: SeriesMapping,
  setting: SeriesSetting,
): Generator<void, SeriesPlan> {
  const reader = new RowReader(text, names, mapping, setting);
  const plan: SeriesPlan = { figures: [], faults: [], faulty: 0, rows: 0, blank: 0, tooMany: false };
  const firstOf = new Map<string, number>();
  const from = mapping.header === null ? 1 : mapping.header.row + mapping.header.rows;
  for (const row of rows) {
    if (row.row < from) continue;
    if (++plan.rows % SLICE === 0) yield;
    const { figures, faults } = reader.read(row);
    if (faults.length === 0) {
      for (const figure of figures) {
        const key = seriesKey(figure.content);
        const first = firstOf.get(key);
        if (first === undefined) firstOf.set(key, row.row);
        else faults.push({ row: row.row, column: null, code: 'duplicate-row', values: { first } });
        if (first !== undefined) break;
      }
    }
    if (faults.length > 0) {
      plan.faulty++;
      if (plan.faults.length < MOST_FAULTS) plan.faults.push(...faults);
      continue;
    }
    if (figures.length === 0) plan.blank++;
    if (plan.figures.length + figures.length > MOST_SERIES_FIGURES) {
      plan.tooMany = true;
      break;
    }
    for (const figure of figures) plan.figures.push(figure);
  }
  return plan;
}

type Numbers = Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'> & { unit: string | null };
type Fail = (code: SeriesFaultCode, column: number | null, values?: SeriesFault['values']) => null;

/** Reads rows one by one. A fault is noted and never thrown; null stands for what could not be read. */
class RowReader {
  readonly #text: string;
  readonly #names: readonly string[];
  readonly #mapping: SeriesMapping;
  readonly #setting: SeriesSetting;
  /** The columns of each role, in their order. */
  readonly #columns = new Map<SeriesRole, number[]>();
  readonly #parties = new Map<string, string>();
  readonly #places = new Map<string, SeriesSetting['places'][number]>();
  readonly #periods = new Map<string, string | null>();
  readonly #named: Map<string, string>;
  readonly #mentions = new Map<string, PlaceMention>();
  readonly #mentioned = new Map<string, Party>();
  /** The columns that hold the numbers, and what the columns are called: a row that says so again is a header. */
  readonly #asked: number[];
  readonly #keys: string[];

  constructor(text: string, names: readonly string[], mapping: SeriesMapping, setting: SeriesSetting) {
    this.#text = text;
    this.#names = names;
    this.#mapping = mapping;
    this.#setting = setting;
    for (const [column, { role }] of mapping.columns.entries()) {
      const held = this.#columns.get(role);
      if (held) held.push(column);
      else this.#columns.set(role, [column]);
    }
    for (const { id, name, aliases } of setting.actors)
      for (const one of [name, ...aliases]) this.#parties.set(nameKey(one), id);
    for (const place of setting.places)
      for (const one of [place.name, ...place.aliases]) this.#places.set(nameKey(one), place);
    const values = this.#of('value');
    this.#asked = values.length > 0 ? values : this.#of('low');
    this.#keys = names.map(nameKey);
    this.#named = new Map(mapping.names.map(({ name, measure }) => [nameKey(name), choiceKey(measure)]));
  }

  /** The figures of a row, or its faults. */
  read(row: Row): { figures: PlannedFigure[]; faults: SeriesFault[] } {
    const faults: SeriesFault[] = [];
    const fail: Fail = (code, column, values = {}) => {
      faults.push({ row: row.row, column: column === null ? null : this.#names[column]!, code, values });
      return null;
    };
    const figures = this.#shape(row, fail) ? this.#figures(row, fail) : [];
    return { figures: faults.length > 0 ? [] : figures, faults };
  }

  /** Whether a line is a row of this table at all. */
  #shape(row: Row, fail: Fail): boolean {
    if (row.open) fail('open-quote', null);
    else if (row.end - row.start > 20_000) fail('too-long', null, { most: 20_000 });
    else if (row.cells.length !== this.#names.length && !this.#isPadded(row))
      fail('columns', null, { found: row.cells.length, wanted: this.#names.length });
    else if (this.#isHeader(row)) fail('second-header', null);
    else return true;
    return false;
  }

  /** Cells past the last column that hold nothing: spreadsheets leave separators behind. */
  #isPadded(row: Row): boolean {
    return (
      row.cells.length > this.#names.length &&
      row.cells.slice(this.#names.length).every((cell) => cell.trim() === '')
    );
  }

  #isHeader(row: Row): boolean {
    if (this.#mapping.header === null || this.#asked.length === 0) return false;
    return this.#asked.every((column) => {
      const cell = row.cells[column]!;
      return !/^\s*\d/.test(cell) && nameKey(cell.replace(/^\s*#/, '')) === this.#keys[column];
    });
  }

  #of(role: SeriesRole): number[] {
    return this.#columns.get(role) ?? [];
  }

  /** What a column of this role says, trimmed; null without such a column or anything in it. */
  #cell(row: Row, role: SeriesRole, fail: Fail): string | null {
    const [column] = this.#of(role);
    if (column === undefined) return null;
    const words = row.cells[column]!.replace(/\s+/g, ' ').trim();
    if (words === '' || isBlank(words)) return null;
    const most = LENGTHS[role];
    return most !== undefined && words.length > most ? fail('too-long', column, { most }) : words;
  }

  #figures(row: Row, fail: Fail): PlannedFigure[] {
    const { fixed } = this.#mapping;
    const values = this.#of('value');
    const columns: (number | null)[] = values.length > 0 ? values : [null];
    const found = columns.flatMap((column) => {
      const numbers = this.#numbers(row, column, fail);
      return numbers === null ? [] : [{ column, numbers }];
    });
    // A row without a number says nothing of how many: it is passed over, and nothing else in it is judged.
    if (found.length === 0) return [];
    const words = this.#cell(row, 'measure', fail);
    const shared = {
      modality: fixed.modality,
      equivalents: [],
      baseline: null,
      place: this.#place(this.#cell(row, 'place', fail) ?? fixed.place),
      period: this.#period(row, fail),
      accordingTo: this.#party(this.#cell(row, 'according-to', fail) ?? fixed.accordingTo),
      reportedBy: this.#party(this.#cell(row, 'reported-by', fail) ?? fixed.reportedBy),
      method: this.#cell(row, 'method', fail) ?? fixed.method,
      language: this.#setting.language,
      note: this.#cell(row, 'note', fail),
      tags: [],
      sensitivity: this.#setting.sensitivity,
    };
    const unit = this.#cell(row, 'unit', fail);
    return found.flatMap(({ column, numbers: { unit: printed, ...numbers } }): PlannedFigure[] => {
      const measure = this.#measure(column, words, fail);
      if (measure === null) return [];
      if (printed !== null && unit !== null && printed !== unit && printed !== '%' && unit.length === 3)
        fail('two-units', column, { one: printed, other: unit });
      const own = printed ?? unit ?? fixed.unit ?? measure.unit;
      if (own === null && numbers.bound !== 'change' && (numbers.value ?? numbers.low ?? 0) < 0)
        fail('negative-count', column ?? this.#of('low')[0] ?? null, {
          text: row.cells[column ?? this.#of('low')[0]!]!,
        });
      const { start, end } =
        row.end - row.start <= LONGEST_LINE || column === null
          ? row
          : cellStretch(this.#text, row, column, this.#mapping.separator);
      const counted = (words && spoken(words)) ?? this.#counted(column) ?? measure.name;
      return [
        {
          row: row.row,
          start,
          end,
          content: { counted, measure: measure.id, unit: own, ...numbers, ...shared },
        },
      ];
    });
  }

  /** What a column's name says is counted; null where it only says that it holds the number. */
  #counted(column: number | null): string | null {
    if (column === null || this.#mapping.header === null) return null;
    return this.#mapping.columns[column]!.measure === null ? null : spoken(this.#names[column]!);
  }

  #measure(column: number | null, words: string | null, fail: Fail) {
    const own = column === null ? null : this.#mapping.columns[column]!.measure;
    const [named] = this.#of('measure');
    let key: string | undefined;
    if (own !== null) key = choiceKey(own);
    else if (named !== undefined) {
      if (words === null) return fail('no-measure', named);
      key = this.#named.get(nameKey(words));
    } else if (this.#mapping.measure !== null) key = choiceKey(this.#mapping.measure);
    const found = key === undefined ? undefined : this.#setting.measureOf(key);
    return found ?? fail('no-measure', named ?? column);
  }

  #numbers(row: Row, column: number | null, fail: Fail): Numbers | null {
    const value = column === null ? null : this.#number(row, column, fail);
    // The ends belong to the one number of a row; where there are several, to the first.
    const isFirst = column === null || column === this.#of('value')[0];
    const [lowColumn, highColumn] = isFirst ? [this.#of('low')[0], this.#of('high')[0]] : [];
    const low = lowColumn === undefined ? null : this.#number(row, lowColumn, fail);
    const high = highColumn === undefined ? null : this.#number(row, highColumn, fail);
    if (value === null && low === null && high === null) return null;
    const unit = value?.unit ?? low?.unit ?? high?.unit ?? null;
    if (low !== null && high !== null) {
      const [least, most] = [low.value, high.value];
      if (least === null || most === null)
        return fail('not-a-number', lowColumn!, { text: row.cells[lowColumn!]! });
      if (least > most) return fail('low-above-high', lowColumn!, { low: least, high: most });
      // One number written in three places is one number.
      if (least === most && (value === null || value.value === least))
        return { bound: 'exact', value: least, low: null, high: null, unit };
      return { bound: 'range', value: value?.value ?? null, low: least, high: most, unit };
    }
    const written = this.#bound(row, fail);
    if (value === null) {
      const end = (low ?? high)!;
      return { bound: low === null ? 'at-most' : 'at-least', value: end.value, low: null, high: null, unit };
    }
    // "50,000, at least 50,000" is one number and its bound.
    if (low !== null && low.value === value.value && value.value !== null)
      return { bound: 'at-least', value: value.value, low: null, high: null, unit };
    if (high !== null && high.value === value.value && value.value !== null)
      return { bound: 'at-most', value: value.value, low: null, high: null, unit };
    if (low !== null || high !== null) return fail('one-end', low === null ? highColumn! : lowColumn!);
    if (value.bound === 'range') {
      return { bound: 'range', value: null, low: value.low, high: value.high, unit };
    }
    const bound = value.bound !== 'exact' ? value.bound : (written ?? 'exact');
    if (bound === 'range') return fail('one-end', column);
    return { bound, value: value.value, low: null, high: null, unit };
  }

  #bound(row: Row, fail: Fail): FigureContent['bound'] | null {
    const words = this.#cell(row, 'bound', fail);
    if (words === null) return null;
    return (
      BOUNDS.get(nameKey(words).replaceAll(' ', '-')) ??
      fail('bound-unknown', this.#of('bound')[0]!, { text: short(words) })
    );
  }

  /** The number of a cell with what bounds it: "2,300", "> 500", "500–600"; null for a blank cell, and after a fault. */
  #number(row: Row, column: number, fail: Fail) {
    const cell = row.cells[column]!.trim();
    if (cell === '' || isBlank(cell)) return null;
    if (cell.length > 80) return fail('not-a-number', column, { text: short(cell) });
    const { decimal } = this.#mapping;
    const read = readNumber(cell, decimal);
    if (!('problem' in read))
      return { bound: 'exact' as const, value: read.value, low: null, high: null, unit: read.unit };
    const signed = SIGNED.exec(cell);
    if (signed) {
      const rest = readNumber(signed[2]!, decimal);
      if (!('problem' in rest))
        return {
          bound: SIGNS[signed[1]!.toLowerCase()]!,
          value: rest.value,
          low: null,
          high: null,
          unit: rest.unit,
        };
    }
    const ends = /^([^–-]*\d[^–-]*?)\s*(?:–|-|\bto\b|à)\s*(\d.*)$/.exec(cell);
    if (ends) {
      const [low, high] = [readNumber(ends[1]!, decimal), readNumber(ends[2]!, decimal)];
      if (!('problem' in low || 'problem' in high) && low.value < high.value)
        return {
          bound: 'range' as const,
          value: null,
          low: low.value,
          high: high.value,
          unit: high.unit ?? low.unit,
        };
    }
    return fail(read.problem, column, {
      text: short(cell),
      ...(read.problem === 'mixed-marks' && { mark: decimal ?? '.' }),
    });
  }

  #party(name: string | null): Party | null {
    if (name === null) return null;
    return kept(this.#mentioned, name, () => ({
      actor: this.#parties.get(nameKey(name)) ?? null,
      name,
      role: null,
    }));
  }

  #place(name: string | null): PlaceMention | null {
    if (name === null) return null;
    return kept(this.#mentions, name, () => {
      const place = this.#places.get(nameKey(name));
      return { place: place?.id ?? null, name, precision: place?.position?.precision ?? null };
    });
  }

  /** The period of a row in EDTF; null where no column gives one, and after a fault. */
  #period(row: Row, fail: Fail): string | null {
    const column = (role: SeriesRole) => this.#of(role)[0];
    for (const role of ['period', 'week-ending', 'week-beginning'] as const) {
      const at = column(role);
      if (at !== undefined) return this.#periodIn(row, at, role, fail);
    }
    const [start, end] = [column('start'), column('end')];
    if (start !== undefined || end !== undefined) return this.#interval(row, start, end, fail);
    const [month, year] = [column('month'), column('year')];
    if (month !== undefined) {
      const cell = row.cells[month]!.trim();
      if (year === undefined) return this.#periodIn(row, month, 'month', fail);
      const of = row.cells[year]!.trim();
      // "3" and "2018", "Mar" and "2018"; a month that brings its year along is read by itself.
      const joined = /^\d{1,2}$/.test(cell)
        ? `${of}-${cell.padStart(2, '0')}`
        : /\d{4}/.test(cell)
          ? cell
          : `${cell} ${of}`;
      return this.#memo(`month ${joined}`, () => monthOf(joined)) ?? this.#notADate(row, month, fail);
    }
    return year === undefined ? null : this.#periodIn(row, year, 'year', fail);
  }

  #periodIn(row: Row, column: number, role: SeriesRole, fail: Fail): string | null {
    const cell = row.cells[column]!.trim();
    const found = this.#memo(`${role} ${cell}`, () => this.#readPeriod(cell, role));
    return found ?? this.#notADate(row, column, fail);
  }

  #readPeriod(cell: string, role: SeriesRole): string | null {
    if (cell.length > 80) return null;
    if (role === 'year') return /^\d{4}$/.test(cell) ? cell : null;
    if (role === 'month') return monthOf(cell);
    const period = periodOf(cell, this.#mapping.days);
    if (period === null) return null;
    if (role === 'period' || period.days.first !== period.days.last) return period.edtf;
    const { first } = period.days;
    return edtfOf(role === 'week-ending' ? { first: first - 6, last: first } : { first, last: first + 6 });
  }

  #interval(row: Row, start: number | undefined, end: number | undefined, fail: Fail): string | null {
    const read = (column: number | undefined) => {
      const cell = column === undefined ? '' : row.cells[column]!.trim();
      return cell === '' || isBlank(cell) || cell.length > 80 ? null : periodOf(cell, this.#mapping.days);
    };
    const [from, to] = [read(start), read(end)];
    for (const [column, found] of [
      [start, from],
      [end, to],
    ] as const) {
      if (column !== undefined && found === null && row.cells[column]!.trim() !== '')
        return this.#notADate(row, column, fail);
    }
    if (from === null && to === null) return this.#notADate(row, (start ?? end)!, fail);
    if (from === null || to === null) return (from ?? to)!.edtf;
    if (to.days.last < from.days.first)
      return fail('end-before-start', end!, {
        start: short(row.cells[start!]!),
        end: short(row.cells[end!]!),
      });
    return edtfOf({ first: from.days.first, last: to.days.last });
  }

  #notADate(row: Row, column: number, fail: Fail): null {
    const cell = row.cells[column]!.trim();
    return cell === '' ? fail('no-period', column) : fail('not-a-date', column, { text: short(cell) });
  }

  #memo(key: string, read: () => string | null): string | null {
    return kept(this.#periods, key, read);
  }
}

/** Tables repeat themselves: what a text was read as is kept, for so many texts. */
function kept<Value>(all: Map<string, Value>, key: string, read: () => Value): Value {
  const known = all.get(key);
  if (known !== undefined) return known;
  const found = read();
  if (all.size < 50_000) all.set(key, found);
  return found;
}

/** The month that a cell gives, or that the day it gives lies in; null where it gives neither. */
function monthOf(cell: string): string | null {
  if (cell.length > 80) return null;
  const period = periodOf(cell);
  if (period === null || !Number.isFinite(period.days.first)) return null;
  const month = edtfOf({ first: period.days.first, last: period.days.first }).slice(0, 7);
  const [year, number] = month.split('-').map(Number) as [number, number];
  const after = dayOfDate(number === 12 ? year + 1 : year, number === 12 ? 1 : number + 1, 1);
  return after !== null && period.days.last < after ? month : null;
}

const SIGNED = /^(~|≈|±|>=|≥|>|<=|≤|<|c\.|ca\.|env\.)\s*(.+)$/i;
const SIGNS: Record<string, FigureContent['bound']> = {
  '~': 'about',
  '≈': 'about',
  'c.': 'about',
  'ca.': 'about',
  'env.': 'about',
  '>=': 'at-least',
  '≥': 'at-least',
  '>': 'more-than',
  '<=': 'at-most',
  '≤': 'at-most',
  '<': 'less-than',
};

/** What tables call bounds, in English and French and by signs. */
const BOUNDS: ReadonlyMap<string, FigureContent['bound']> = new Map(
  (
    [
      ['exact', 'exact exactly precise = exactement'],
      [
        'about',
        'about approximately approx around circa c. ca ~ ≈ environ autour-de approximatif estimate estimated estimation',
      ],
      ['at-least', 'at-least minimum min >= ≥ au-moins from des'],
      ['at-most', "at-most up-to maximum max <= ≤ au-plus jusqu'a"],
      ['more-than', 'more-than over above > plus-de'],
      ['less-than', 'less-than under below < moins-de'],
      ['range', 'range between fourchette entre'],
      ['change', 'change variation evolution'],
    ] as const
  ).flatMap(([bound, words]) => words.split(' ').map((word) => [word, bound] as const)),
);

/** The beginning of a cell, as a message can show it. */
function short(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 59).toWellFormed()}…`;
}
