// Redaction: from records and sources as the team has them to the views that may leave. What is not named in the public
// schemas cannot get through: every view is made by parsing, and parsing drops what the schema does not name.

import type { Disagreement } from './disagreement.ts';
import type { Figure } from './figure.ts';
import type { Incident } from './incident.ts';
import type { Link } from './link.ts';
import type { Measure } from './measure.ts';
import {
  type FrozenView,
  PublicDisagreement,
  PublicFigure,
  PublicIncident,
  type PublicLink,
  PublicMeasure,
  type PublicRecord,
  PublicSource,
  PublicStatement,
} from './public-view.ts';
import type { Request } from './request.ts';
import { type SealedWords, wordFinder } from './sealed-words.ts';
import type { Rendition, Source } from './source.ts';
import type { Statement } from './statement.ts';
import { isStanding } from './status.ts';
import type { RecordKind } from './vocabulary.ts';
import { consentOn, type Witness } from './witness.ts';

type AnyRecord = Statement | Figure | Incident;

/**
 * Why a record that stands does not leave: it is for the team, or sealed; it rests on no passage; its sources are not
 * public; or its passages stand in another reading of the text than the one that is published; or it rests on what a
 * witness told who does not, or no longer, agree to its being published; or words that are sealed elsewhere still stand in
 * it. A disagreement stays with any record it speaks
 * of, and one over an unanswered request with that request.
 */
export type HeldBackReason =
  | 'team'
  | 'sealed'
  | 'no-passage'
  | 'source-not-public'
  | 'text-changed'
  | 'no-consent'
  | 'sealed-words'
  | 'record-not-public';

/** A record that stands, or a disagreement that was upheld or explained, and does not leave. */
export interface HeldBack {
  kind: RecordKind | 'disagreement';
  id: string;
  /** A line to know it by; empty where it is sealed. */
  title: string;
  reason: HeldBackReason;
}

/** All that a publication is made from: what stands in a dossier, and what it rests on. */
export interface Material {
  records: AnyRecord[];
  sources: Source[];
  /** The text renditions that the sources name as theirs. */
  texts: Rendition[];
  /** The newest picture of each image. */
  pictures?: Rendition[];
  links: Link[];
  measures: Measure[];
  disagreements: Disagreement[];
  requests: Request[];
  witnesses: Pick<Witness, 'id' | 'consents'>[];
  /** True words of what is sealed; what tells one stays. */
  sealedWords: SealedWords;
  /** The day of publication, "2026-11-23": consents are in force from day to day. */
  today: string;
  /** When each record was first accepted, by its id; a record that is not in it was made by hand. */
  recordedAt: ReadonlyMap<string, string>;
}

/** What may leave, and what stays behind though it stands. */
export interface Redacted {
  records: PublicRecord[];
  /** The sources that the records rest on; no others. */
  sources: PublicSource[];
  /** The measures that the figures are of; no others. */
  measures: PublicMeasure[];
  disagreements: PublicDisagreement[];
  heldBack: HeldBack[];
}

/** The public view of a source, or null when it is not for the public. `text` is the rendition the source names. */
function publicSource(
  source: Source,
  text: Rendition | undefined,
  picture: Rendition | undefined,
): PublicSource | null {
  if (source.sensitivity !== 'public') return null;
  const isImage = source.mediaType.startsWith('image/');
  const isItsPicture = isImage && picture?.source === source.id && picture.parent === source.original;
  const isItsText = text !== undefined && text.source === source.id && text.sha256 === source.text;
  return PublicSource.parse({
    ...source,
    kind: 'source',
    text: isItsText ? text : null,
    // What a camera wrote into an image betrays who took it and where: without a picture of it nothing leaves.
    mayLeave: source.mayLeave && (!isImage || isItsPicture),
    ...(source.mayLeave && isItsPicture && { image: picture }),
    receivedAt: source.createdAt,
  });
}

/**
 * The public view of a record, or why there is none; null when it does not stand. Passages in sources that are not
 * public are left out, and a record that then has none stays.
 * @param sources the public sources by id; @param links those to other published records; @param recordedAt when the
 * record was first accepted
 */
