// Statements against statements: which belong to one matter, which report the same words, which answer which, and what
// in all this does not fit. What a change may touch is looked at again; the rest stays as it was.
import type { Link } from '../record/link.ts';
import type { DisagreementKind, LinkKind } from '../record/vocabulary.ts';
import { type Finding, inOrder } from './finding.ts';
import type { AnalysedIncident, AnalysedStatement, Names } from './names.ts';
import { type Answer, judge, judgeSilence, mayAnswer, meant, type Rarity } from './statements/answer.ts';
import type { AnswerKind } from './statements/cue.ts';
import { digestOf, distance, inTime, type Said } from './statements/digest.ts';
import { likeness } from './statements/echo.ts';
import { type Happening, happeningOf, mayExplain, otherReason } from './statements/happening.ts';
import { PartyBook, type Profile } from './statements/party.ts';
import { type AnalysedRequest, requestFinding } from './statements/request-state.ts';
import { Shelf, WordShelf } from './statements/shelf.ts';
import {
  type Episodes,
  type Grouping,
  groupThreads,
  type ThreadLinkFound,
} from './statements/thread-group.ts';
import { fold, stemText, tellingStems, wordSequence } from './statements/words.ts';
import { answerWorking, echoWorking, silenceWorking } from './statements/working.ts';
import type { Thread } from './thread.ts';

/** A link as analysis reads it. */
export type AnalysedLink = Pick<Link, 'from' | 'to' | 'link'>;

/** Lengths of a word's list at which it tells less; only lists up to the first are read for candidates. */
const WORD_STEPS = [32, 128] as const;
const TOPIC_STEPS = [48, 256] as const;
/** Sizes of topics that are told apart: powers of two. A topic over the eighth is no matter any more, but a field. */
const HOME_STEPS = Array.from({ length: 24 }, (_, at) => 2 ** (at + 1) - 1);
const FIELD = 8;
const sizeOf = (count: number) => 32 - Math.clz32(count);
/** How many candidates are looked at closely, the likeliest first. */
const CLOSELY = 40;
/** How many answers of one statement are kept: links that people draw choose among them. */
const KEPT = 6;
/** Statements looked at between two pauses: some two milliseconds. */
const SLICE = 24;

/** What each kind of answer is called as a finding, and the link that upholding it draws. */
const FINDING_OF: Record<
  Exclude<AnswerKind, 'confirms'>,
  { kind: (isOwn: boolean) => DisagreementKind; check: string; link: LinkKind; weight: number }
> = {
  clarifies: { kind: () => 'later-clarified', check: 'later-clarified', link: 'clarifies', weight: 0.1 },
  // One's own words, or those of one's body, are set right; another's are contradicted.
  corrects: {
    kind: (isOwn) => (isOwn ? 'later-clarified' : 'denied'),
    check: 'corrected',
    link: 'corrects',
    weight: 0.1,
  },
  retracts: { kind: () => 'later-clarified', check: 'retracted', link: 'retracts', weight: 0.1 },
  denies: { kind: () => 'denied', check: 'denied', link: 'denies', weight: 0.15 },
  rejects: { kind: () => 'rejected', check: 'rejected', link: 'rejects', weight: 0.05 },
  'explains-otherwise': {
    kind: () => 'explained-otherwise',
    check: 'explained-otherwise',
    link: 'explains-otherwise',
    weight: 0,
  },
};
/** Links that say what a statement does to another; one that is drawn leaves no room for a suggestion of another kind. */
const ANSWERING = new Set<LinkKind>([
  'denies',
  'clarifies',
  'corrects',
  'retracts',
  'rejects',
  'confirms',
  'explains-otherwise',
]);

/** Records of one statement: one, mostly. */
interface Utterance {
  /** Slots by id; the first gives findings their key. */
  slots: number[];
  findings: Finding[];
  /** What it answers: for threads. */
  answers: { answer: Answer; by: number; finding: string | null }[];
}

/** What was worked out of one statement. */
interface Worked {
  echoes: number[];
  found: Answer[];
  /** The statement of the same body that ended a silence. */
  later: number | null;
  reasons: Finding[];
  /** The likeliest of the same matter, where no topic says what that is. */
  neighbour: number | null;
}

/** Findings and threads over the statements of a dossier; told of each record that stands. */
export class StatementAnalysis {
  #parties: PartyBook;
  /** Words of names of places and persons: two that only share these do not yet speak of one matter. */
  #nameWords: ReadonlySet<number>;
  readonly #said: (Said | null)[] = [];
  readonly #worked: (Worked | null)[] = [];
  readonly #free: number[] = [];
  readonly #slotOf = new Map<string, number>();
  readonly #incidents = new Map<string, { record: AnalysedIncident; happening: Happening | null }>();
  readonly #incidentsByWord = new Map<number, Set<string>>();

