// The example dossier comes about by a user's own path, and holds what it is there to show.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../../locales/en.json' with { type: 'json' };
import { createTestStore } from '../../../test/platform/embedded.ts';
import { type Intake, openIntake } from '../../intake/intake.ts';
import { makeMessages } from '../../language/messages.ts';
import { stepInWords } from '../../language/wording.ts';
import { stands } from '../../record/passage.ts';
import { RecordQuery } from '../../record/record-query.ts';
import { listNamed } from '../../store/named.ts';
import { readText } from '../../store/passages.ts';
import { listRecords } from '../../store/record-list.ts';
import type { Store } from '../../store/store.ts';
import { readQueue } from '../disagreements.ts';
import type { Services } from '../endpoint.ts';
import { makeExample } from './example.ts';
import { EXAMPLE_FINDINGS, EXAMPLE_RECORDS } from './records.ts';

let store: Store;
let intake: Intake;
let services: Services;
let dossier: Awaited<ReturnType<typeof makeExample>>;
const ENGLISH = makeMessages('en', english, english);
const accepted = RecordQuery.parse({ status: 'accepted', limit: 100 });

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  intake = openIntake(store);
  services = {
    store,
    intake,
    logError: () => {},
    strictAnswers: true,
    limits: { body: 1_000_000, requestsPerMinute: 1000 },
  };
  dossier = await makeExample(services);
});
afterAll(() => intake.close());

describe('the example dossier', () => {
  it('holds every planned record, each standing on words of a digest', async () => {
    let found = 0;
    for (const kind of ['statement', 'figure', 'incident'] as const) {
      const { records } = await listRecords(store, kind, dossier.id, accepted);
      found += records.length;
      for (const record of records) {
        for (const passage of record.passages) {
          const { text, rendition } = await readText(store, dossier.id, passage.source);
          expect(passage.rendition).toBe(rendition);
          expect(stands(text, passage), record.id).toBe(true);
        }
      }
    }
    expect(found).toBe(EXAMPLE_RECORDS.length);
  });

  it('shows a statement clarified and rejected, and two counts of the same people', async () => {
    const links = await listNamed(store, 'link', dossier.id);
    expect(links.map((link) => link.link).sort()).toEqual(['clarifies', 'confirms', 'rejects']);
    const { records } = await listRecords(
      store,
      'figure',
      dossier.id,
      RecordQuery.parse({ act: 'migrants living around Calais' }),
    );
    expect(records.map(({ value, low, high }) => [value, low, high])).toEqual(
      expect.arrayContaining([
        [500, null, null],
        [null, 1500, 2000],
      ]),
    );
    const incidents = await listRecords(store, 'incident', dossier.id, accepted);
    expect(incidents.records[0]!.acts[0]).toMatchObject({
      kind: 'eviction',
      victims: [{ count: { value: 400 } }],
    });
  });

  it('lets analysis find what its sources hold, and nothing else', async () => {
    const queue = await readQueue(store, dossier.id);
    const passages = new Map<string, string>();
    for (const kind of ['statement', 'figure', 'incident'] as const) {
      const { records } = await listRecords(store, kind, dossier.id, accepted);
      for (const { id, passages: some } of records) passages.set(id, some[0]!.exact);
    }
    const nameOf = (id: string) =>
      EXAMPLE_RECORDS.find(({ passage }) => passage === passages.get(id))?.name ?? id;
    const found = queue.map(({ kind, records }) => ({ kind, records: records.map(({ id }) => nameOf(id)) }));
    expect(found.map(({ kind }) => kind).sort()).toEqual(EXAMPLE_FINDINGS.map(({ kind }) => kind).sort());
    for (const { kind, records } of EXAMPLE_FINDINGS)
      expect(found.find((one) => one.kind === kind)!.records).toEqual(expect.arrayContaining(records));
    const rise = queue.find(({ kind }) => kind === 'arithmetic-does-not-hold')!;
    const working = rise.working.map((step) => stepInWords(step, ENGLISH)).join(' ');
    expect(working).toMatch(/61/);
    expect(working).toMatch(/4[78]/);
    // Judged by its makers, except what is left for whoever tries it.
    expect(queue.filter(({ state }) => state === 'open')).toHaveLength(2);
  });

  it('is published, leaves suggestions to try, and is made only once', async () => {
    expect(dossier.publication).toBe(1);
    const waiting = await listRecords(
      store,
      'statement',
      dossier.id,
      RecordQuery.parse({ status: 'suggested' }),
    );
    expect(waiting.records.length).toBeGreaterThan(0);
    expect((await makeExample(services)).id).toBe(dossier.id);
  });
});
