// Two ways of a source through the house, from end to end: fetched from an address, and an image from its file to readers.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { passageIn } from '../../test/public-dossier.ts';
import { OBSERVER, sampleDossier, sampleStatement } from '../../test/samples.ts';
import { type Intake, openIntake } from '../intake/intake.ts';
import type { Reach } from '../intake/public-web.ts';
import { bytesSource } from '../publish/bundle/byte-source.ts';
import { verifyBundle } from '../publish/bundle/verify.ts';
import { openZip } from '../publish/bundle/zip-read.ts';
import type { Source } from '../record/source.ts';
import { newSetupToken } from '../store/accounts.ts';
import { createRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { createApp } from './app.ts';

/** Stands for the public web; 127.0.0.1 stands for what must not be reached. */
const WEB = '127.0.0.2';
const reach: Reach = {
  isOpen: (address) => address === WEB,
  ports: null,
  resolve: (_host, _options, answer) => answer(null, [{ address: WEB, family: 4 }]),
};
/** In Windows-1252, which only the header of the answer says. */
const PAGE = Buffer.from(
  '<!doctype html><html lang="fr"><title>La pr\xe9fecture</title><article><h1>La pr\xe9fecture</h1><p>La pr\xe9fecture a d\xe9clar\xe9 lundi que quarante tentes avaient \xe9t\xe9 compt\xe9es pr\xe8s du canal, et que personne ne resterait sans abri pendant les travaux qui commencent cette semaine.</p></article></html>',
  'latin1',
);

let store: Store;
let intake: Intake;
let app: ReturnType<typeof createApp>;
let cookie: string;
let made: Awaited<ReturnType<typeof sampleDossier>>;
let base: string;
const unexpected: unknown[] = [];
const site = createServer((request, response) => {
  if (request.url === '/old') response.writeHead(301, { location: '/page' }).end();
  else if (request.url === '/inside') response.writeHead(302, { location: 'http://127.0.0.1/' }).end();
  else response.writeHead(200, { 'content-type': 'text/html; charset=windows-1252' }).end(PAGE);
});

const ask = (method: string, path: string, body?: unknown) =>
  app.request(path.startsWith('/p/') ? path : `/api/v1/dossiers/${made.dossier.slug}${path}`, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const json = async <T = Record<string, unknown>>(response: Response | Promise<Response>) =>
  (await (await response).json()) as T;
const bytesOf = async (response: Response | Promise<Response>) =>
  Buffer.from(await (await response).arrayBuffer());
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  intake = openIntake(store, undefined, (error) => unexpected.push(error), undefined, reach);
  const limits = { body: 1_000_000, requestsPerMinute: 10_000 };
  const logError = (_: string, error: unknown) => unexpected.push(error);
  app = createApp({ store, intake, logError, strictAnswers: true, limits }, { web: null, version: '0.0.0' });
  const owner = { name: 'an observer', password: 'a sentence nobody guesses' };
  const response = await app.request('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: await newSetupToken(store), ...owner }),
  });
  cookie = response.headers.get('set-cookie')!.split(';')[0]!;
  made = await sampleDossier(store);
  await new Promise<void>((resolve) => site.listen(0, WEB, resolve));
  base = `http://paper.example:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await intake.close();
  expect(unexpected).toEqual([]);
});

describe('a page from its address', () => {
  it('is kept as it came, with the record of how, and read with the charset its host named', async () => {
    const added = await ask('POST', '/sources/address', { address: `${base}/old` });
    expect(added.status).toBe(201);
    const { source, duplicate } = (await added.json()) as { source: Source; duplicate: boolean };
    expect([source.acquisition, source.address, source.fileName, duplicate]).toEqual([
      'fetched',
      `${base}/page`,
      'page',
      false,
    ]);
    expect(source.original).toBe(sha256(PAGE));
    const settled = await intake.settled(made.dossier.id, source.id);
    expect([settled.title, settled.mediaType]).toEqual(['La préfecture', 'text/html;charset=windows-1252']);
    expect((await json<{ text: string }>(ask('GET', `/sources/${source.id}/text`))).text).toContain(
      'La préfecture a déclaré',
    );
    const { capture, sha256: hash } = await json<{ capture: { hops: object[] }; sha256: string }>(
      ask('GET', `/sources/${source.id}/capture`),
    );
    expect(capture.hops).toMatchObject([{ status: 301 }, { status: 200, dialled: { address: WEB } }]);
    const file = await ask('GET', `/sources/${source.id}/capture/file`);
    expect(file.headers.get('content-disposition')).toContain(`${hash}.json`);
    expect(sha256(await bytesOf(file))).toBe(hash);
    const again = await json(ask('POST', '/sources/address', { address: `${base}/page` }));
    expect(again).toMatchObject({ duplicate: true, source: { id: source.id } });
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = await json<{ total: number }>(ask('GET', '/sources'));
    for (const [address, code] of [
      [`${base}/inside`, 'address.refused'],
      ['http://127.0.0.1/', 'address.refused'],
      ['http://a:b@paper.example/', 'address.credentials'],
      ['file:///etc/passwd', 'request.invalid'],
    ] as const)
      expect([address, (await json(ask('POST', '/sources/address', { address }))).code]).toEqual([
        address,
        code,
      ]);
    expect((await json<{ total: number }>(ask('GET', '/sources'))).total).toBe(before.total);
  });

  it('is off where whoever runs the house says so', async () => {
    const closed = openIntake(store, undefined, undefined, undefined, null);
    await expect(closed.receiveFrom(made.writer, base, { content: {} })).rejects.toMatchObject({
      code: 'address.off',
    });
    await closed.close();
  });
});

describe('an image', () => {
  it('keeps in the house what its camera wrote, and leaves as a picture, with what can be read on it', async () => {
    const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#487' } })
      .withExif({
        IFD0: { Artist: 'CAMERA-CANARY' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 57/1 0/1' },
      })
      .jpeg()
      .toBuffer();
    const sent = await app.request(`/api/v1/dossiers/${made.dossier.slug}/sources?name=CANARY-name.jpg`, {
      method: 'POST',
      headers: { cookie },
      body: photo,
    });
    const { source } = (await sent.json()) as { source: Source };
    const settled = await intake.settled(made.dossier.id, source.id);
    expect([settled.state, settled.failure?.code]).toEqual(['unreadable', 'read.no-text']);

    const original = await ask('GET', `/sources/${source.id}/original`);
    expect(original.headers.get('content-disposition')).toMatch(/^attachment; filename="CANARY-name.jpg"/);
    expect(original.headers.get('content-type')).toBe('application/octet-stream');
    expect(original.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(original.headers.get('cache-control')).toBe('no-store');
    expect((await bytesOf(original)).equals(photo)).toBe(true);
    const picture = await ask('GET', `/sources/${source.id}/picture`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    const pixels = await bytesOf(picture);
    expect([photo.includes('CAMERA-CANARY'), pixels.includes('CAMERA-CANARY')]).toEqual([true, false]);

    const words = 'The notice on the fence says that the site will be cleared on Monday.';
    const text = await ask('POST', `/sources/${source.id}/transcript`, {
      version: settled.version,
      text: words,
    });
    expect(text.status).toBe(200);
    expect(
      (await json(ask('POST', `/sources/${source.id}/transcript`, { version: 1, text: words }))).code,
    ).toBe('record.version');
    const read = await intake.settled(made.dossier.id, source.id);
    // Read again, what was read off by hand stays.
    await ask('POST', `/sources/${source.id}/retry`);
    const again = await intake.settled(made.dossier.id, source.id);
    expect([again.text, again.state]).toEqual([read.text, 'proposed']);
    await ask('PATCH', `/sources/${source.id}`, {
      version: again.version,
      content: { mayLeave: true, title: 'A notice' },
    });
    const writer = { account: OBSERVER, dossier: made.dossier.id };
    await createRecord(store, writer, 'statement', sampleStatement({}), [
      passageIn(again, 'the site will be cleared', words),
    ]);
    expect((await ask('POST', '/publications', { note: null })).status).toBe(201);

    const address = `/p/${made.dossier.slug}/source/${source.id}`;
    const page = await (await ask('GET', address)).text();
    expect(page).toContain(`<img src="${address}/image" alt="A notice">`);
    const shown = await ask('GET', `${address}/image`);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect((await bytesOf(shown)).equals(pixels)).toBe(true);

    const bundle = await bytesOf(ask('GET', `/p/${made.dossier.slug}/bundle.zip`));
    const report = await verifyBundle(bytesSource(bundle));
    expect(report.findings).toEqual([]);
    const zip = await openZip(bytesSource(bundle));
    const paths = zip.ok ? zip.entries.map((entry) => entry.path) : [];
    expect(paths).toContain(`images/${sha256(pixels)}.jpg`);
    expect(paths).not.toContain(`originals/${sha256(photo)}`);
    expect([bundle.includes('CANARY'), page.includes('CANARY')]).toEqual([false, false]);
  });

  it('that no picture can be made of does not leave, whatever was ticked', async () => {
    const bitmap = Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]);
    const { source } = await json<{ source: Source }>(
      app.request(`/api/v1/dossiers/${made.dossier.slug}/sources?name=a.bmp`, {
        method: 'POST',
        headers: { cookie },
        body: bitmap,
      }),
    );
    const settled = await intake.settled(made.dossier.id, source.id);
    expect(settled.failure?.code).toBe('read.unsupported');
    const refused = await ask('POST', `/sources/${source.id}/transcript`, {
      version: settled.version,
      text: 'x',
    });
    expect((await json(Promise.resolve(refused))).code).toBe('source.no-picture');
    expect((await ask('GET', `/sources/${source.id}/picture`)).status).toBe(404);
  });
});