export function publicRecord(
  record: AnyRecord,
  sources: ReadonlyMap<string, PublicSource>,
  links: PublicLink[],
  recordedAt: string,
): PublicRecord | HeldBackReason | null {
  if (!isStanding(record.status)) return null;
  if (record.sensitivity !== 'public') return record.sensitivity;
  if (record.passages.length === 0) return 'no-passage';
  const open = record.passages.filter(({ source }) => sources.has(source));
  if (open.length === 0) return 'source-not-public';
  const passages = open.filter(({ source, rendition }) => sources.get(source)!.text?.sha256 === rendition);
  if (passages.length === 0) return 'text-changed';
  const view = { ...record, passages, links, recordedAt, changedAt: record.updatedAt };
  switch (view.kind) {
    case 'statement':
      return PublicStatement.parse(view);
    case 'figure':
      return PublicFigure.parse(view);
    case 'incident':
      return PublicIncident.parse(view);
  }
}

/**
 * The sources that a witness told who has not agreed, agrees no longer, or agreed until a day that has passed, to their being
 * published. Of a witness who is not among the dossier's (any more), nobody can say that they agree.
 */
export function sourcesWithoutConsent(
  sources: readonly Pick<Source, 'id' | 'witness'>[],
  witnesses: readonly Pick<Witness, 'id' | 'consents'>[],
  today: string,
): Set<string> {
  const agreeing = new Set(
    witnesses
      .filter(({ consents }) => consentOn(consents, 'publish', today) === 'given')
      .map((witness) => witness.id),
  );
  return new Set(sources.flatMap(({ id, witness }) => (witness && !agreeing.has(witness) ? [id] : [])));
}

/** Everything of a dossier that may leave. Links are kept only between two records that both leave. */
export function redact(material: Material): Redacted {
  const texts = new Map(material.texts.map((text) => [text.source, text]));
  const pictures = new Map(material.pictures?.map((picture) => [picture.source, picture]));
  const openSources = new Map<string, PublicSource>();
  const tells = wordFinder(material.sealedWords.everywhere);
  const tellingSources = new Set<string>();
  for (const source of material.sources) {
    const view = publicSource(source, texts.get(source.id), pictures.get(source.id));
    if (view && tells(view)) tellingSources.add(source.id);
    else if (view) openSources.set(source.id, view);
  }
  const tellingMeasures = new Set(
    publicMeasures(material.measures, null).flatMap((measure) => (tells(measure) ? [measure.id] : [])),
  );
  const tellsOfItself = (view: PublicRecord) =>
    tells(view) ||
    wordFinder(material.sealedWords.ofRecord.get(view.id) ?? [])(view) ||
    (view.kind === 'figure' && view.measure !== null && tellingMeasures.has(view.measure));
  const unagreed = sourcesWithoutConsent(material.sources, material.witnesses, material.today);
  const records: PublicRecord[] = [];
  const heldBack: HeldBack[] = [];
  for (const record of material.records) {
    const recordedAt = material.recordedAt.get(record.id) ?? record.createdAt;
    let view = publicRecord(record, openSources, [], recordedAt);
    if (view === null) continue;
    // Other passages do not help: what the record says may be what the witness told.
    if (typeof view !== 'string' && record.passages.some(({ source }) => unagreed.has(source)))
      view = 'no-consent';
    if (typeof view === 'string' && record.passages.some(({ source }) => tellingSources.has(source)))
      view = view === 'source-not-public' ? 'sealed-words' : view;
    else if (typeof view !== 'string' && tellsOfItself(view)) view = 'sealed-words';
    if (typeof view === 'string') {
      const title = view === 'sealed' ? '' : titleOf(record);
      heldBack.push({ kind: record.kind, id: record.id, title, reason: view });
    } else records.push(view);
  }
  // Which links may be shown is known only once it is known which records leave.
  addLinks(records, material.links);
  const used = new Set(records.flatMap((record) => record.passages.map((passage) => passage.source)));
  const { open, stay } = publicDisagreements(material, records, tells);
  return {
    records,
    sources: [...openSources.values()].filter(({ id }) => used.has(id)),
    measures: publicMeasures(material.measures, records),
    disagreements: open,
    heldBack: [...heldBack, ...stay],
  };
}

/** The views of the measures that these records are of; of all of them without records. */
function publicMeasures(measures: Measure[], records: PublicRecord[] | null): PublicMeasure[] {
  const used = new Set(records?.flatMap((record) => (record.kind === 'figure' ? [record.measure] : [])));
  return measures
    .filter(({ id }) => records === null || used.has(id))
    .map((measure) => PublicMeasure.parse({ ...measure, kind: 'measure' }));
}

/** The key of a finding over an unanswered request, as src/analysis gives it; the request's id follows. */
const OF_REQUEST = 'request-unanswered:';

