// Figures held against figures, kept up record by record: a change of one figure looks again only at what it can touch.
// Figures that agree in scope stand in one series; those of it that are for the same days, in one cell of it.
import { type Days, daysAgree, daysOf, isAsOf, placeKey, scopeKey } from '../record/comparable.ts';
import type { Link } from '../record/link.ts';
import type { SeriesKind } from '../record/vocabulary.ts';
import { CellMembers } from './cell-members.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import {
  changeFinding,
  equivalentFinding,
  otherWordsFinding,
  sameNumberFinding,
  totalFinding,
} from './figure-arithmetic.ts';
import { cellFindings, type Member } from './figure-cell.ts';
import { Line } from './figure-line.ts';
import { quantityReader, type ReadFigure } from './figure-quantity.ts';
import type { Finding } from './finding.ts';
import { Grouping } from './grouping.ts';
import type { AnalysedFigure, Names } from './names.ts';
import type { Quantity } from './quantity.ts';

/** A figure, where it stands. */
interface Item extends Member {
  figure: ReadFigure;
  /** Null where it is comparable with none: no period, or neither place nor source, or corrected by its own party. */
  cell: Cell | null;
  /** Its place in its cell. */
  at: number;
}

interface Cell {
  series: Series;
  days: Days;
  said: CellMembers<Item>;
}

interface Series {
  key: string;
  /** Measure and place: what a change looks its figures up by. */
  subject: string;
  place: string;
  kind: SeriesKind;
  isChange: boolean;
  cells: Map<string, Cell>;
  /** Of a state: its cells for a month or less, by the month or so they begin in. */
  nearby: Map<number, Set<Cell>> | null;
  /** What each voice says over time; null where nothing can be told from that. */
  lines: Map<string, Line<Item>> | null;
}

/** After so many figures read or looked at, whoever waits may do something else: a few milliseconds. */
const SLICE = 200;
/** Cells for a month or less are kept by stretches of so many days. */
const STRETCH = 31;
/** Above so many places, or figures of a page, equal numbers and like words come about by chance. */
const FEW = 12;
/** How many figures of a period a change is held against, and how many other counts it is worked out by. */
const TRIED = 6;
/** Of cells larger than this, a change is held against what its own party says. */
const MANY_TRIED = 200;

const daysKey = ({ from, to }: Days) => `${from}/${to}`;
const UNDATED: Days = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The figures of a dossier, and what does not fit among them. */
export class FigureAnalysis {
  readonly #rates: ExchangeRates | null;
  #names: Names;
  #read: (figure: ReadFigure) => Quantity;
  #measureNames = new Map<string, string>();

  /** Figures that have been given and not yet been read; null for one that has been taken out. */
  readonly #pending = new Map<string, ReadFigure | null>();
  readonly #items = new Map<string, Item>();
  readonly #series = new Map<string, Series>();
  readonly #bySubject = new Map<string, Set<Series>>();
  readonly #byPlace = new Map<string, Set<Series>>();
  /** Changes, by the subject and days of the figures they speak of. */
  readonly #changes = new Grouping<Item>();
  /** Changes that do not hold, by the place and days of the figures they speak of. */
  readonly #unheld = new Grouping<Item>();
  /** Figures of one party, measure and period for several places. */
  readonly #areas = new Grouping<Item>();
  /** Figures of one source for one place and period. */
  readonly #pages = new Grouping<Item>();

  /** What people say: the parts of each total, the totals of each part, and what each figure corrects. */
  #parts = new Map<string, string[]>();
  #totals = new Map<string, string[]>();
  #correctors = new Map<string, string[]>();
  #corrected = new Map<string, string[]>();

  // What has to be looked at again.
  readonly #dirtyCells = new Set<Cell>();
  readonly #dirtyItems = new Set<Item>();
  readonly #dirtyLines = new Map<Line<Item>, Item[]>();
  readonly #dirtyAreas = new Set<string>();
  readonly #dirtyPages = new Set<string>();

  /** What was found, by what it was found about, and by the figures it tells of. */
  readonly #found = new Map<object | string, Finding[]>();
  readonly #findingsOf = new Map<string, Set<Finding>>();

  constructor(names: Names, rates: ExchangeRates | null) {
    this.#names = names;
    this.#rates = rates;
    this.#read = quantityReader(names);
    this.#measureNames = new Map(names.measures.map((measure) => [measure.id, measure.name]));
  }

  /** Adds a figure, or puts it in the place of what it was. It is read when settling. */
  set(figure: AnalysedFigure): void {
    this.#pending.set(figure.id, readPart(figure));
  }

