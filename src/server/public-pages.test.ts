// The public site, asked as a browser, a feed reader, a spreadsheet and an attacker ask it.
import { DOMParser, parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, SOURCE_TEXT, sourceWithText } from '../../test/public-dossier.ts';
import { OBSERVER, sampleFigure, sampleIncident, sampleStatement } from '../../test/samples.ts';
import { decodeBase64 } from '../log/bytes.ts';
import { commit, encodeLeaf } from '../log/entry.ts';
import { parseVerifierKey } from '../log/note.ts';
import { verifyProof } from '../log/proof.ts';
import { createDossier } from '../store/dossiers.ts';
import { createNamed } from '../store/named.ts';
import { publish } from '../store/publications.ts';
import { createRecord, editRecord, judgeRecords } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { publicPages } from './public-pages.ts';

type App = ReturnType<typeof publicPages>;

/** Asks the site, as a browser in English unless it says otherwise. */
async function ask(app: App, path: string, headers: Record<string, string> = {}) {
  const response = await app.request(`https://constat.example${path}`, {
    headers: { 'Accept-Language': 'en', ...headers },
  });
  const text = await response.text();
  return { response, text, status: response.status, document: parseHTML(text).document };
}

/** Two publications of a dossier: a statement corrected and another clarifying it, a figure, an incident withdrawn. */
async function publishTwice(store: Store) {
  const { dossier, writer } = await dossierToPublish(store);
  const source = await sourceWithText(store, writer);
  const pinned = (words: string) => [passageIn(source, words)];
  const make = {
    statement: await createRecord(
      ...([store, writer, 'statement', sampleStatement(), pinned('the site was empty')] as const),
    ),
    clarification: await createRecord(
      ...([
        store,
        writer,
        'statement',
        sampleStatement({
          act: 'clarifies',
          mode: 'direct',
          content: 'the site was not empty',
          speaker: { actor: null, name: 'observers', role: 'witnesses' },
        }),
        pinned('Observers counted 40 tents'),
      ] as const),
    ),
    figure: await createRecord(
      ...([
        store,
        writer,
        'figure',
        sampleFigure({ bound: 'at-most', value: 2300, period: '2014-10' }),
        pinned('40 tents'),
      ] as const),
    ),
    incident: await createRecord(
      ...([store, writer, 'incident', sampleIncident(), pinned('Police cleared the site')] as const),
    ),
  };
  await createNamed(store, writer, 'link', {
    from: { kind: 'statement', id: make.clarification.id },
    to: { kind: 'statement', id: make.statement.id },
    link: 'clarifies',
    note: null,
  });
  await publish(store, writer, { note: null });
  await editRecord(store, writer, 'statement', make.statement, { content: 'the site was nearly empty' });
  await judgeRecords(store, writer, 'incident', 'withdraw', [make.incident]);
  await publish(store, writer, { note: 'One line was corrected, one withdrawn.' });
  return { dossier, writer, source, base: `/p/${dossier.slug}`, ...make };
}

let store: Store;
let app: App;
let made: Awaited<ReturnType<typeof publishTwice>>;
const faults: unknown[] = [];
beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  app = publicPages(store, { onFault: (error) => faults.push(error) });
  made = await publishTwice(store);
  await store.log.flush();
});
afterAll(() => expect(faults).toEqual([]));

const paths = () => {
  const { base, statement, figure, source } = made;
  const lists = ['chronology', 'statements', 'figures', 'incidents', 'sources'].map(
    (name) => `${base}/${name}`,
  );
  const records = [statement, figure].map(({ id }) => `${base}/record/${id}`);
  return [
    '/p',
    base,
    `${base}/1`,
    ...lists,
    ...records,
    `${base}/1/record/${made.incident.id}`,
    `${base}/source/${source.id}`,
  ];
};

