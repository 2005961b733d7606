// Which statements make a thread. Each statement has one place: with what it answers, else with its topic and time, else
// with its likeliest neighbour. One place each is what keeps matters apart: were two topics joined wherever one statement
// has both, nearly everything would soon be one thread.
import type { LinkKind } from '../../record/vocabulary.ts';
import type { Thread, ThreadLink, ThreadStatement } from '../thread.ts';
import { inTime, type Said } from './digest.ts';
import { independentReports } from './echo.ts';
import { tellingWords } from './words.ts';

/** What ties one statement to another. */
export interface ThreadLinkFound {
  to: number;
  /** Null for a silence and what it is about: in one thread, without a link. */
  link: LinkKind | null;
  basis: 'drawn' | 'suggested';
  finding: string | null;
}

/** What grouping reads. Slots stand for statements; the first of an utterance stands for all that report it. */
export interface Grouped {
  said: readonly (Said | null)[];
  /** The topic a slot is filed under. */
  homeOf(slot: number): string | null;
  /** Goes up when anything about a slot changes. */
  revisionOf(slot: number): number;
  /** How topics were parted before; kept up by grouping. */
  episodes: Episodes;
  /** The slots of the utterance a slot is in, by id. */
  utteranceOf(slot: number): readonly number[];
  neighbourOf(slot: number): number | null;
  linksOf(slot: number): ThreadLinkFound[];
  /** Gives a thread that was told before when nothing in it has changed since. */
  told(slots: number[], tell: () => Thread): Thread;
}

/** Threads, by the slots that are in them. */
export interface Grouping {
  groups: { slots: number[]; build(): Thread }[];
  /** For each slot, an index into the groups. */
  groupOf: Int32Array;
}

/**
 * Up to so many statements of a topic, the days without a word that begin another thread. Few are never parted: people file
 * under one topic what they hold to belong together, also when it was said years apart.
 */
const GAPS: [count: number, days: number][] = [
  [60, Number.POSITIVE_INFINITY],
  [300, 120],
  [Number.POSITIVE_INFINITY, 45],
];
/** A longer thread is parted by calendar: by year, then month, then day. */
const LONGEST = 200;
const DAY = 86_400_000;

/** Groups all statements into threads. Linear in statements and what ties them, beside the sorting of topics. */
export function groupThreads(given: Grouped): Grouping {
  const { said } = given;
  const root = new Int32Array(said.length).map((_, at) => at);
  const rootOf = (slot: number): number => {
    let at = slot;
    while (root[at] !== at) {
      root[at] = root[root[at]!]!;
      at = root[at]!;
    }
    return at;
  };
  const join = (a: number, b: number) => {
    const [one, other] = [rootOf(a), rootOf(b)];
    if (one !== other) root[Math.max(one, other)] = Math.min(one, other);
  };

  const firsts: number[] = [];
  const links = new Map<number, ThreadLinkFound[]>();
  for (let slot = 0; slot < said.length; slot++) {
    if (!said[slot]) continue;
    const first = given.utteranceOf(slot)[0]!;
    join(slot, first);
    if (first !== slot) continue;
    firsts.push(slot);
    const found = given.linksOf(slot);
    if (found.length > 0) links.set(slot, found);
  }

  // Drawn links hold wherever they lead; of the found ones, the first says where a statement belongs.
  const leadsTo = new Map<number, number>();
  for (const [slot, found] of links) {
    for (const one of found) if (one.basis === 'drawn') join(slot, one.to);
    leadsTo.set(slot, found[0]!.to);
    const [best] = found;
    if (best!.basis === 'suggested') join(slot, best!.to);
  }

  const byTopic = new Map<string, number[]>();
  for (const slot of firsts) {
    if (leadsTo.has(slot) && !closesCircle(slot, leadsTo, said)) continue;
    const topic = homeOf(slot, given);
    if (topic !== null) {
      const list = byTopic.get(topic);
      if (list) list.push(slot);
      else byTopic.set(topic, [slot]);
      continue;
    }
    for (const one of given.utteranceOf(slot)) {
      const neighbour = given.neighbourOf(one);
      if (neighbour !== null && said[neighbour]) join(slot, neighbour);
    }
  }
  for (const topic of given.episodes.keys()) if (!byTopic.has(topic)) given.episodes.delete(topic);
  for (const [topic, slots] of byTopic)
    for (const episode of partsOf(topic, slots, given)) {
      for (const slot of episode) join(episode[0]!, slot);
    }

  const members = new Map<number, number[]>();
  for (let slot = 0; slot < said.length; slot++) {
    if (!said[slot]) continue;
    const at = rootOf(slot);
    const list = members.get(at);
    if (list) list.push(slot);
    else members.set(at, [slot]);
  }
  const groupOf = new Int32Array(said.length).fill(-1);
  const groups = [...members.values()].map((slots, at) => {
    for (const slot of slots) groupOf[slot] = at;
    return { slots, build: () => given.told(slots, () => threadOf(slots, given, links)) };
  });
  return { groups, groupOf };
}