/** What was upheld or explained: a working tells of every record in it, so one that stays keeps the whole back. */
function publicDisagreements(
  { disagreements, requests }: Material,
  records: PublicRecord[],
  tells: (value: unknown) => boolean,
): { open: PublicDisagreement[]; stay: HeldBack[] } {
  const leaving = new Set(records.map(({ id }) => id));
  const asked = new Map(requests.map((request) => [OF_REQUEST + request.id, request.sensitivity]));
  const open: PublicDisagreement[] = [];
  const stay: HeldBack[] = [];
  for (const one of disagreements) {
    if (one.state !== 'upheld' && one.state !== 'explained') continue;
    const reason = !one.records.every(({ id }) => leaving.has(id))
      ? 'record-not-public'
      : one.key.startsWith(OF_REQUEST) && asked.get(one.key) !== 'public'
        ? (asked.get(one.key) ?? 'team')
        : null;
    if (reason !== null && reason !== 'public') {
      stay.push({ kind: 'disagreement', id: one.id, title: one.kind, reason });
      continue;
    }
    const { kind: finding, foundBy: check, updatedAt: decidedAt } = one;
    const view = PublicDisagreement.parse({ ...one, kind: 'disagreement', finding, check, decidedAt });
    if (tells(view)) stay.push({ kind: 'disagreement', id: one.id, title: one.kind, reason: 'sealed-words' });
    else open.push(view);
  }
  return { open, stay };
}

function addLinks(records: PublicRecord[], links: Link[]): void {
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const { from, to, link } of links) {
    const [first, second] = [byId.get(from.id), byId.get(to.id)];
    if (!first || !second) continue;
    first.links.push({ link, direction: 'to', kind: second.kind, id: second.id });
    second.links.push({ link, direction: 'from', kind: first.kind, id: first.id });
  }
  // The order in which links were made is the team's business, and would make equal views differ.
  const key = (link: PublicLink) => `${link.direction} ${link.link} ${link.id}`;
  for (const record of records) record.links.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A line to know what leaves by: its own words, not a sentence in any language; of a disagreement the term of its kind. */
export function titleOf(value: AnyRecord | FrozenView): string {
  const [first = ''] = ownWords(value).split('\n');
  return first.length <= 160 ? first : `${first.slice(0, 159).trimEnd()}…`;
}

function ownWords(value: AnyRecord | FrozenView): string {
  switch (value.kind) {
    case 'statement':
      return `${value.speaker ? `${value.speaker.name}: ` : ''}${value.content}`;
    case 'figure':
      return value.counted;
    case 'measure':
      return value.name;
    case 'disagreement':
      return value.finding;
    default:
      return value.title;
  }
}

/** What the next publication would change, seen from the one before. */
export interface Leaving {
  new: FrozenView[];
  changed: { before: FrozenView; after: FrozenView; fields: string[] }[];
  unchanged: FrozenView[];
  /** What the public sees now and would no longer see. */
  withdrawn: FrozenView[];
  heldBack: HeldBack[];
}

/** Compares what may leave now with what the public sees, `current`. */
export function whatWouldLeave(redacted: Redacted, current: Iterable<FrozenView>): Leaving {
  const seen = new Map<string, FrozenView>();
  for (const view of current) seen.set(view.id, view);
  const leaving: Leaving = {
    new: [],
    changed: [],
    unchanged: [],
    withdrawn: [],
    heldBack: redacted.heldBack,
  };
  for (const after of [
    ...redacted.records,
    ...redacted.measures,
    ...redacted.disagreements,
    ...redacted.sources,
  ]) {
    const before = seen.get(after.id);
    seen.delete(after.id);
    if (before === undefined) leaving.new.push(after);
    else {
      const fields = changedFields(before, after);
      if (fields.length === 0) leaving.unchanged.push(before);
      else leaving.changed.push({ before, after, fields });
    }
  }
  leaving.withdrawn = [...seen.values()];
  return leaving;
}

/**
 * The fields in which two views of one thing differ for a reader. When it was last changed is not one of them: a note
 * for the team changes that too, and its trace must neither leave nor read as a correction.
 */
export function changedFields(before: FrozenView, after: FrozenView): string[] {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  names.delete('changedAt');
  return [...names].filter((name) => !isSame(old[name], now[name])).sort();
}

/** Whether two JSON values are the same, whatever the order of keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]))
  );
}
