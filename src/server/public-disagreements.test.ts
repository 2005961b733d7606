// What does not fit, as the public reads it: only what was judged and published, in every language, frozen with its publication.
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, sourceWithText } from '../../test/public-dossier.ts';
import { sampleFigure, sampleStatement } from '../../test/samples.ts';
import type { LinkEnd } from '../record/link.ts';
import { decideDisagreements, fileDisagreement } from '../store/disagreements.ts';
import { publish } from '../store/publications.ts';
import { createRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { publicPages } from './public-pages.ts';

let store: Store;
let base: string;
let ends: LinkEnd[];
let judged: { id: string }[];
const get = async (path: string, language = 'en') =>
  publicPages(store).request(path, { headers: { 'Accept-Language': language } });
const page = async (path: string, language?: string) => (await get(path, language)).text();

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  const { dossier, writer } = await dossierToPublish(store);
  base = `/p/${dossier.slug}`;
  const source = await sourceWithText(store, writer);
  const counted = await createRecord(store, writer, 'figure', sampleFigure(), [
    passageIn(source, 'Observers counted 40 tents'),
  ]);
  const said = await createRecord(store, writer, 'statement', sampleStatement(), [
    passageIn(source, 'the site was empty'),
  ]);
  ends = [
    { kind: 'statement', id: said.id },
    { kind: 'figure', id: counted.id },
  ];
  await publish(store, writer, { note: null });
  const file = async (words: string, records = ends) =>
    fileDisagreement(store, writer, { kind: 'figures-differ', records, words });
  const judge = async (
    { key, kind, records, working, version }: Awaited<ReturnType<typeof file>>,
    decision: Parameters<typeof decideDisagreements>[3],
  ) => {
    const found = { key, kind, records, working, foundBy: null, link: null, version };
    return (await decideDisagreements(store, writer, [found], decision))[0]!;
  };
  const upheld = await judge(await file('Empty, yet forty tents <b>were</b> counted'), {
    state: 'upheld',
    explanation: null,
    reason: 'Nobody has said which it was.',
  });
  const explained = await judge(await file('Not the same morning, perhaps'), {
    state: 'explained',
    explanation: 'different-time',
    reason: null,
  });
  await file('Nobody has judged this');
  await judge(await file('This was dismissed'), { state: 'dismissed', explanation: null, reason: 'no' });
  judged = [upheld, explained];
  await publish(store, writer, { note: null });
});

describe('the page', () => {
  it('shows what was upheld or explained, side by side with its passages, and nothing else', async () => {
    const text = await page(`${base}/disagreements`);
    expect(text).toContain('Empty, yet forty tents &lt;b&gt;were&lt;/b&gt; counted');
    expect(text).toContain('Nobody has said which it was.');
    expect(text).toContain('Explained: They speak of different times');
    for (const mark of ['the site was empty', 'Observers counted 40 tents']) {
      expect(text).toContain(`<mark>${mark}</mark>`);
    }
    for (const { id } of ends) expect(text).toContain(`href="${base}/record/${id}"`);
    expect(text).not.toContain('Nobody has judged this');
    expect(text).not.toContain('This was dismissed');
    expect(text).not.toMatch(/<script(?! type="application\/ld\+json")/);
  });

  it('speaks the reader’s language, each sentence of the working too', async () => {
    expect(await page(`${base}/disagreements`, 'fr')).toContain('Expliqué : ');
    const arabic = await page(`${base}/disagreements`, 'ar');
    expect(arabic).toContain('dir="rtl"');
    expect(arabic).toContain('سُجّل يدويًّا');
  });

  it('is frozen with its publication: the first one had none, and says so', async () => {
    expect(await page(`${base}/1/disagreements`)).toContain('Nothing of the kind is published.');
    const second = await page(`${base}/2/disagreements`);
    expect(second).toContain(`href="${base}/2/record/${ends[0]!.id}"`);
    expect(await page(`${base}/1`)).not.toContain(`${base}/1/disagreements`);
    expect(await page(base)).toContain(`${base}/disagreements`);
  });

  it('of one has an address of its own; of none, a page that says so', async () => {
    const text = await page(`${base}/disagreements/${judged[0]!.id}`);
    expect(text).toContain('Nobody has said which it was.');
    expect(text).not.toContain('Not the same morning');
    for (const id of [ends[0]!.id, 'nothing']) {
      expect((await get(`${base}/disagreements/${id}`)).status).toBe(404);
    }
  });

  it('refuses a page that is none', async () => {
    expect((await get(`${base}/disagreements?after=nothing`)).status).toBe(404);
  });

  it('is a table, each line with its frozen address', async () => {
    const csv = await page(`${base}/disagreements.csv`);
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('id,kind,state');
    expect(csv).toContain(`${base}/2/disagreements/${judged[1]!.id}`);
  });
});

it('a record’s page names the disagreements it is part of', async () => {
  const text = await page(`${base}/record/${ends[1]!.id}`);
  expect(text).toContain('What does not fit with it');
  for (const { id } of judged) expect(text).toContain(`${base}/disagreements/${id}`);
  expect(await page(`${base}/1/record/${ends[1]!.id}`)).not.toContain('What does not fit with it');
});