/** Whether following what each answers leads back, and this is the first of the circle: it stays with its topic. */
function closesCircle(slot: number, leadsTo: Map<number, number>, said: readonly (Said | null)[]): boolean {
  let least = said[slot]!.id;
  const seen = new Set<number>();
  for (let at = leadsTo.get(slot); at !== undefined && !seen.has(at); at = leadsTo.get(at)) {
    if (at === slot) return least === said[slot]!.id;
    seen.add(at);
    if (said[at]!.id < least) least = said[at]!.id;
  }
  return false;
}

/** The topic an utterance is filed under: that of the first of its records that has one. */
function homeOf(slot: number, given: Grouped): string | null {
  for (const one of given.utteranceOf(slot)) {
    const home = given.homeOf(one);
    if (home !== null) return home;
  }
  return null;
}

/** How the statements of each topic are parted, with those they were when it was done. */
export type Episodes = Map<string, { slots: number[]; revision: number; parts: number[][] }>;

/** The parts of a topic, as before when its statements are. */
function partsOf(topic: string, slots: number[], given: Grouped): number[][] {
  const known = given.episodes.get(topic);
  let revision = 0;
  for (const slot of slots) revision += given.revisionOf(slot);
  if (
    known?.revision === revision &&
    known.slots.length === slots.length &&
    known.slots.every((slot, at) => slot === slots[at])
  )
    return known.parts;
  const parts = episodes(slots, given.said);
  given.episodes.set(topic, { slots, revision, parts });
  return parts;
}

/** Parts the statements of one topic where nobody spoke for long, and by calendar where they are too many. */
function episodes(slots: number[], said: readonly (Said | null)[]): number[][] {
  const sorted = [...slots].sort((a, b) => inTime(said[a]!, said[b]!));
  const dated = sorted.filter((slot) => Number.isFinite(said[slot]!.time));
  const undated = sorted.filter((slot) => !Number.isFinite(said[slot]!.time));
  const gap = GAPS.find(([count]) => slots.length <= count)![1] * DAY;
  const found: number[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const slot of dated) {
    const one = said[slot]!;
    if (found.length === 0 || one.time - until > gap) {
      found.push([]);
      until = Number.NEGATIVE_INFINITY;
    }
    found[found.length - 1]!.push(slot);
    const end = one.range!.to;
    // What may have been said at any time in a year does not bridge the year.
    if (Number.isFinite(end) && end - one.time <= 62 * DAY) until = Math.max(until, end);
    else until = Math.max(until, one.time);
  }
  const parted = found.flatMap((episode) => byCalendar(episode, said, 4));

  // Without a date, a statement stands with the dated ones of its source; without those, alone with its source.
  const bySource = new Map<string, number[]>();
  for (const episode of parted) for (const slot of episode) bySource.set(said[slot]!.source, episode);
  const without = new Map<string, number[]>();
  for (const slot of undated) {
    const { source } = said[slot]!;
    const episode =
      (source === '' ? undefined : bySource.get(source)) ??
      (parted.length === 1 && slots.length <= LONGEST ? parted[0] : undefined);
    if (episode) episode.push(slot);
    else if (parted.length === 0 && undated.length <= LONGEST) add(without, '', slot);
    else add(without, source, slot);
  }
  return [...parted, ...without.values()];
}

function add(map: Map<string, number[]>, key: string, slot: number): void {
  const list = map.get(key);
  if (list) list.push(slot);
  else map.set(key, [slot]);
}

/** Parts by the first `digits` of the date: 4 the year, 7 the month, 10 the day; 13 is as far as it goes. */
function byCalendar(slots: number[], said: readonly (Said | null)[], digits: number): number[][] {
  if (slots.length <= LONGEST || digits > 10) return [slots];
  const parts = new Map<string, number[]>();
  for (const slot of slots) {
    const time = said[slot]!.time;
    const date = Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : '';
    add(parts, date.slice(0, date.indexOf('-', 1) + digits - 4), slot);
  }
  return [...parts.values()].flatMap((part) => byCalendar(part, said, digits + 3));
}