  readonly #words = new WordShelf(WORD_STEPS, (slot) => this.#touch(slot));
  readonly #topicCounts = new WordShelf(TOPIC_STEPS, (slot) => this.#touch(slot));
  readonly #homeCounts = new WordShelf(HOME_STEPS, (slot) => {
    this.#homes[slot] = undefined;
  });
  readonly #topics: Shelf;
  readonly #sources: Shelf;
  readonly #parties_: Shelf;
  readonly #runs: Shelf;

  #links: AnalysedLink[] = [];
  /** Statement links from and to each id. */
  readonly #linked = new Map<string, AnalysedLink[]>();
  #requests: AnalysedRequest[] = [];
  #today = '';

  /** For each slot, what another has in common with it while that is looked at; 0 in between. */
  #points = new Float64Array(64);
  readonly #counts = new Uint32Array(64);
  /** The topic each slot is filed under; undefined where that has to be looked up again. */
  readonly #homes: (string | null | undefined)[] = [];
  readonly #times: number[] = [];
  readonly #dirty = new Set<number>();
  /** The same, quick to ask: most that see a change in a large import are looked at anyway. */
  readonly #isDirty: number[] = [];
  /** Utterances whose findings are to be worked out again, by one of their slots. */
  readonly #stale = new Set<number>();
  readonly #utterances: (Utterance | null)[] = [];
  readonly #answeredBy = new Map<number, Set<number>>();
  readonly #findings = new Map<string, Finding>();
  readonly #findingsOf = new Map<string, Set<Finding>>();
  #sorted: Finding[] | null = null;
  #requestFindings: Finding[] | null = null;
  #grouping: Grouping | null = null;
  /** Goes up whenever something about a slot changes that a thread tells. */
  readonly #revisions: number[] = [];
  readonly #episodes: Episodes = new Map();
  readonly #threads = new Map<number, { slots: number[]; revision: number; thread: Thread }>();

  constructor(names: Names) {
    this.#parties = new PartyBook(names);
    this.#nameWords = wordsOfNames(names);
    const byTime = (a: number, b: number) => inTime(this.#said[a]!, this.#said[b]!);
    const byPlace = (a: number, b: number) => {
      const [first, second] = [this.#said[a]!, this.#said[b]!];
      return (
        first.start - second.start ||
        first.end - second.end ||
        (first.id < second.id ? -1 : first.id > second.id ? 1 : 0)
      );
    };
    const seen = (slot: number) => this.#touch(slot);
    this.#topics = new Shelf(byTime, seen);
    this.#sources = new Shelf(byPlace, seen);
    this.#parties_ = new Shelf(byTime, seen);
    this.#runs = new Shelf(byTime, seen);
  }

  /** Adds a record that stands, or takes its new version. */
  set(record: AnalysedStatement | AnalysedIncident): void {
    if (record.kind === 'incident') {
      this.#removeIncident(record.id);
      this.#addIncident(record);
      return;
    }
    const known = this.#slotOf.get(record.id);
    if (known !== undefined) this.#unshelve(known);
    const slot = known ?? this.#free.pop() ?? this.#said.length;
    this.#slotOf.set(record.id, slot);
    this.#said[slot] = digestOf(record, this.#parties);
    if (known === undefined) this.#worked[slot] = null;
    this.#shelve(slot);
    this.#touch(slot);
    this.#changed();
  }

  /** Takes a record out: it no longer stands. An id that is not known changes nothing. */
  remove(id: string): void {
    this.#removeIncident(id);
    const slot = this.#slotOf.get(id);
    if (slot === undefined) return;
    this.#unshelve(slot);
    this.#dropUtterance(slot);
    this.#forgetWork(slot);
    this.#slotOf.delete(id);
    this.#said[slot] = null;
    this.#worked[slot] = null;
    this.#dirty.delete(slot);
    this.#isDirty[slot] = 0;
    this.#stale.delete(slot);
    this.#free.push(slot);
    this.#changed();
  }

  /** Takes other names: who speaks may be somebody else now, so everything is looked at again. */
  setNames(names: Names): void {
    this.#parties = new PartyBook(names);
    this.#nameWords = wordsOfNames(names);
    for (const slot of this.#slotOf.values()) {
      this.#unshelve(slot);
      this.#said[slot] = digestOf(this.#said[slot]!.record, this.#parties);
    }
    for (const slot of this.#slotOf.values()) {
      this.#shelve(slot);
      this.#touch(slot);
    }
    for (const { record } of [...this.#incidents.values()]) this.set(record);
    this.#changed();
  }

  /** Takes the links that people drew, all of them; those between statements count. */
  setLinks(links: AnalysedLink[]): void {
    const keyOf = (link: AnalysedLink) => `${link.from.id} ${link.link} ${link.to.id}`;
    const before = new Set(this.#links.map(keyOf));
    const after = new Set(links.map(keyOf));
    for (const link of [...this.#links, ...links]) {
      if (before.has(keyOf(link)) && after.has(keyOf(link))) continue;
      for (const id of [link.from.id, link.to.id]) {
        const slot = this.#slotOf.get(id);
        if (slot !== undefined) this.#touch(slot);
      }
    }
    this.#links = links;
    this.#linked.clear();
    for (const link of links) {
      for (const id of new Set([link.from.id, link.to.id])) {
        const list = this.#linked.get(id);
        if (list) list.push(link);
        else this.#linked.set(id, [link]);
      }
    }
    this.#changed();
  }

  /** Takes the requests for comment, all of them, and what day it is (EDTF): what is due depends on it. */
  setRequests(requests: AnalysedRequest[], today: string): void {
    this.#requests = requests;
    this.#today = today;
    this.#changed();
  }

  /** Works off what has changed, a few milliseconds at a time; asking for findings does it as well, at once. */
  *settle(): Generator<void> {
    for (const shelf of [this.#topics, this.#sources, this.#parties_, this.#runs]) shelf.sort();
    let count = 0;
    for (const slot of this.#dirty) {
      this.#dirty.delete(slot);
      this.#isDirty[slot] = 0;
      this.#work(slot);
      if (++count % SLICE === 0) yield;
    }
    for (const slot of this.#stale) {
      if (this.#utterances[slot] === null || this.#utterances[slot] === undefined) this.#gather(slot);
    }
    if (count > 0) yield;
    // Findings name the first record of the statement they answer, so every statement is gathered before any is judged.
    for (const slot of this.#stale) {
      this.#stale.delete(slot);
      const utterance = this.#utterances[slot];
      if (utterance?.slots[0] === slot) this.#conclude(utterance);
      if (++count % SLICE === 0) yield;
    }
  }

  #settleNow(): void {
    for (const _ of this.settle());
  }

  /** Every finding, in the order of the queue. */
  findings(): Finding[] {
    this.#settleNow();
    this.#sorted ??= inOrder([...this.#findings.values(), ...this.#fromRequests()]);
    return this.#sorted;
  }

  /** The findings that rest on a record, in the order of the queue. */
  findingsOf(id: string): Finding[] {
    this.#settleNow();
    const requests = this.#fromRequests().filter((finding) => finding.records.some((end) => end.id === id));
    return inOrder([...(this.#findingsOf.get(id) ?? []), ...requests]);
  }

  /** Every thread, the one with the latest statement first; those without a date at the end. */
  threads(): Thread[] {
    const { groups } = this.#grouped();
    const threads = groups.map((group) => group.build());
    const end = (thread: Thread) => thread.range?.to ?? Number.NEGATIVE_INFINITY;
    return threads.sort((a, b) => end(b) - end(a) || (a.key < b.key ? -1 : 1));
  }

  /** The thread a statement is in; null for one that is not known. */
  threadOf(id: string): Thread | null {
    const slot = this.#slotOf.get(id);
    if (slot === undefined) return null;
    const { groups, groupOf } = this.#grouped();
    return groups[groupOf[slot]!]!.build();
  }

  #revise(slot: number): void {
    this.#revisions[slot] = (this.#revisions[slot] ?? 0) + 1;
  }

  /** A thread as it was told before when nothing in it has changed since, else told anew. */
  #told(slots: number[], tell: () => Thread): Thread {
    const first = slots[0]!;
    let revision = 0;
    for (const slot of slots) revision += this.#revisions[slot]!;
    const known = this.#threads.get(first);
    if (
      known?.revision === revision &&
      known.slots.length === slots.length &&
      known.slots.every((slot, at) => slot === slots[at])
    )
      return known.thread;
    const thread = tell();
    this.#threads.set(first, { slots, revision, thread });
    return thread;
  }

  #touch(slot: number): void {
    if (this.#isDirty[slot] === 1) return;
    this.#isDirty[slot] = 1;
    this.#dirty.add(slot);
  }

  #changed(): void {
    this.#sorted = null;
    this.#requestFindings = null;
    this.#grouping = null;
  }

  #fromRequests(): Finding[] {
    this.#requestFindings ??= this.#requests.flatMap((request) => {
      // Figures are not known here; whoever hands requests over leaves out those that no longer stand.
      const found = requestFinding(
        request,
        this.#today,
        (end) => end.kind === 'figure' || this.#slotOf.has(end.id) || this.#incidents.has(end.id),
      );
      return found ?? [];
    });
    return this.#requestFindings;
  }

  // Shelves.

  #shelve(slot: number): void {
    const said = this.#said[slot]!;
    this.#homes[slot] = undefined;
    this.#times[slot] = said.time;
    for (const word of said.words) this.#words.add(word, slot);
    for (const topic of said.topics) {
      this.#topicCounts.add(topic, slot);
      this.#homeCounts.add(topic, slot);
      this.#topics.add(topic, slot);
    }
    if (said.source !== '') this.#sources.add(said.source, slot);
    for (const key of partyKeys(said)) this.#parties_.add(key, slot);
    for (const key of runKeys(said)) this.#runs.add(key, slot);
  }

  #unshelve(slot: number): void {
    const said = this.#said[slot]!;
    for (const word of said.words) this.#words.remove(word, slot);
    for (const topic of said.topics) {
      this.#topicCounts.remove(topic, slot);
      this.#homeCounts.remove(topic, slot);
      this.#topics.remove(topic, slot);
    }
    if (said.source !== '') this.#sources.remove(said.source, slot);
    for (const key of partyKeys(said)) this.#parties_.remove(key, slot);
    for (const key of runKeys(said)) this.#runs.remove(key, slot);
    // Who had it for an echo, an answer or a neighbour stands on one of its shelves, and was told.
    for (const link of this.#linked.get(said.id) ?? [])
      for (const id of [link.from.id, link.to.id]) {
        const other = this.#slotOf.get(id);
        if (other !== undefined) this.#touch(other);
      }
  }

  #addIncident(record: AnalysedIncident): void {
    const happening = happeningOf(record, this.#parties);
    this.#incidents.set(record.id, { record, happening });
    for (const word of happening?.words ?? []) {
      const ids = this.#incidentsByWord.get(word);
      if (ids) ids.add(record.id);
      else this.#incidentsByWord.set(word, new Set([record.id]));
    }
    if (happening) this.#touchAbout(happening);
    this.#changed();
  }

  #removeIncident(id: string): void {
    const known = this.#incidents.get(id);
    if (known === undefined) return;
    this.#incidents.delete(id);
    for (const word of known.happening?.words ?? []) {
      const ids = this.#incidentsByWord.get(word);
      ids?.delete(id);
      if (ids?.size === 0) this.#incidentsByWord.delete(word);
    }
    if (known.happening) this.#touchAbout(known.happening);
    this.#changed();
  }

  /** Statements that may speak of what happened share a word with it that tells something. */
  #touchAbout(happening: Happening): void {
    for (const word of happening.words) {
      const list = this.#words.list(word);
      if (list.length > WORD_STEPS[1]) continue;
      for (const slot of list) if (mayExplain(this.#said[slot]!)) this.#touch(slot);
    }
  }

  // Work.

  readonly #rarity: Rarity = {
    word: (stem) => (this.#nameWords.has(stem) ? 1 : step(this.#words.count(stem), WORD_STEPS, [3, 2, 1])),
    topic: (topic) => step(this.#topicCounts.count(topic), TOPIC_STEPS, [2, 1.5, 1]),
  };

  #forgetWork(slot: number): void {
    for (const { target } of this.#worked[slot]?.found ?? []) {
      const at = this.#slotOf.get(target.id);
      if (at !== undefined) this.#answeredBy.get(at)?.delete(slot);
    }
  }

  #work(slot: number): void {
    const said = this.#said[slot];
    if (!said) return;
    this.#forgetWork(slot);
    const worked: Worked = {
      echoes: this.#echoesOf(slot),
      found: mayAnswer(said) ? this.#answersOf(slot) : [],
      later: said.record.act === 'no-response' ? this.#spokeLater(slot) : null,
      reasons: mayExplain(said) ? this.#reasonsOf(said) : [],
      neighbour: said.topics.length === 0 ? this.#neighbourOf(slot) : null,
    };
    this.#worked[slot] = worked;
    for (const { target } of worked.found) {
      const at = this.#slotOf.get(target.id)!;
      const by = this.#answeredBy.get(at);
      if (by) by.add(slot);
      else this.#answeredBy.set(at, new Set([slot]));
    }
    this.#dropUtterance(slot);
    for (const other of worked.echoes) this.#dropUtterance(other);
    for (const other of this.#repeats(slot)) this.#dropUtterance(other);
    this.#stale.add(slot);
  }

  /** Others that report the same statement. */
  #echoesOf(slot: number): number[] {
    const said = this.#said[slot]!;
    const found = new Set<number>();
    const tried = new Set<number>();
    const look = (other: number) => {
      if (tried.has(other)) return;
      tried.add(other);
      const one = this.#said[other]!;
      if (!this.#parties.mayBeOne(said.speaker, one.speaker, said.source === one.source)) return;
      if (likeness(said, one) !== null) found.add(other);
    };
    for (const key of runKeys(said)) this.#runs.near(key, slot, look);
    if (said.source !== '') this.#sources.near(said.source, slot, look);
    return [...found];
  }

  /** Those that a person said repeat it, or that it repeats. */
  #repeats(slot: number): number[] {
    const { id } = this.#said[slot]!;
    return (this.#linked.get(id) ?? []).flatMap((link) => {
      if (link.link !== 'repeats') return [];
      const other = this.#slotOf.get(link.from.id === id ? link.to.id : link.from.id);
      return other === undefined || other === slot ? [] : [other];
    });
  }

  /** Others it may answer or stand near: puts a rough measure of what they have in common into `#points`. */
  #candidates(slot: number): number[] {
    const said = this.#said[slot]!;
    if (this.#points.length < this.#said.length) this.#points = new Float64Array(this.#said.length * 2);
    const points = this.#points;
    const found: number[] = [];
    let weight = 0;
    const add = (other: number) => {
      if (other === slot) return;
      const before = points[other]!;
      if (before === 0) found.push(other);
      points[other] = before + weight;
    };
    weight = 1.5;
    for (const word of said.words) {
      const list = this.#words.list(word);
      if (list.length <= WORD_STEPS[0]) for (const other of list) add(other);
    }
    for (const topic of said.topics) {
      weight = this.#rarity.topic(topic);
      this.#topics.near(topic, slot, add);
    }
    weight = 1;
    if (said.source !== '') this.#sources.near(said.source, slot, add);
    weight = 0.75;
    for (const key of partyKeys(said)) this.#parties_.near(key, slot, add);
    weight = 100;
    for (const link of this.#linked.get(said.id) ?? []) {
      const other = this.#slotOf.get(link.from.id === said.id ? link.to.id : link.from.id);
      if (other !== undefined) add(other);
    }
    return found;
  }

  /** The likeliest candidates, in no order: of those that are as likely, the nearest in time. */
  #likeliest(slot: number, count: number): Said[] {
    const found = this.#candidates(slot);
    const points = this.#points;
    let kept = found;
    if (found.length > count) {
      // Points are quarters; counted by their number, the least that is still let in is found without sorting all.
      const counts = this.#counts.fill(0);
      const rankOf = (other: number) => Math.min(counts.length - 1, Math.floor(points[other]! * 4));
      for (const other of found) counts[rankOf(other)]!++;
      let least = counts.length - 1;
      let above = 0;
      while (above + counts[least]! < count) above += counts[least--]!;
      kept = found.filter((other) => rankOf(other) > least);
      const { time } = this.#said[slot]!;
      const last = found
        .filter((other) => rankOf(other) === least)
        .map((other) => ({ other, gap: Math.abs(this.#times[other]! - time) || 0 }));
      last.sort((a, b) => a.gap - b.gap || this.#byId(a.other, b.other));
      for (const { other } of last.slice(0, count - above)) kept.push(other);
    }
    for (const other of found) points[other] = 0;
    return kept.map((other) => this.#said[other]!);
  }

  #answersOf(slot: number): Answer[] {
    const said = this.#said[slot]!;
    const isSilence = said.record.act === 'no-response';
    const found = this.#likeliest(slot, CLOSELY).flatMap((other) => {
      const one = isSilence
        ? judgeSilence(said, other, this.#parties, this.#rarity)
        : judge(said, other, this.#parties, this.#rarity);
      return one ?? [];
    });
    found.sort((a, b) => b.score - a.score || inTime(a.target, b.target));
    const isLinked = (one: Answer) =>
      (this.#linked.get(one.target.id) ?? []).some(
        (link) => link.from.id === said.id || link.to.id === said.id,
      );
    return found.filter((one, at) => at < KEPT || isLinked(one));
  }

  /** The first statement by which the same body spoke of the same matter within thirty days after a silence. */
  #spokeLater(slot: number): number | null {
    const silence = this.#said[slot]!;
    if (silence.range === null) return null;
    let first: number | null = null;
    const look = (other: number) => {
      const said = this.#said[other]!;
      if (said.record.act === 'no-response' || said.range === null) return;
      if (said.range.from <= silence.range!.to) return;
      if (said.range.from - silence.range!.to > 30 * 86_400_000) return;
      if (!said.topics.some((topic) => silence.topics.includes(topic))) return;
      const side = this.#parties.side(silence.speaker, said.speaker, silence.source === said.source);
      if (side !== 'same-speaker' && side !== 'same-body') return;
      if (first === null || inTime(said, this.#said[first]!) < 0) first = other;
    };
    for (const topic of silence.topics) this.#topics.near(topic, slot, look);
    return first;
  }

  #reasonsOf(said: Said): Finding[] {
    const ids = new Set<string>();
    for (const word of said.words) {
      if (this.#words.count(word) > WORD_STEPS[1]) continue;
      for (const id of this.#incidentsByWord.get(word) ?? []) ids.add(id);
    }
    const links = this.#linked.get(said.id) ?? [];
    return [...ids].sort().flatMap((id) => {
      const { happening } = this.#incidents.get(id)!;
      const found = otherReason(said, happening!, this.#parties, this.#rarity);
      if (found === null) return [];
      const drawn = links.filter(
        (link) => (link.from.id === id || link.to.id === id) && ANSWERING.has(link.link),
      );
      if (drawn.length === 0) return found;
      const isSame = drawn.every((link) => link.from.id === said.id && link.link === 'explains-otherwise');
      if (!isSame) return [];
      return found;
    });
  }

  /** Of the statements near in words, source, speaker and time, the one most likely of the same matter. */
  #neighbourOf(slot: number): number | null {
    const said = this.#said[slot]!;
    let best: Said | null = null;
    let most = 0;
    for (const other of this.#likeliest(slot, 12)) {
      const points = this.#nearness(said, other);
      if (points > most || (points === most && best !== null && inTime(other, best) < 0)) {
        best = other;
        most = points;
      }
    }
    return best === null || most < 3 ? null : this.#slotOf.get(best.id)!;
  }

  /** How much two statements have in common: symmetric, from 0 to about 10. */
  #nearness(a: Said, b: Said): number {
    const apart = distance(a, b);
    const days = a.range === null || b.range === null ? null : gapInDays(a, b);
    if (days !== null && days > 90) return 0;
    if (days === null && apart === null) return 0;
    let words = 0;
    for (const word of a.words) if (b.words.includes(word)) words += this.#rarity.word(word);
    const near = apart === null ? 0 : apart <= 300 ? 1.5 : apart <= 1500 ? 1 : 0.25;
    const when = days === null ? 0.5 : days <= 3 ? 1 : days <= 21 ? 0.5 : 0;
    const side = this.#parties.side(a.speaker, b.speaker, apart !== null);
    const party = side === 'same-speaker' || side === 'same-body' ? 0.75 : 0;
    // Without a word in common, nothing says that it is one matter.
    return words === 0 ? 0 : Math.min(6, words * 0.5) + near + when + party;
  }

  // Utterances.

  /** Takes apart the utterance a slot is in; each of its statements is to be gathered again. */
  #dropUtterance(slot: number): void {
    const utterance = this.#utterances[slot];
    if (!utterance) return;
    this.#dropFindings(utterance);
    for (const one of utterance.slots) {
      this.#utterances[one] = null;
      if (this.#said[one]) this.#stale.add(one);
      // Who answers it names its first record.
      for (const by of this.#answeredBy.get(one) ?? []) if (this.#said[by]) this.#stale.add(by);
    }
    // A statement that answers one that was taken apart is concluded again through the first of its own utterance.
    for (const one of utterance.slots)
      for (const by of this.#answeredBy.get(one) ?? []) {
        const first = this.#utterances[by]?.slots[0];
        if (first !== undefined) this.#stale.add(first);
      }
  }

  #dropFindings(utterance: Utterance): void {
    for (const finding of utterance.findings) {
      this.#findings.delete(finding.key);
      for (const { id } of finding.records) {
        const set = this.#findingsOf.get(id);
        set?.delete(finding);
        if (set?.size === 0) this.#findingsOf.delete(id);
      }
    }
    utterance.findings = [];
    utterance.answers = [];
  }

  /** Gathers the records of one statement, from one of them. */
  #gather(slot: number): void {
    if (!this.#said[slot]) return;
    const slots = new Set([slot]);
    for (const one of slots) {
      for (const other of [...(this.#worked[one]?.echoes ?? []), ...this.#repeats(one)]) {
        if (this.#said[other]) slots.add(other);
      }
    }
    const sorted = [...slots].sort((a, b) => (this.#said[a]!.id < this.#said[b]!.id ? -1 : 1));
    const utterance: Utterance = { slots: sorted, findings: [], answers: [] };
    for (const one of sorted) {
      this.#dropUtterance(one);
      this.#utterances[one] = utterance;
      this.#revise(one);
    }
    this.#stale.add(sorted[0]!);
    for (const one of sorted)
      for (const by of this.#answeredBy.get(one) ?? []) {
        const first = this.#utterances[by]?.slots[0] ?? by;
        this.#stale.add(first);
      }
  }

  #conclude(utterance: Utterance): void {
    this.#dropFindings(utterance);
    for (const slot of utterance.slots) this.#revise(slot);
    this.#changed();
    const findings: Finding[] = [...this.#duplicates(utterance)];
    for (const slot of utterance.slots) findings.push(...(this.#worked[slot]?.reasons ?? []));
    const first = this.#said[utterance.slots[0]!]!;
    const answers = this.#answersGathered(utterance);
    if (first.record.act === 'no-response') {
      const about = answers[0] ?? null;
      findings.push(this.#silenceFinding(utterance, about?.answer ?? null));
      if (about !== null) utterance.answers.push({ ...about, finding: null });
    } else {
      for (const { answer, by } of answers) {
        const finding = this.#answerFinding(utterance, answer, by);
        utterance.answers.push({ answer, by, finding: finding?.key ?? null });
        if (finding !== null) findings.push(finding);
      }
    }
    utterance.findings = findings;
    for (const finding of findings) {
      this.#findings.set(finding.key, finding);
      for (const { id } of finding.records) {
        const set = this.#findingsOf.get(id);
        if (set) set.add(finding);
        else this.#findingsOf.set(id, new Set([finding]));
      }
    }
  }

  /** What an utterance answers, with the record that says so; what people drew comes before what was found. */
  #answersGathered(utterance: Utterance): { answer: Answer; by: number }[] {
    const own = new Set(utterance.slots);
    const drawn = new Map<Utterance, Set<LinkKind>>();
    const barred = new Set<Utterance>();
    for (const slot of utterance.slots) {
      const { id } = this.#said[slot]!;
      for (const link of this.#linked.get(id) ?? []) {
        if (!ANSWERING.has(link.link)) continue;
        const other = this.#utteranceOf(link.from.id === id ? link.to.id : link.from.id);
        if (other === undefined || other === utterance) continue;
        if (link.from.id !== id) barred.add(other);
        else {
          const kinds = drawn.get(other);
          if (kinds) kinds.add(link.link);
          else drawn.set(other, new Set([link.link]));
        }
      }
    }
    const best = utterance.slots
      .map((slot) => {
        const found = (this.#worked[slot]?.found ?? []).filter(({ target, kind }) => {
          const at = this.#slotOf.get(target.id);
          const other = at === undefined ? undefined : this.#utterances[at];
          if (at === undefined || !other || own.has(at) || barred.has(other)) return false;
          return drawn.size === 0 || drawn.get(other)?.has(kind as LinkKind) === true;
        });
        return { slot, answers: meant(found, this.#parties) };
      })
      .filter(({ answers }) => answers.length > 0)
      .sort((a, b) => b.answers[0]!.score - a.answers[0]!.score || this.#byId(a.slot, b.slot))[0];
    if (best === undefined) return [];
    const seen = new Set<Utterance>();
    return best.answers.flatMap((answer) => {
      const other = this.#utteranceOf(answer.target.id)!;
      if (seen.has(other)) return [];
      seen.add(other);
      return { answer, by: best.slot };
    });
  }

  #byId(a: number, b: number): number {
    return this.#said[a]!.id < this.#said[b]!.id ? -1 : 1;
  }

  #utteranceOf(id: string): Utterance | undefined {
    const slot = this.#slotOf.get(id);
    return slot === undefined ? undefined : (this.#utterances[slot] ?? undefined);
  }

  #idsOf(utterance: Utterance): string[] {
    return utterance.slots.map((slot) => this.#said[slot]!.id);
  }

  /** Each further record of one statement that nobody has said repeats it. */
  #duplicates(utterance: Utterance): Finding[] {
    if (utterance.slots.length === 1) return [];
    const known = this.#knownRepeats(utterance);
    const [first, ...rest] = utterance.slots as [number, ...number[]];
    const one = this.#said[first]!;
    return rest.flatMap((slot): Finding[] => {
      if (known(slot)) return [];
      const other = this.#said[slot]!;
      const alike = likeness(one, other);
      return [
        {
          key: `echo:${one.id}:${other.id}`,
          kind: 'duplicate',
          check: 'echo',
          // The later record repeats the earlier one.
          records: [statementEnd(other.id), statementEnd(one.id)],
          working: echoWorking(one, other, alike),
          weight: alike === null ? 0.15 : 0.15 + 0.15 * alike.part,
          link: 'repeats',
        },
      ];
    });
  }

  /** Whether a record of an utterance is tied to its first through links that people drew. */
  #knownRepeats(utterance: Utterance): (slot: number) => boolean {
    const reached = new Set([utterance.slots[0]!]);
    for (const slot of reached) for (const other of this.#repeats(slot)) reached.add(other);
    return (slot) => reached.has(slot);
  }

  #answerFinding(utterance: Utterance, answer: Answer, by: number): Finding | null {
    if (answer.kind === 'confirms' || answer.kind === 'no-response') return null;
    const { kind, check, link, weight } = FINDING_OF[answer.kind];
    const target = this.#utteranceOf(answer.target.id)!;
    const [ids, targets] = [this.#idsOf(utterance), this.#idsOf(target)];
    const { side } = answer.evidence;
    const said = this.#said[by]!;
    return {
      key: `${check}:${ids[0]}:${targets[0]}`,
      kind: kind(side !== 'other' && side !== 'unknown'),
      check,
      records: [said.id, answer.target.id, ...ids, ...targets]
        .filter((id, at, all) => all.indexOf(id) === at)
        .map(statementEnd),
      working: answerWorking(said, answer),
      weight: weightOf(answer.score, answer.byAct) + weight,
      link,
    };
  }

  #silenceFinding(utterance: Utterance, about: Answer | null): Finding {
    const ids = this.#idsOf(utterance);
    const slot = utterance.slots.find((one) => about !== null && this.#worked[one]?.found.includes(about));
    const silence = this.#said[slot ?? utterance.slots[0]!]!;
    const laterSlot = utterance.slots
      .map((one) => this.#worked[one]?.later ?? null)
      .find((one) => one !== null);
    const later = laterSlot === undefined || laterSlot === null ? null : this.#said[laterSlot]!;
    const targets = about === null ? [] : this.#idsOf(this.#utteranceOf(about.target.id)!);
    return {
      key: `no-response:${ids[0]}`,
      kind: 'no-response',
      check: 'no-response',
      records: [silence.id, ...ids, ...(about === null ? [] : [about.target.id]), ...targets]
        .filter((id, at, all) => all.indexOf(id) === at)
        .map(statementEnd),
      working: silenceWorking(silence, about, later),
      weight: later !== null ? 0.25 : about === null ? 0.45 : 0.55,
      link: null,
    };
  }

  // Threads.

  #grouped(): Grouping {
    this.#settleNow();
    if (this.#grouping !== null) return this.#grouping;
    this.#grouping = groupThreads({
      said: this.#said,
      homeOf: (slot) => this.#homeOf(slot),
      revisionOf: (slot) => this.#revisions[slot]!,
      episodes: this.#episodes,
      utteranceOf: (slot) => this.#utterances[slot]!.slots,
      neighbourOf: (slot) => this.#worked[slot]?.neighbour ?? null,
      linksOf: (slot) => this.#threadLinks(slot),
      told: (slots, tell) => this.#told(slots, tell),
    });
    return this.#grouping;
  }

  /**
   * The topic a statement is filed under: the commonest of its topics that is not a whole field, else the rarest. Topics
   * about as common as one another (by powers of two) go by the alphabet, so that one more statement moves few.
   */
  #homeOf(slot: number): string | null {
    const known = this.#homes[slot];
    if (known !== undefined) return known;
    let home: string | null = null;
    let most = -1;
    for (const topic of this.#said[slot]!.topics) {
      const size = sizeOf(this.#homeCounts.count(topic));
      const rank = size <= FIELD ? FIELD + size : FIELD / size;
      if (rank > most || (rank === most && home !== null && topic < home)) {
        home = topic;
        most = rank;
      }
    }
    this.#homes[slot] = home;
    return home;
  }

  /** What ties an utterance to others: drawn links from it first, then what was found. */
  #threadLinks(slot: number): ThreadLinkFound[] {
    const utterance = this.#utterances[slot]!;
    if (utterance.answers.length === 0 && this.#links.length === 0) return [];
    const found: ThreadLinkFound[] = [];
    for (const one of this.#links.length === 0 ? [] : utterance.slots) {
      const { id } = this.#said[one]!;
      for (const link of this.#linked.get(id) ?? []) {
        if (link.from.id !== id || link.link === 'repeats') continue;
        const to = this.#slotOf.get(link.to.id);
        if (to === undefined || this.#utterances[to] === utterance) continue;
        found.push({ to: this.#utterances[to]!.slots[0]!, link: link.link, basis: 'drawn', finding: null });
      }
    }
    const drawnTo = new Set(found.map((one) => one.to));
    for (const { answer, finding } of utterance.answers) {
      const to = this.#utteranceOf(answer.target.id)!.slots[0]!;
      if (drawnTo.has(to)) continue;
      const link: LinkKind | null =
        answer.kind === 'no-response'
          ? null
          : answer.kind === 'confirms'
            ? 'confirms'
            : FINDING_OF[answer.kind].link;
      found.push({ to, link, basis: 'suggested', finding });
    }
    return found;
  }
}

function wordsOfNames(names: Names): Set<number> {
  const persons = names.actors.filter((actor) => actor.type === 'person');
  const all = [...names.places, ...persons].flatMap((one) => [one.name, ...one.aliases]);
  return new Set(all.flatMap(tellingStems));
}

const statementEnd = (id: string) => ({ kind: 'statement' as const, id });

/** 0 to 1: a score that only just suffices is worth a look, one twice as high is hardly in doubt. */
function weightOf(score: number, byAct: boolean): number {
  const sure = Math.min(0.8, 0.4 + Math.max(0, score - 4) * 0.05);
  return byAct ? sure : sure * 0.8;
}

function step(count: number, steps: readonly [number, number], values: [number, number, number]): number {
  return count <= steps[0] ? values[0] : count <= steps[1] ? values[1] : values[2];
}

function gapInDays(a: Said, b: Said): number {
  return (
    Math.max(0, Math.max(a.range!.from, b.range!.from) - Math.min(a.range!.to, b.range!.to)) / 86_400_000
  );
}

/** The parties whose statements one may answer or belong to: who speaks, for which bodies and offices, and to whom. */
function partyKeys(said: Said): string[] {
  const keys = new Set<string>();
  for (const party of [said.speaker, said.addressee]) {
    if (party === null) continue;
    keys.add(mainKey(party));
    for (const body of party.bodies) keys.add(`a:${body}`);
    for (const { family, portfolio } of party.offices)
      if (portfolio.length > 0) keys.add(`o:${family}:${portfolio[0]}`);
  }
  return [...keys];
}

function mainKey(party: Profile): string {
  return party.actor !== null ? `a:${party.actor}` : `n:${party.named ?? party.description ?? ''}`;
}

/** Of how many pairs of telling words a report is known by; any two nearly the same have one of the least in common. */
const LEAST = 4;
/** A part of a quotation is found by any of its runs, so a quotation is known by all of them up to here. */
const MOST_RUNS = 64;

/** Keys under which reports of the same words meet: pairs of telling words, and runs of quoted ones. */
function runKeys(said: Said): number[] {
  if (said.speaker === null) return [];
  const keys = new Set<number>();
  if (said.record.act === 'no-response') {
    for (const topic of said.topics) keys.add(hash(`silence ${topic}`));
    return [...keys];
  }
  const words = said.words.map(stemText);
  const pairs: number[] = words.length === 1 ? [hash(words[0]!)] : [];
  for (let at = 0; at + 1 < words.length; at++) pairs.push(hash(`${words[at]} ${words[at + 1]}`));
  pairs.sort((a, b) => a - b);
  for (const pair of pairs.slice(0, LEAST)) keys.add(pair);
  if (said.record.mode !== 'indirect') {
    const sequence = wordSequence(fold(said.record.content));
    for (let at = 0; at + 3 <= sequence.length && at < MOST_RUNS; at++)
      keys.add(hash(`${sequence[at]} ${sequence[at + 1]} ${sequence[at + 2]}`));
  }
  return [...keys];
}

/** FNV-1a over UTF-16, 32 bits: where two texts fall together, two statements more are compared. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value;
}