  /** Takes a figure out; one that is not there changes nothing. */
  remove(id: string): void {
    if (this.#items.has(id)) this.#pending.set(id, null);
    else this.#pending.delete(id);
  }

  /** What is known beside the figures. All are read again; only those that say something else now are looked at again. */
  setNames(names: Names): void {
    if (names === this.#names) return;
    this.#names = names;
    this.#read = quantityReader(names);
    const before = this.#measureNames;
    this.#measureNames = new Map(names.measures.map((measure) => [measure.id, measure.name]));
    for (const [id, item] of this.#items) if (!this.#pending.has(id)) this.#pending.set(id, item.figure);
    for (const series of this.#series.values()) {
      const { measure } = series.cells.values().next().value!.said.first.quantity;
      if (before.get(measure) === this.#measureNames.get(measure)) continue;
      for (const cell of series.cells.values()) this.#dirtyCells.add(cell);
    }
  }

  /** How people say that figures stand to one another: which are parts of which, and which correct which. */
  setLinks(links: readonly Pick<Link, 'from' | 'to' | 'link'>[]): void {
    const before = [this.#totals, this.#correctors];
    const [parts, totals, correctors, corrected] = [new Map(), new Map(), new Map(), new Map()] as [
      Map<string, string[]>,
      Map<string, string[]>,
      Map<string, string[]>,
      Map<string, string[]>,
    ];
    const push = (lists: Map<string, string[]>, key: string, id: string) => {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [id]);
      else if (!list.includes(id)) list.push(id);
    };
    for (const { from, to, link } of links) {
      if (from.kind !== 'figure' || to.kind !== 'figure' || from.id === to.id) continue;
      if (link === 'part-of') {
        push(parts, to.id, from.id);
        push(totals, from.id, to.id);
      } else if (link === 'corrects' || link === 'retracts') {
        push(correctors, to.id, from.id);
        push(corrected, from.id, to.id);
      }
    }
    for (const lists of [this.#parts, parts]) {
      for (const id of lists.keys()) {
        const item = this.#items.get(id);
        if (item) this.#dirtyItems.add(item);
      }
    }
    [this.#parts, this.#totals, this.#correctors, this.#corrected] = [parts, totals, correctors, corrected];
    for (const lists of [before[1]!, correctors]) for (const id of lists.keys()) this.#readAgain(id);
  }

  /** Works off what has changed, in slices of a few milliseconds, so that whoever waits can do something between them. */
  *settle(): Generator<void> {
    let done = 0;
    for (const [id, figure] of this.#pending) {
      this.#pending.delete(id);
      this.#apply(id, figure);
      if (++done % SLICE === 0) yield;
    }
    for (const [line, changed] of this.#dirtyLines) {
      this.#dirtyLines.delete(line);
      for (const item of changed) if (item.cell !== null) this.#dirtyItems.add(item);
      for (const item of line.touchedBy(changed)) this.#dirtyItems.add(item);
      if (++done % SLICE === 0) yield;
    }
    for (const cell of this.#dirtyCells) {
      this.#dirtyCells.delete(cell);
      this.#lookAtCell(cell);
      if (++done % SLICE === 0) yield;
    }
    for (const item of this.#dirtyItems) {
      this.#dirtyItems.delete(item);
      this.#lookAtItem(item);
      if (++done % SLICE === 0) yield;
    }
    for (const key of this.#dirtyAreas) {
      this.#dirtyAreas.delete(key);
      const items = this.#areas.of(key);
      this.#tell(`areas ${key}`, items.length > FEW ? [] : sameNumberFinding(items));
      if (++done % SLICE === 0) yield;
    }
    for (const key of this.#dirtyPages) {
      this.#dirtyPages.delete(key);
      const items = this.#pages.of(key);
      this.#tell(`page ${key}`, items.length > FEW ? [] : otherWordsFinding(items));
      if (++done % SLICE === 0) yield;
    }
    // Somebody may have changed something between two slices.
    if (this.#isDirty()) yield* this.settle();
  }

  /** Every finding, in no particular order. What has not been settled is settled first. */
  findings(): Finding[] {
    this.#settleNow();
    return [...this.#found.values()].flat();
  }

  /** The findings that a figure is part of. */
  findingsOf(id: string): Finding[] {
    this.#settleNow();
    return [...(this.#findingsOf.get(id) ?? [])];
  }

  /** A figure as it is compared; undefined when it is not there. */
  quantity(id: string): Quantity | undefined {
    this.#settleNow();
    return this.#items.get(id)?.quantity;
  }

  /**
   * The figures of a measure (its id, or the folded words of what is counted) and a place (its id, or its folded name), in
   * order of time, then id. Without a place, those of all places.
   */
  series(measure: string, place: string | null): Quantity[] {
    this.#settleNow();
    const found: Item[] = [];
    const all = place === null ? this.#series.values() : (this.#bySubject.get(`${measure}\n${place}`) ?? []);
    for (const series of all) {
      if (!series.subject.startsWith(`${measure}\n`)) continue;
      for (const cell of series.cells.values()) found.push(...cell.said.members);
    }
    return found
      .sort(
        (a, b) =>
          a.days.from - b.days.from || a.days.to - b.days.to || (a.quantity.id < b.quantity.id ? -1 : 1),
      )
      .map((item) => item.quantity);
  }

  #settleNow(): void {
    for (const _ of this.settle());
  }

  #isDirty(): boolean {
    return [
      this.#pending,
      this.#dirtyLines,
      this.#dirtyCells,
      this.#dirtyItems,
      this.#dirtyAreas,
      this.#dirtyPages,
    ].some((waiting) => waiting.size > 0);
  }

  #readAgain(id: string): void {
    const item = this.#items.get(id);
    if (item && !this.#pending.has(id)) this.#pending.set(id, item.figure);
  }

  #apply(id: string, figure: ReadFigure | null): void {
    const before = this.#items.get(id);
    if (figure === null) {
      if (before) {
        this.#takeOut(before);
        this.#items.delete(id);
        this.#tell(before, []);
      }
    } else {
      const item = this.#itemOf(figure);
      if (before && this.#isSame(before, item)) {
        before.figure = figure;
        return;
      }
      if (before) {
        this.#takeOut(before);
        this.#tell(before, []);
      }
      this.#items.set(id, item);
      this.#putIn(item);
    }
    for (const corrected of this.#corrected.get(id) ?? []) this.#readAgain(corrected);
    for (const total of [id, ...(this.#totals.get(id) ?? [])]) {
      const item = this.#parts.has(total) && this.#items.get(total);
      if (item) this.#dirtyItems.add(item);
    }
  }

  #itemOf(figure: ReadFigure): Item {
    const quantity = this.#read(figure);
    return {
      figure,
      quantity,
      days: quantity.period === null ? UNDATED : daysOf(quantity.period.range),
      voice: quantity.party?.key ?? `\tsource ${quantity.source}`,
      cell: null,
      at: -1,
    };
  }

  /** Whether a figure that was read again says the same. */
  #isSame(before: Item, after: Item): boolean {
    if ((before.cell === null) !== (this.#keyOf(after) === null)) return false;
    return before.voice === after.voice && JSON.stringify(before.quantity) === JSON.stringify(after.quantity);
  }

  /** The series that an item belongs in; null for none. */
  #keyOf(item: Item): string | null {
    const correctors = this.#correctors.get(item.quantity.id);
    // Who corrects a number no longer says it. What another says against it is a disagreement, and stays one.
    if (correctors?.some((id) => this.#items.get(id)?.voice === item.voice)) return null;
    const key = scopeKey(item.quantity);
    return key === null ? null : `${item.quantity.series}\n${key}`;
  }

  #putIn(item: Item): void {
    const { quantity, days } = item;
    if (quantity.equivalents.length > 0) this.#dirtyItems.add(item);
    const key = this.#keyOf(item);
    if (key === null) return;
    const series = this.#seriesOf(key, item);
    const cell = this.#cellOf(series, days);
    item.cell = cell;
    cell.said.add(item);
    this.#touchCell(cell);
    if (series.isChange) {
      for (const key of this.#spokenOf(item)) this.#changes.add(`${series.subject}\n${key}`, item);
      this.#dirtyItems.add(item);
      return;
    }
    this.#lineOf(series, item)?.add(item);
    this.#touchLine(series, item);
    this.#group(item, true);
  }

  #takeOut(item: Item): void {
    this.#dirtyItems.delete(item);
    const { cell } = item;
    if (cell === null) return;
    item.cell = null;
    const { series } = cell;
    cell.said.remove(item);
    this.#touchCell(cell);
    if (series.isChange) {
      for (const key of this.#spokenOf(item)) {
        this.#changes.remove(`${series.subject}\n${key}`, item);
        this.#unheld.remove(`${series.place}\n${key}`, item);
      }
    } else {
      this.#touchLine(series, item);
      const line = series.lines?.get(item.voice);
      if (line?.remove(item)) series.lines!.delete(item.voice);
      this.#group(item, false);
    }
    if (cell.said.members.length === 0) this.#drop(cell);
  }

  #seriesOf(key: string, item: Item): Series {
    const known = this.#series.get(key);
    if (known) return known;
    const { quantity } = item;
    const subject = `${quantity.measure}\n${placeKey(quantity)}`;
    const kind = quantity.series;
    const isChange = quantity.amount.bound === 'change';
    const hasLines = (kind === 'flow' || kind === 'cumulative') && !isChange && quantity.amount.unit !== '%';
    const series: Series = {
      key,
      subject,
      place: placeKey(quantity),
      kind,
      isChange,
      cells: new Map(),
      nearby: kind === 'stock' ? new Map() : null,
      lines: hasLines ? new Map() : null,
    };
    this.#series.set(key, series);
    addTo(this.#bySubject, subject, series);
    addTo(this.#byPlace, series.place, series);
    return series;
  }

  #cellOf(series: Series, days: Days): Cell {
    const key = daysKey(days);
    const known = series.cells.get(key);
    if (known) return known;
    const cell: Cell = { series, days, said: new CellMembers() };
    series.cells.set(key, cell);
    if (series.nearby && isAsOf(days)) addTo(series.nearby, Math.floor(days.from / STRETCH), cell);
    return cell;
  }

  #drop(cell: Cell): void {
    const { series, days } = cell;
    this.#dirtyCells.delete(cell);
    this.#tell(cell, []);
    series.cells.delete(daysKey(days));
    if (series.nearby && isAsOf(days)) removeFrom(series.nearby, Math.floor(days.from / STRETCH), cell);
    if (series.cells.size > 0) return;
    this.#series.delete(series.key);
    removeFrom(this.#bySubject, series.subject, series);
    removeFrom(this.#byPlace, series.place, series);
  }

  /** The cells that agree with one for other days: October with the 7th. */
  *#agreeing(cell: Cell): Generator<Cell> {
    const { nearby } = cell.series;
    const { days } = cell;
    if (nearby === null || !isAsOf(days)) return;
    const first = Math.floor((days.from - STRETCH) / STRETCH);
    for (let stretch = first; stretch <= Math.floor(days.to / STRETCH); stretch++) {
      for (const other of nearby.get(stretch) ?? []) {
        if (other !== cell && daysAgree(days, other.days, 'stock')) yield other;
      }
    }
  }

  #touchCell(cell: Cell): void {
    this.#dirtyCells.add(cell);
    for (const other of this.#agreeing(cell)) if (isCoarser(other, cell)) this.#dirtyCells.add(other);
    if (cell.series.isChange) return;
    const key = daysKey(cell.days);
    for (const change of this.#changes.of(`${cell.series.subject}\n${key}`)) this.#dirtyItems.add(change);
    for (const change of this.#unheld.of(`${cell.series.place}\n${key}`)) this.#dirtyItems.add(change);
  }

  #lineOf(series: Series, item: Item): Line<Item> | null {
    if (series.lines === null) return null;
    let line = series.lines.get(item.voice);
    if (line === undefined) {
      line = new Line(series.kind === 'flow');
      series.lines.set(item.voice, line);
    }
    return line;
  }

  #touchLine(series: Series, item: Item): void {
    const line = series.lines?.get(item.voice);
    if (line === undefined) return;
    const changed = this.#dirtyLines.get(line);
    if (changed) changed.push(item);
    else this.#dirtyLines.set(line, [item]);
  }

  /** The days of the figures that a change speaks of: its own, and those it is a change from. */
  #spokenOf({ days, quantity }: Item): string[] {
    const from = quantity.baseline?.period;
    return from ? [...new Set([daysKey(days), daysKey(daysOf(from.range))])] : [daysKey(days)];
  }

  /** Puts an item among those of its party and period for other places, and those of its page, or takes it out. */
  #group(item: Item, isIn: boolean): void {
    const { quantity, days } = item;
    const { party, place, source, measure } = quantity;
    if (place === null || party === null) return;
    const areas = `${measure}\n${party.key}\n${daysKey(days)}`;
    this.#areas[isIn ? 'add' : 'remove'](areas, item);
    this.#dirtyAreas.add(areas);
    if (source === null) return;
    const page = `${source}\n${place.key}\n${daysKey(days)}`;
    this.#pages[isIn ? 'add' : 'remove'](page, item);
    this.#dirtyPages.add(page);
  }

  #lookAtCell(cell: Cell): void {
    const finer: Cell[] = [];
    if (cell.days.to > cell.days.from)
      for (const other of this.#agreeing(cell)) if (isCoarser(cell, other)) finer.push(other);
    if (cell.said.members.length < 2 && finer.length === 0) {
      this.#tell(cell, []);
      return;
    }
    finer.sort((a, b) => a.days.from - b.days.from || a.days.to - b.days.to);
    const name = this.#measureNames.get(cell.said.first.quantity.measure) ?? null;
    this.#tell(
      cell,
      cellFindings(
        cell.said,
        finer.map((other) => other.said),
        name,
      ),
    );
  }

  #lookAtItem(item: Item): void {
    const { quantity, cell } = item;
    const found: (Finding | null)[] = [];
    const parts = this.#parts.get(quantity.id);
    if (parts) {
      const items = parts.map((id) => this.#items.get(id)?.quantity).filter((part) => part !== undefined);
      found.push(totalFinding(quantity, items));
    }
    if (quantity.equivalents.length > 0 && this.#rates) found.push(equivalentFinding(quantity, this.#rates));
    if (cell?.series.isChange) found.push(this.#lookAtChange(item, cell));
    const line = cell?.series.lines?.get(item.voice);
    if (line) found.push(...line.findingsOf(item));
    this.#tell(
      item,
      found.filter((finding) => finding !== null),
    );
  }

  #lookAtChange(item: Item, { series }: Cell): Finding | null {
    const { quantity, days } = item;
    const { subject } = series;
    const { baseline } = quantity;
    const from = baseline?.period ? daysOf(baseline.period.range) : null;
    const at = (some: Iterable<Series>, when: Days) =>
      [...some].flatMap((one) => {
        const cell = one.isChange ? undefined : one.cells.get(daysKey(when));
        if (cell === undefined) return [];
        // Among hundreds some two fit any change: only what its own party says tells anything.
        return [cell.said.members.length > MANY_TRIED ? cell.said.of(item.voice) : cell.said.members];
      });
    const own = this.#bySubject.get(subject) ?? [];
    const finding = changeFinding(item, {
      to: at(own, days),
      from: from === null ? [] : at(own, from),
      tried: TRIED,
      others: () => {
        if (from === null) return [];
        const elsewhere = [...(this.#byPlace.get(series.place) ?? [])]
          .filter(
            (one) => one.subject !== subject && one.cells.has(daysKey(days)) && one.cells.has(daysKey(from)),
          )
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        return elsewhere.flatMap((one) => {
          const [to] = at([one], days);
          const [first] = at([one], from);
          return to && first ? [{ to, from: first }] : [];
        });
      },
    });
    // Only a change that does not hold is told with what it would be by other counts.
    for (const key of this.#spokenOf(item)) {
      this.#unheld.remove(`${series.place}\n${key}`, item);
      if (finding) this.#unheld.add(`${series.place}\n${key}`, item);
    }
    return finding;
  }

  /** Puts findings in the place of those there were about something. */
  #tell(about: object | string, findings: Finding[]): void {
    const before = this.#found.get(about);
    for (const finding of before ?? []) {
      for (const { id } of finding.records) removeFrom(this.#findingsOf, id, finding);
    }
    if (findings.length > 0) this.#found.set(about, findings);
    else if (before) this.#found.delete(about);
    for (const finding of findings)
      for (const { id } of finding.records) addTo(this.#findingsOf, id, finding);
  }
}

/** What is read of a figure and nothing else: the words of its passages would take more room than all the rest. */
function readPart(figure: AnalysedFigure): ReadFigure {
  const source = figure.passages[0]?.source;
  return {
    kind: 'figure',
    id: figure.id,
    counted: figure.counted,
    measure: figure.measure,
    unit: figure.unit,
    modality: figure.modality,
    bound: figure.bound,
    value: figure.value,
    low: figure.low,
    high: figure.high,
    equivalents: figure.equivalents,
    baseline: figure.baseline,
    place: figure.place,
    period: figure.period,
    accordingTo: figure.accordingTo,
    reportedBy: figure.reportedBy,
    method: figure.method,
    passages: source === undefined ? [] : [{ source }],
  };
}

/** Whether a cell is for a longer time than another; of two as long, the one that begins first is taken for the longer. */
function isCoarser({ days: a }: Cell, { days: b }: Cell): boolean {
  return a.to - a.from - (b.to - b.from) > 0 || (a.to - a.from === b.to - b.from && a.from < b.from);
}

function addTo<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function removeFrom<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