/** A thread as people see it. */
function threadOf(slots: number[], given: Grouped, links: Map<number, ThreadLinkFound[]>): Thread {
  const { said } = given;
  const ids = slots.map((slot) => said[slot]!.id).sort();
  const utterances = slots.filter((slot) => given.utteranceOf(slot)[0] === slot);
  const told = utterances.map((first) => {
    const reports = given.utteranceOf(first).map((slot) => said[slot]!);
    const best = [...reports].sort(
      (a, b) =>
        a.time - b.time || b.record.content.length - a.record.content.length || (a.id < b.id ? -1 : 1),
    )[0]!;
    return { first, best, reports };
  });
  told.sort((a, b) => middle(a.best) - middle(b.best) || inTime(a.best, b.best));
  const idOf = new Map(told.map(({ first, best }) => [first, best.id]));

  const speakers: Thread['speakers'] = [];
  const lanes = new Map<string, number>();
  const statements = told.map(({ best, reports }): ThreadStatement => {
    const party = best.speaker;
    const key = party?.actor ?? party?.named ?? party?.description ?? '';
    let lane = lanes.get(key);
    if (lane === undefined) {
      lane = speakers.push({ name: best.record.speaker?.name ?? '', actor: party?.actor ?? null }) - 1;
      lanes.set(key, lane);
    }
    const others = reports.filter((report) => report !== best).map((report) => report.id);
    return {
      id: best.id,
      reports: [best.id, ...others],
      independent: reports.length === 1 ? 1 : independentReports(reports),
      speaker: lane,
      range: finite(best),
    };
  });

  const tied: ThreadLink[] = [];
  for (const first of utterances)
    for (const { to, link, basis, finding } of links.get(first) ?? []) {
      const end = idOf.get(to);
      if (link === null || end === undefined) continue;
      const from = idOf.get(first)!;
      if (tied.some((one) => one.from === from && one.to === end && one.link === link)) continue;
      tied.push({ from, to: end, link, basis, finding });
    }
  tied.sort((a, b) => (a.from + a.to + a.link < b.from + b.to + b.link ? -1 : 1));

  const ranges = statements.flatMap((statement) => statement.range ?? []);
  return {
    key: `thread:${ids[0]}`,
    title: titleOf(told.map(({ best }) => best)),
    statements,
    links: tied,
    speakers,
    range:
      ranges.length === 0
        ? null
        : {
            from: ranges.reduce((least, range) => Math.min(least, range.from), Number.POSITIVE_INFINITY),
            to: ranges.reduce((most, range) => Math.max(most, range.to), Number.NEGATIVE_INFINITY),
          },
  };
}

/** The middle of when it may have been said: "in November" stands after the 5th; undated ones stand at the end. */
function middle(said: Said): number {
  const range = finite(said);
  return range === null ? Number.MAX_VALUE : (range.from + range.to) / 2;
}

/** The range of a statement; where one end is open, it is taken for its other end. */
function finite({ range }: Said): { from: number; to: number } | null {
  if (range === null) return null;
  const from = Number.isFinite(range.from) ? range.from : range.to;
  const to = Number.isFinite(range.to) ? range.to : range.from;
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : null;
}

/** The commonest topic, as it is mostly written; else the telling words most of them share, as they are written first. */
function titleOf(said: Said[]): string {
  const topic = commonest(
    said.flatMap((one) =>
      one.topics.map((folded, at) => ({ key: folded, text: one.topicNames[at] ?? folded })),
    ),
    1,
  );
  if (topic.length > 0) return topic[0]!;
  const words = commonest(
    said.flatMap((one) =>
      tellingWords(one.record.content).map(({ stem, word }) => ({ key: stem, text: word })),
    ),
    3,
  );
  return words.length > 0 ? words.join(', ') : (said[0]!.record.content.slice(0, 60) ?? '');
}

/** The texts of the `count` keys that stand most often; of those that stand as often, the earlier. */
function commonest(found: { key: string | number; text: string }[], count: number): string[] {
  const counts = new Map<string | number, { text: string; times: number; at: number }>();
  found.forEach(({ key, text }, at) => {
    const known = counts.get(key);
    if (known) known.times++;
    else counts.set(key, { text, times: 1, at });
  });
  return [...counts.values()]
    .sort((a, b) => b.times - a.times || a.at - b.at)
    .slice(0, count)
    .map(({ text }) => text);
}
