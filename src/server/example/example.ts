// The example dossier, made through the same path as a user's: sources handed in, read and proposed from, suggestions
// corrected and accepted, what no rule proposed made by hand, links drawn, and the whole published.

import type { Dossier } from '../../record/dossier.ts';
import type { FigureContent } from '../../record/figure.ts';
import type { IncidentContent } from '../../record/incident.ts';
import type { LinkContent } from '../../record/link.ts';
import type { Source } from '../../record/source.ts';
import type { StatementContent } from '../../record/statement.ts';
import type { LinkKind } from '../../record/vocabulary.ts';
import { decideDisagreements } from '../../store/disagreements.ts';
import { createDossier, readDossier } from '../../store/dossiers.ts';
import { createNamed } from '../../store/named.ts';
import { pinPassages, readText } from '../../store/passages.ts';
import { publish } from '../../store/publications.ts';
import { recordsOfSource } from '../../store/record-list.ts';
import { createRecord, editRecord, judgeRecords, type RecordContentOf } from '../../store/records.ts';
import type { AnyRecord, RecordNoun } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { SYSTEM_ACCOUNT } from '../../store/write.ts';
import { readQueue } from '../disagreements.ts';
import type { Services } from '../endpoint.ts';
import { AUTUMN_2014, AUTUMN_2021, type Digest } from './digests.ts';
import {
  EXAMPLE_FINDINGS,
  EXAMPLE_LINKS,
  EXAMPLE_RECORDS,
  type ExampleRecord,
  NAMED_ACTORS,
  NAMED_MEASURES,
  NAMED_PLACES,
} from './records.ts';

const SLUG = 'calais-example';

/** Makes the example dossier, or gives the one that is there. Takes a few seconds, most of it waiting for the log. */
export async function makeExample(services: Services, account: string = SYSTEM_ACCOUNT): Promise<Dossier> {
  const { store } = services;
  const existing = await store.read
    .selectFrom('dossiers')
    .selectAll()
    .where('slug', '=', SLUG)
    .executeTakeFirst();
  if (existing) return existing;
  const dossier = await createDossier(store, account, {
    title: 'Calais, 2014–2021 (example)',
    slug: SLUG,
    summary:
      'What was said, counted and done at the French–British border at Calais. An example made of two digests, so that nothing in it has to be believed: follow every line to its passage.',
    language: 'en',
    publishedBy: 'Constat (example)',
  });
  const writer = { account, dossier: dossier.id };
  const actors = new Map<string, string>();
  for (const actor of NAMED_ACTORS)
    actors.set(actor.name, (await createNamed(store, writer, 'actor', actor)).id);
  const places = new Map<string, string>();
  for (const place of NAMED_PLACES)
    places.set(place.name, (await createNamed(store, writer, 'place', place)).id);

  const measures = new Map<string, string>();
  for (const measure of NAMED_MEASURES)
    measures.set(measure.name, (await createNamed(store, writer, 'measure', measure)).id);

  const made = new Map<string, AnyRecord>();
  for (const [name, digest] of Object.entries({ 2014: AUTUMN_2014, 2021: AUTUMN_2021 })) {
    const source = await handIn(services, writer, digest);
    for (const plan of EXAMPLE_RECORDS.filter((record) => record.digest === Number(name))) {
      made.set(plan.name, await settle(services, writer, source, plan, { actors, places, measures }));
    }
  }
  for (const [from, link, to] of EXAMPLE_LINKS) {
    await createNamed(store, writer, 'link', linkOf(made.get(from)!, link, made.get(to)!));
  }
  await judge(store, writer, made);
  await publish(store, writer, { note: null });
  return readDossier(store, dossier.id);
}

function linkOf(from: AnyRecord, link: LinkKind, to: AnyRecord): LinkContent {
  return { from: { kind: from.kind, id: from.id }, link, to: { kind: to.kind, id: to.id }, note: null };
}

/** Decides about what analysis finds, as a careful person would; some is left open. */
async function judge(
  store: Store,
  writer: { account: string; dossier: string },
  made: Map<string, AnyRecord>,
): Promise<void> {
  const queue = await readQueue(store, writer.dossier);
  for (const { kind, records, decision } of EXAMPLE_FINDINGS) {
    const ids = records.map((name) => made.get(name)!.id);
    const item = queue.find(
      (one) => one.kind === kind && ids.every((id) => one.records.some((end) => end.id === id)),
    );
    if (!item || decision === null) continue;
    const { key, working, check, link } = item;
    const found = { key, kind, records: item.records, working, foundBy: check, link, version: null };
    await decideDisagreements(store, writer, [found], decision);
  }
}

/** Hands a digest in as pasted text is, and waits until it has been read and proposed from. */
async function handIn(
  services: Services,
  writer: { account: string; dossier: string },
  digest: Digest,
): Promise<Source> {
  const bytes = new TextEncoder().encode(digest.text);
  const { source } = await services.intake.receive(writer, {
    fileName: null,
    chunks: (async function* () {
      yield bytes;
    })(),
    expected: bytes.length,
    content: digest.content,
  });
  return services.intake.settled(writer.dossier, source.id);
}

/** Names of the dossier's actors, places and measures, with their ids. */
interface Names {
  actors: Map<string, string>;
  places: Map<string, string>;
  measures: Map<string, string>;
}

/** Accepts the suggestion that covers a planned record, corrected as a person would; or makes the record by hand. */
async function settle(
  services: Services,
  writer: { account: string; dossier: string },
  source: Source,
  plan: ExampleRecord,
  names: Names,
): Promise<AnyRecord> {
  const { store } = services;
  const { text } = await readText(store, writer.dossier, source.id);
  const start = text.indexOf(plan.passage);
  if (start < 0) throw new Error(`the example’s passage “${plan.passage}” is not in its digest`);
  const range = { source: source.id, start, end: start + plan.passage.length };
  const content = withIds(plan, names, source.language);
  const suggested = (await recordsOfSource(store, writer.dossier, source.id)).find(
    (record) =>
      record.kind === plan.kind &&
      record.status === 'suggested' &&
      record.passages.some((passage) => passage.start < range.end && range.start < passage.end),
  );
  if (!suggested) {
    return createRecord(store, writer, plan.kind, content, await pinPassages(store, writer.dossier, [range]));
  }
  const edited = await editRecord(store, writer, plan.kind, suggested, content, {
    passages: await pinPassages(store, writer.dossier, [range]),
  });
  const [accepted] = await judgeRecords(store, writer, plan.kind, 'accept', [edited]);
  return accepted!;
}

function withIds(plan: ExampleRecord, names: Names, language: string | null): RecordContentOf[RecordNoun] {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (value === null || typeof value !== 'object') return value;
    const filled: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(value)) filled[key] = fill(field);
    if ('actor' in value && 'name' in value) filled.actor = names.actors.get(String(value.name)) ?? null;
    if ('place' in value && 'precision' in value && 'name' in value) {
      filled.place = names.places.get(String(value.name)) ?? null;
    }
    return filled;
  };
  const filled = fill(plan.content) as Record<string, unknown>;
  if (plan.kind === 'figure') filled.measure = names.measures.get(plan.content.measure ?? '') ?? null;
  return { ...filled, language } as StatementContent | FigureContent | IncidentContent;
}