describe('every page', () => {
  test('is there in every language, without a script, and says which language and direction it is in', async () => {
    for (const path of paths()) {
      for (const [locale, direction] of [
        ['en', 'ltr'],
        ['fr', 'ltr'],
        ['ar', 'rtl'],
      ]) {
        const { status, document, text } = await ask(app, `${path}?lang=${locale}`);
        expect(status, path).toBe(200);
        expect(document.documentElement.getAttribute('lang')).toBe(locale);
        expect(document.documentElement.getAttribute('dir')).toBe(direction);
        for (const script of document.querySelectorAll('script'))
          expect(script.getAttribute('type')).toBe('application/ld+json');
        expect(text).not.toMatch(/\son[a-z]+=|javascript:|style="/i);
        expect(document.querySelectorAll('h1')).toHaveLength(1);
        expect(document.querySelector('main')!.id).toBe(
          document.querySelector('.skip')!.getAttribute('href')!.slice(1),
        );
        // Every address a browser would load by itself is of this house.
        for (const loaded of document.querySelectorAll('link[rel=stylesheet], img, iframe'))
          expect(loaded.getAttribute('href') ?? loaded.getAttribute('src')).toMatch(/^\//);
      }
    }
  });

  test('links only to pages that are there, and keeps the language that was chosen', async () => {
    const seen = new Set<string>();
    const queue = ['/p?lang=fr'];
    while (queue.length > 0) {
      const path = queue.pop()!;
      if (seen.has(path) || seen.size > 150) continue;
      seen.add(path);
      const { status, document, response } = await ask(app, path);
      // A frozen page leads to the newest even of what was withdrawn since, where that is said.
      expect(status, path).toBe(path.includes(made.incident.id) && !path.includes('/1/') ? 410 : 200);
      if (!response.headers.get('Content-Type')!.startsWith('text/html')) continue;
      for (const link of document.querySelectorAll('a[href^="/p"]')) {
        const href = link.getAttribute('href')!.replaceAll('&amp;', '&');
        // The bundle has an app of its own.
        if (href.endsWith('/bundle.zip') || link.hasAttribute('hreflang')) continue;
        if (!/\.(csv|json|tlog-proof)$/.test(href)) expect(href).toContain('lang=fr');
        queue.push(href);
      }
    }
    expect(seen.size).toBeGreaterThan(25);
  });

  test('is kept apart from everything else by its headers, and is asked for again only when it changed', async () => {
    const { response } = await ask(app, made.base);
    expect(response.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    expect(response.headers.get('Vary')).toBe('Accept-Language');
    expect(Date.parse(response.headers.get('Last-Modified')!)).not.toBeNaN();
    const again = await ask(app, made.base, { 'If-None-Match': response.headers.get('ETag')! });
    expect([again.status, again.text]).toEqual([304, '']);
    const other = await ask(app, made.base, {
      'If-None-Match': response.headers.get('ETag')!,
      'Accept-Language': 'fr',
    });
    expect(other.status).toBe(200);
  });

  test('chooses a language by the address, then the reader’s browser, then the dossier', async () => {
    const language = async (path: string, wanted: string) =>
      (await ask(app, path, { 'Accept-Language': wanted })).document.documentElement.getAttribute('lang');
    expect(await language(`${made.base}?lang=ar`, 'fr')).toBe('ar');
    expect(await language(made.base, 'fr-CA, en;q=0.3')).toBe('fr');
    expect(await language(made.base, 'de')).toBe('en');
    expect(await language(`${made.base}?lang=xx`, 'fr')).toBe('fr');
  });
});

describe('a record’s page', () => {
  const recordPage = () => ask(app, `${made.base}/record/${made.statement.id}`);

  test('shows the words, the passage in its context, the source and the links', async () => {
    const { document } = await recordPage();
    expect(document.querySelector('h1 .said')!.textContent).toBe('the site was nearly empty');
    expect(document.querySelector('h1 .party')!.textContent).toBe('the minister says in an interview');
    const quote = document.querySelector('.passage blockquote')!;
    expect(quote.querySelector('mark')!.textContent).toBe('the site was empty');
    expect(quote.getAttribute('dir')).toBe('auto');
    expect(quote.getAttribute('lang')).toBe('en');
    const around = quote.textContent!.replaceAll('…', '').trim().replace(/\s+/g, ' ');
    expect(SOURCE_TEXT).toContain(around);
    const outside = document.querySelector('figcaption a.outside')!;
    expect(outside.getAttribute('href')).toBe('https://example.org/harbour?a=1&b=2');
    expect(outside.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(document.querySelector('.hash code')!.textContent).toBe(made.source.original);
    expect(document.querySelector('.relations')!.textContent!.replace(/\s+/g, ' ').trim()).toBe(
      'Clarified by “observers clarifies: “the site was not empty”',
    );
  });

  test('tells when it was published and corrected; the first publication does not know yet', async () => {
    const { document } = await recordPage();
    const terms = [...document.querySelectorAll('.notes dt')].map((term) => term.textContent);
    expect(
      terms.filter((term) => ['Published by', 'Recorded', 'Published', 'Corrected'].includes(term!)),
    ).toEqual(['Published by', 'Recorded', 'Published', 'Corrected']);
    const first = await ask(app, `${made.base}/1/record/${made.statement.id}`);
    expect(first.document.querySelector('h1 .said')!.textContent).toBe('the site was empty');
    expect(first.document.querySelector('.notes')!.textContent).not.toContain('Corrected');
    expect(first.document.querySelector('.frozen a')!.getAttribute('href')).toBe(
      `${made.base}/record/${made.statement.id}`,
    );
    expect(first.document.querySelector('meta[name=robots]')!.getAttribute('content')).toBe('noindex');
  });

  test('is cited by the address of its version, for people and for reference managers', async () => {
    const { document } = await recordPage();
    const frozen = `https://constat.example${made.base}/2/record/${made.statement.id}`;
    expect(document.querySelector('.citation')!.textContent).toContain(frozen);
    expect(document.querySelector('meta[name=citation_public_url]')!.getAttribute('content')).toBe(frozen);
    expect(document.querySelector('link[rel=canonical]')!.getAttribute('href')).toBe(
      `https://constat.example${made.base}/record/${made.statement.id}`,
    );
    const bib = await ask(app, `${made.base}/record/${made.statement.id}.bib`);
    expect(bib.response.headers.get('Content-Type')).toBe('application/x-bibtex; charset=utf-8');
    expect(bib.text).toContain(frozen);
    const ris = await ask(app, `${made.base}/record/${made.statement.id}.ris`);
    expect(ris.text).toMatch(/^TY {2}- ELEC\r\n[\s\S]*ER {2}- \r\n$/);
  });

  test('carries a Claim for machines, without a rating', async () => {
    const { document } = await recordPage();
    const claim = JSON.parse(document.querySelector('script[type="application/ld+json"]')!.textContent!);
    expect(claim).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Claim',
      text: 'the site was nearly empty',
      author: { name: 'the minister' },
      appearance: [
        { text: 'the site was empty', isPartOf: { name: 'Harbour works', sha256: made.source.original } },
      ],
    });
    expect(JSON.stringify(claim)).not.toMatch(/rating|review/i);
  });

  test('gives a proof that a stranger’s program accepts for this very view', async () => {
    const { text } = await ask(app, `${made.base}/record/${made.statement.id}.json`);
    const { log, view, publication, since, sha256 } = JSON.parse(text);
    expect([publication, since]).toEqual([2, 2]);
    const proof = await ask(app, `${made.base}/record/${made.statement.id}.tlog-proof`);
    const payloadCommitment = commit(decodeBase64(log.salt), { publication: since, view });
    const leaf = encodeLeaf({ headCommitment: decodeBase64(log.headCommitment), payloadCommitment });
    expect(new TextDecoder().decode(leaf)).toBe(log.leaf);
    const key = parseVerifierKey(store.log.status().vkey);
    expect(verifyProof(proof.text, leaf, key)).toMatchObject({ ok: true, index: log.index });
    const other = encodeLeaf({
      headCommitment: decodeBase64(log.headCommitment),
      payloadCommitment: commit(decodeBase64(log.salt), {
        publication: since,
        view: { ...view, content: 'x' },
      }),
    });
    expect(verifyProof(proof.text, other, key)).toMatchObject({ ok: false });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    // Who worked on it is nobody's business.
    expect(text).not.toContain(OBSERVER);
  });

  test('says in words that the log has not signed yet, and has no proof until then', async () => {
    const { statement, base } = await publishTwice(store);
    await store.read
      .transaction()
      .execute(async (tx) => {
        // As it is in the second before the sequencer comes by.
        await tx.updateTable('entries').set({ logIndex: null }).where('subject', '=', statement.id).execute();
        const pages = publicPages({ ...store, read: tx } as Store);
        const page = await ask(pages, `${base}/record/${statement.id}`);
        expect(page.document.querySelector('.check')!.textContent).toContain('within a second or two');
        expect(page.document.querySelector('a[href$=".tlog-proof"]')).toBeNull();
        const proof = await ask(pages, `${base}/record/${statement.id}.tlog-proof`);
        expect([proof.status, proof.text]).toEqual([
          404,
          'The log has not taken this in yet. Try again in a second.\n',
        ]);
        throw new Error('undo');
      })
      .catch((error) => expect(error.message).toBe('undo'));
  });
});

describe('what is not there', () => {
  test('is a friendly page and tells nothing of what exists unpublished', async () => {
    const hidden = await createDossier(store, OBSERVER, {
      ...{ title: 'Not yet', slug: 'not-yet', summary: null, language: 'fr', publishedBy: null },
    });
    const missing = ['/p/not-yet', `/p/${hidden.id}`, '/p/nothing', `${made.base}/9`, `${made.base}/0`];
    missing.push(
      `${made.base}/record/x`,
      `${made.base}/record/${OBSERVER}`,
      `${made.base}/source/${OBSERVER}`,
    );
    missing.push(`${made.base}/nowhere`, `${made.base}/statements?after=x`, `${made.base}/statements?year=1`);
    missing.push(
      `${made.base}/record/${made.statement.id}.exe`,
      `${made.base}/999999999`,
      '/p/%00',
      '/p/a/b/c/d',
    );
    for (const path of missing) {
      const { status, document, response } = await ask(app, path);
      expect(status, path).toBe(404);
      expect(document.querySelector('h1')!.textContent).toBe('There is nothing at this address');
      expect(document.querySelector('main a')!.getAttribute('href')).toBe('/p');
      expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    }
  });

  test('but was withdrawn says so, and where it still stands', async () => {
    const { status, document } = await ask(app, `${made.base}/record/${made.incident.id}`);
    expect(status).toBe(410);
    expect(document.querySelector('main')!.textContent).toContain('publication 2');
    const last = document.querySelector('main a')!.getAttribute('href')!;
    expect(last).toBe(`${made.base}/1/record/${made.incident.id}`);
    expect((await ask(app, last)).document.querySelector('h1')!.textContent).toBe('A site is cleared');
  });
});

describe('feeds', () => {
  test('Atom is well formed, has what RFC 4287 requires, and tells of corrections and withdrawals', async () => {
    const { text, response } = await ask(app, `${made.base}/feed.atom`);
    expect(response.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8');
    const feed = new DOMParser().parseFromString(text, 'text/xml').documentElement!;
    expect(feed.tagName).toBe('feed');
    const children = (element: typeof feed, name: string) =>
      [...element.children].filter((child) => child.tagName === name);
    for (const name of ['id', 'title', 'updated', 'author'])
      expect(children(feed, name), name).toHaveLength(1);
    const self = children(feed, 'link').find((link) => link.getAttribute('rel') === 'self')!;
    expect(self.getAttribute('href')).toBe(`https://constat.example${made.base}/feed.atom`);
    const entries = children(feed, 'entry');
    for (const entry of entries) {
      for (const name of ['id', 'title', 'updated', 'summary'])
        expect(children(entry, name), name).toHaveLength(1);
      expect(children(entry, 'id')[0]!.textContent).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
      expect(children(entry, 'updated')[0]!.textContent).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    const titles = entries.map((entry) => children(entry, 'title')[0]!.textContent!);
    expect(titles).toHaveLength(4);
    expect(titles.slice(0, 2).sort()).toEqual([
      'Corrected: the minister says: the site was nearly empty',
      'Withdrawn: a record of an incident',
    ]);
  });

  test('JSON Feed is 1.1 and has the same', async () => {
    const { text, response } = await ask(app, `${made.base}/feed.json?lang=fr`);
    expect(response.headers.get('Content-Type')).toBe('application/feed+json; charset=utf-8');
    const feed = JSON.parse(text);
    expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
    expect(feed.feed_url).toBe(`https://constat.example${made.base}/feed.json?lang=fr`);
    expect(feed.items).toHaveLength(4);
    for (const item of feed.items)
      expect(item).toMatchObject({ id: expect.any(String), content_text: expect.any(String) });
  });
});

describe('tables', () => {
  test('hold every record, with its permanent address and its source', async () => {
    const { text, response } = await ask(app, `${made.base}/statements.csv`);
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('Content-Disposition')).toBe(
      `attachment; filename="${made.dossier.slug}-2-statements.csv"`,
    );
    // response.text() drops the byte order mark; spreadsheets need it.
    const bytes = await (
      await app.request(`https://constat.example${made.base}/statements.csv`)
    ).arrayBuffer();
    expect([...new Uint8Array(bytes).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = text.replace(/^\ufeff/, '').split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^id,status,speaker\.name/);
    expect(text).toContain(
      `https://constat.example${made.base}/2/record/${made.statement.id},2,Harbour works`,
    );
    const sources = await ask(app, `${made.base}/1/sources.csv`);
    expect(sources.text).toContain(made.source.original);
    expect(sources.text).not.toContain('witness-name');
    const again = await ask(app, `${made.base}/statements.csv`, {
      'If-None-Match': response.headers.get('ETag')!,
    });
    expect(again.status).toBe(304);
  });
});

describe('what sources and people write', () => {
  const attacks = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "</script><svg/onload='alert(1)'>",
    '</title></mark><!--',
    '=HYPERLINK("https://evil.example","x")',
    ']]>&amp;{{7*7}}',
    '\u202egnp.exe',
  ].join(' ');

  test('is shown as they wrote it and does nothing, in every field of every page', async () => {
    const dossier = await createDossier(store, OBSERVER, {
      title: attacks.slice(0, 190),
      slug: 'attacks',
      summary: attacks,
      language: 'en',
      publishedBy: attacks.slice(0, 190),
    });
    const writer = { account: OBSERVER, dossier: dossier.id };
    const text = `${attacks} and a quiet end.`;
    const source = await sourceWithText(
      store,
      writer,
      { title: attacks, publisher: attacks, author: attacks, address: "https://example.org/'><script>" },
      text,
    );
    const passages = [passageIn(source, attacks, text)];
    const party = { actor: null, name: attacks, role: attacks };
    const place = { place: null, name: attacks, precision: 20 };
    const common = { tags: [attacks.slice(0, 79)], language: 'en' };
    const records = [
      await createRecord(
        ...([
          store,
          writer,
          'statement',
          sampleStatement({
            ...common,
            content: `=${attacks}`,
            ...{ speaker: party, reporter: party, addressee: party, topics: [attacks.slice(0, 119)] },
          }),
          passages,
        ] as const),
      ),
      await createRecord(
        ...([
          store,
          writer,
          'figure',
          sampleFigure({
            ...common,
            ...{
              counted: attacks,
              unit: '<b>x</b>',
              method: attacks,
              place,
              accordingTo: party,
              reportedBy: party,
            },
            equivalents: [{ value: 1, unit: '<i>' }],
            baseline: { period: '2020', value: 1, words: attacks },
          }),
          passages,
        ] as const),
      ),
      await createRecord(
        ...([
          store,
          writer,
          'incident',
          sampleIncident({
            ...common,
            ...{ title: attacks, place },
            acts: [
              {
                ...{ kind: 'eviction', method: attacks, statedReason: attacks, outcome: attacks },
                perpetrators: [{ party, involvement: 'ordered' }],
                victims: [{ unit: 'person', count: null, description: attacks }],
                things: [{ what: attacks.slice(0, 199), fate: 'seized', count: null }],
              },
            ],
          }),
          passages,
        ] as const),
      ),
    ];
    await publish(store, writer, { note: attacks });
    const pages = [
      '/p',
      '/p/attacks',
      '/p/attacks/chronology',
      '/p/attacks/sources',
      `/p/attacks/source/${source.id}`,
    ];
    pages.push(`/p/attacks/chronology?party=${encodeURIComponent(attacks)}`);
    pages.push(...records.map(({ id }) => `/p/attacks/record/${id}`));
    for (const path of pages) {
      const { text: page, document, status } = await ask(app, path);
      expect(status, path).toBe(200);
      expect(page).toContain('&lt;script&gt;');
      expect(document.querySelectorAll('img, svg, b, i')).toHaveLength(0);
      for (const script of document.querySelectorAll('script')) {
        expect(script.getAttribute('type')).toBe('application/ld+json');
        const claim = JSON.parse(script.textContent!);
        expect(claim['@type']).toBe('Claim');
      }
      for (const element of document.querySelectorAll('*'))
        for (const name of element.getAttributeNames()) expect(name).not.toMatch(/^on/);
      // The foot is only there when nothing before it swallowed it.
      expect(document.querySelector('body > footer'), path).not.toBeNull();
    }
    const atom = await ask(app, '/p/attacks/feed.atom');
    const feed = new DOMParser().parseFromString(atom.text, 'text/xml');
    expect(feed.querySelectorAll('entry')).toHaveLength(3);
    expect(atom.text).not.toContain('<script');
    const csv = await ask(app, '/p/attacks/statements.csv');
    expect(csv.text).toContain(`'=<script>`);
    expect(csv.text).not.toMatch(/(^|,|")=/m);
  });
});

describe('the look', () => {
  test('is one stylesheet and fonts, all from here, kept for good under addresses that change with them', async () => {
    const { document } = await ask(app, made.base);
    const address = document.querySelector('link[rel=stylesheet]')!.getAttribute('href')!;
    const { text, response } = await ask(app, address);
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toContain('immutable');
    const fonts = [...text.matchAll(/url\(([^)]+)\)/g)].map(([, url]) => url!);
    expect(fonts.length).toBeGreaterThan(10);
    for (const url of fonts) {
      expect(url).toMatch(/^\/assets\/fonts\/[a-z0-9-]+\.woff2\?v=[\d.]+$/);
      const font = await app.request(`https://constat.example${url}`);
      expect(font.status).toBe(200);
      // "wOF2"
      expect([...new Uint8Array(await font.arrayBuffer()).subarray(0, 4)]).toEqual([0x77, 0x4f, 0x46, 0x32]);
    }
    for (const name of ['..%2f..%2fpackage.json', 'x.woff2', 'source-serif-4-latin-opsz-normal.woff'])
      expect((await ask(app, `/assets/fonts/${name}`)).status).toBe(404);
  });
});

test('an address by the dossier’s id leads on when its name in addresses has changed', async () => {
  const { document, status } = await ask(app, `/p/${made.dossier.id}/record/${made.statement.id}`);
  expect(status).toBe(200);
  expect(document.querySelector('link[rel=canonical]')!.getAttribute('href')).toBe(
    `https://constat.example${made.base}/record/${made.statement.id}`,
  );
});
