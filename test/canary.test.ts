/**
 * Nothing sealed leaks. A word that is nowhere else is planted in every place that is sealed, private or secret; then every
 * output there is gets collected and searched for it, in every form a text can take. A word that is public is found in each
 * output, so that finding none of the others says something. The table of places stands in docs/reliability.md.
 */
import { execFile } from 'node:child_process';
import { createWriteStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Intake, openIntake } from '../src/intake/intake.ts';
import type { DossierRole } from '../src/record/account.ts';
import { pin } from '../src/record/passage.ts';
import type { SourceContent } from '../src/record/source.ts';
import { api } from '../src/server/api.ts';
import { createApp } from '../src/server/app.ts';
import type { AnyEndpoint } from '../src/server/endpoint.ts';
import { failedRequests, openLogger } from '../src/server/log-lines.ts';
import { createOwner, newSetupToken } from '../src/store/accounts.ts';
import { backup } from '../src/store/backup.ts';
import { decideDisagreements } from '../src/store/disagreements.ts';
import { createDossier } from '../src/store/dossiers.ts';
import { erase, planErasure } from '../src/store/erase.ts';
import { acceptInvitation, createInvitation } from '../src/store/invitations.ts';
import { createNamed } from '../src/store/named.ts';
import { openSealed } from '../src/store/openings.ts';
import { readText } from '../src/store/passages.ts';
import { hashPassword } from '../src/store/passwords.ts';
import { publish } from '../src/store/publications.ts';
import { createRecord, editRecord } from '../src/store/records.ts';
import { changeSource } from '../src/store/sealed-sources.ts';
import { beginTotp } from '../src/store/second-factor.ts';
import { openSession } from '../src/store/sessions.ts';
import { readSource } from '../src/store/sources.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { createWitness, setWitness } from '../src/store/witnesses.ts';
import { canary, findCanaries, holdsSecret } from './canary-search.ts';
import { docx } from './fixtures/docx.ts';
import { pdf } from './fixtures/pdf.ts';
import { createEmbedded, makeTemporaryDirectory } from './platform/embedded.ts';
import { sampleFigure, sampleIncident, sampleStatement } from './samples.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

/**
 * How far a word may go. `public`: to everybody. `team`: to readers of the dossier and those above. `witness`: to those who
 * see witnesses, contributors and above. `owner`: to owners. `elsewhere`: to the team of another dossier. `sealed`: to nobody
 * who does not open it; nor is it anywhere on the disk. `later`: the same, but it was open once, and freed space may hold it.
 */
type Reach = 'public' | 'team' | 'witness' | 'owner' | 'elsewhere' | 'sealed' | 'later';

interface Plant {
  word: string;
  where: string;
  reach: Reach;
}

const plants: Plant[] = [];

/** Plants a word; gives it back to be written where it says. */
function plant(reach: Reach, where: string): string {
  const word = canary(plants.length + 1);
  plants.push({ word, where, reach });
  return word;
}

/** Secrets that are made, not given: found by their own bytes. */
const secrets: { where: string; secret: string }[] = [];

/** Everything that came out, by who it came out to. */
const outputs = new Map<string, { from: string; bytes: Buffer }[]>();
function collect(who: string, from: string, bytes: Uint8Array | string): void {
  const list = outputs.get(who) ?? [];
  outputs.set(who, list);
  list.push({ from, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes) });
}

const folder = makeTemporaryDirectory();
const logFile = join(folder, 'server.log');
let running: {
  store: Store;
  intake: Intake;
  app: ReturnType<typeof createApp>;
  stop: () => Promise<void>;
};
let data: string;
let slug: string;
let dossier: string;
let owner: string;
/** Cookies of whoever asks. */
const askers = new Map<string, string>();
/** Ids that an address may name, by what stands before them there. */
const ids = new Map<string, string[]>();

const head = 'This page tells of the quay and of what stood there. ';
const text = (word: string) =>
  `${head}The harbour master said that ${word} was gone by noon. Observers counted 40 tents there.`;

/** A text in which nobody speaks and nothing is counted, so that nothing in it is like what is public. */
const quiet = (word: string) => `${head}Only ${word} lay in the yard all winter. The gate was shut.`;

async function ask(
  who: string,
  method: string,
  path: string,
  body?: BodyInit,
  type?: string,
): Promise<Response> {
  return running.app.request(path, {
    method,
    headers: {
      cookie: askers.get(who) ?? '',
      ...(type !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  });
}

/** Asks, and keeps the answer with its headers among what came out to this person. */
async function keep(
  who: string,
  method: string,
  path: string,
  body?: BodyInit,
  type?: string,
): Promise<Buffer> {
  const response = await ask(who, method, path, body, type);
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = JSON.stringify([...response.headers]);
  collect(who, `${method} ${path} (${response.status})`, Buffer.concat([Buffer.from(`${headers}\n`), bytes]));
  return bytes;
}

/** A picture with something in every place where a picture tells of itself. */
async function picture(reach: Reach, name: string): Promise<Buffer> {
  const word = (place: string) => plant(reach, `${name}: ${place}`);
  const made = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#806040' } })
    .withExif({
      IFD0: { Artist: word('EXIF artist'), ImageDescription: word('EXIF description') },
      IFD3: { GPSMapDatum: word('GPS datum') },
    })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator xmlns:dc="d">${word('XMP creator')}</dc:creator></x:xmpmeta>`,
    )
    .jpeg()
    .toBuffer();
  const segment = (marker: number, body: string) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(body.length + 2);
    return Buffer.concat([Buffer.from([0xff, marker]), length, Buffer.from(body)]);
  };
  return Buffer.concat([
    made.subarray(0, 2),
    segment(0xfe, word('JPEG comment')),
    // A thumbnail of the JFIF extension kind: its bytes are a picture of their own.
    segment(0xe0, `JFXX\0\x10${word('thumbnail')}`),
    made.subarray(2),
  ]);
}

async function addFile(
  who: string,
  name: string,
  bytes: Buffer | string,
  sensitivity: 'public' | 'team' | 'sealed',
): Promise<string> {
  const at = `/api/v1/dossiers/${slug}/sources?name=${encodeURIComponent(name)}&sensitivity=${sensitivity}`;
  const answer = JSON.parse((await keep(who, 'POST', at, new Uint8Array(Buffer.from(bytes)))).toString()) as {
    source: { id: string };
  };
  await running.intake.settled(dossier, answer.source.id);
  return answer.source.id;
}

async function addText(who: string, words: string, content: Partial<SourceContent>): Promise<string> {
  const body = JSON.stringify({ text: words, content });
  const answer = JSON.parse(
    (await keep(who, 'POST', `/api/v1/dossiers/${slug}/sources/text`, body, 'application/json')).toString(),
  ) as { source: { id: string } };
  await running.intake.settled(dossier, answer.source.id);
  return answer.source.id;
}

async function join_(role: DossierRole): Promise<string> {
  const writer = { account: owner, dossier };
  const email = `${plant('owner', `e-mail of the ${role}`)}@example.org`;
  const note = plant('owner', `note of the ${role}’s invitation`);
  const letter = plant('owner', `letter of invitation to the ${role}`);
  const { token } = await createInvitation(
    running.store,
    writer,
    { role, opens: false, email, note, days: 7 },
    () => ({ subject: letter, body: letter }),
  );
  secrets.push({ where: `token of the ${role}’s invitation`, secret: token });
  const name = `a ${role} ${plant(role === 'observer' ? 'team' : 'team', `name of the ${role}`)}`;
  const password = `${role} ${plant('sealed', `password of the ${role}`)}`;
  const { account } = await acceptInvitation(running.store, token, {
    name,
    passwordHash: await hashPassword(password, []),
  });
  const session = await openSession(running.store, account, { method: 'password-and-code', device: null });
  secrets.push({ where: `session of the ${role}`, secret: session });
  askers.set(role, `constat-session=${session}`);
  return account;
}

beforeAll(async () => {
  data = await createEmbedded();
  const opened = await openStore({ directory: data });
  const logger = openLogger('trace', createWriteStream(logFile));
  const intake = openIntake(opened, undefined, (error) =>
    logger.error({ err: error }, 'background work failed'),
  );
  const app = createApp(
    {
      ...{ store: opened, intake, strictAnswers: false, logError: failedRequests(logger) },
      limits: { body: 1_000_000, requestsPerMinute: 1_000_000 },
    },
    { web: null, version: '0.0.0' },
  );
  running = {
    store: opened,
    intake,
    app,
    stop: async () => {
      await intake.close();
      await opened.close();
    },
  };
  const { store } = running;
  owner = (
    await createOwner(
      store,
      await newSetupToken(store),
      `the owner ${plant('team', 'name of the owner')}`,
      plant('sealed', 'password of the owner'),
    )
  ).id;
  const session = await openSession(store, owner, { method: 'password-and-code', device: null });
  secrets.push({ where: 'session of the owner', secret: session });
  askers.set('owner', `constat-session=${session}`);
  const totp = await beginTotp(store, { id: owner, name: 'the owner', role: 'owner' }, 'Constat');
  secrets.push({ where: 'secret of the second factor', secret: totp.secret });
  for (const file of ['seal.key', 'log.key']) {
    const found = readdirSync(join(data, 'keys')).find((name) => name === file);
    if (!found) continue;
    const line = readFileSync(join(data, 'keys', found), 'utf8')
      .split('\n')
      .find((one) => one !== '' && !one.startsWith('#'));
    secrets.push({ where: `key in keys/${file}`, secret: line!.trim() });
  }

  const made = await createDossier(store, owner, {
    title: `A matter ${plant('public', 'title of the dossier')}`,
    slug: plant('public', 'address of the dossier'),
    summary: `${plant('public', 'summary of the dossier')}.`,
    language: 'en',
    publishedBy: plant('public', 'by whom it is published'),
  });
  ({ id: dossier, slug } = made);
  const writer = { account: owner, dossier };
  await createDossier(store, owner, {
    title: plant('elsewhere', 'title of a dossier of another team'),
    slug: plant('elsewhere', 'address of a dossier of another team'),
    summary: plant('elsewhere', 'summary of a dossier of another team'),
    language: 'en',
    publishedBy: null,
  });
  for (const role of ['contributor', 'reader', 'observer'] as const) await join_(role);
  askers.set('public', '');
  // A member of another dossier only.
  const other = await createInvitation(
    store,
    { account: owner, dossier: null as never },
    { role: null as never, opens: false, email: null, note: null, days: 1 },
    () => ({ subject: '', body: '' }),
  ).catch(() => null);
  if (other) {
    const { account } = await acceptInvitation(store, other.token, {
      name: 'a member',
      passwordHash: 'none',
    });
    askers.set(
      'member',
      `constat-session=${await openSession(store, account, { method: 'password-and-code', device: null })}`,
    );
  }

  // ——— What is public, and what of it is the team's ———
  const said = plant('public', 'words of a public passage');
  const open = await addText('owner', text(said), {
    title: plant('public', 'title of a public source'),
    publisher: plant('public', 'publisher of a public source'),
    obtainedFrom: plant('team', 'whom a public source was obtained from'),
    note: plant('team', 'note on a public source'),
    sensitivity: 'public',
    mayLeave: true,
  });
  const passage = async (source: string, words: string) => {
    const { text: all, rendition } = await readText(store, dossier, source);
    const start = all.indexOf(words);
    if (start < 0) throw new Error(`“${words}” is not in the text`);
    return pin(all, { start, end: start + words.length }, { source, rendition });
  };
  const measure = await createNamed(store, writer, 'measure', {
    ...{ name: plant('public', 'name of a measure (in its chart)'), definition: null, unit: null },
    ...{ countingRule: null, series: 'stock', repeats: 'unknown' },
    wordings: [plant('team', 'wording of a measure')],
  });
  const party = (name: string, role: string | null = null) => ({ actor: null, name, role });
  const publicStatement = await createRecord(
    store,
    writer,
    'statement',
    sampleStatement({
      content: `${said} was gone by noon`,
      note: plant('team', 'note on a public statement'),
    }),
    [await passage(open, `${said} was gone by noon`)],
  );
  const publicFigure = await createRecord(
    store,
    writer,
    'figure',
    sampleFigure({
      counted: plant('public', 'what a public figure counts'),
      tags: [plant('public', 'tag of a public figure')],
      accordingTo: party(plant('public', 'according to whom a public figure is')),
      measure: measure.id,
    }),
    [await passage(open, '40 tents')],
  );
  const second = await createRecord(
    store,
    writer,
    'figure',
    sampleFigure({ counted: 'tents', value: 60, measure: measure.id, period: '2021-11-07' }),
    [await passage(open, '40 tents')],
  );
  await decideDisagreements(
    store,
    writer,
    [
      {
        ...{ key: 'figures-differ:a', kind: 'figures-differ', foundBy: null, link: null, version: null },
        records: [
          { kind: 'figure', id: publicFigure.id },
          { kind: 'figure', id: second.id },
        ],
        working: [
          { code: 'filed', values: { words: plant('public', 'working of a published disagreement') } },
        ],
      },
    ],
    { state: 'upheld', explanation: null, reason: plant('public', 'reason of a published disagreement') },
  );

  // Single fields that are sealed, of records that are public.
  const alone = (kind: string, fields: string[]) => ({
    seal: { fields },
    of: `sealed by itself on a public ${kind}`,
  });
  {
    const { seal, of } = alone('statement', ['speaker', 'reporter', 'addressee', 'note']);
    await createRecord(
      store,
      writer,
      'statement',
      sampleStatement({
        speaker: party(plant('sealed', `speaker’s name, ${of}`), plant('sealed', `speaker’s role, ${of}`)),
        reporter: party(plant('sealed', `reporter, ${of}`)),
        addressee: party(plant('sealed', `addressee, ${of}`)),
        note: plant('sealed', `note, ${of}`),
      }),
      [await passage(open, 'gone by noon')],
      seal,
    );
  }
  {
    const { seal, of } = alone('figure', ['accordingTo', 'reportedBy', 'place', 'method', 'note']);
    await createRecord(
      store,
      writer,
      'figure',
      sampleFigure({
        accordingTo: party(plant('sealed', `according to, ${of}`)),
        reportedBy: party(plant('sealed', `reported by, ${of}`)),
        place: { place: null, name: plant('sealed', `place, ${of}`), precision: null },
        method: plant('sealed', `method, ${of}`),
        note: plant('sealed', `note, ${of}`),
      }),
      [await passage(open, '40 tents')],
      seal,
    );
  }
  const actsOf = (reach: Reach, of: string) => {
    const [act] = sampleIncident().acts;
    return [
      {
        ...act!,
        method: plant(reach, `method of an act, ${of}`),
        perpetrators: [
          { party: party(plant(reach, `perpetrator, ${of}`)), involvement: 'carried-out' as const },
        ],
        victims: [{ unit: 'person' as const, count: null, description: plant(reach, `victims, ${of}`) }],
        things: [{ what: plant(reach, `things, ${of}`), fate: 'removed' as const, count: null }],
        statedReason: plant(reach, `stated reason, ${of}`),
        outcome: plant(reach, `outcome, ${of}`),
      },
    ] as ReturnType<typeof sampleIncident>['acts'];
  };
  {
    const { seal, of } = alone('incident', ['place', 'acts', 'note']);
    await createRecord(
      store,
      writer,
      'incident',
      sampleIncident({
        title: plant('public', 'title of a public incident'),
        place: { place: null, name: plant('sealed', `place, ${of}`), precision: null },
        acts: actsOf('sealed', of),
        note: plant('sealed', `note, ${of}`),
      }),
      [await passage(open, '40 tents')],
      seal,
    );
  }

  // ——— Records that are sealed whole, from the start ———
  const exact = plant('sealed', 'exact words of a sealed passage');
  const hidden = await addText(
    'owner',
    `${head}${plant('sealed', 'words before a sealed passage')} and ${exact} lay there, ${plant('sealed', 'words after a sealed passage')} too.`,
    {
      title: plant('sealed', 'title of a sealed source'),
      publisher: plant('sealed', 'publisher of a sealed source'),
      author: plant('sealed', 'author of a sealed source'),
      address: `https://example.org/${plant('sealed', 'address of a sealed source')}`,
      obtainedFrom: plant('sealed', 'whom a sealed source was obtained from'),
      note: plant('sealed', 'note on a sealed source'),
      sensitivity: 'sealed',
    },
  );
  const { text: sealedText, rendition } = await openedText(hidden);
  const at = sealedText.indexOf(exact);
  const sealedPassage = pin(sealedText, { start: at, end: at + exact.length }, { source: hidden, rendition });
  const of = 'of a sealed record';
  const sealed = [
    await createRecord(
      store,
      writer,
      'statement',
      sampleStatement({
        content: plant('sealed', `what is said, ${of}`),
        speaker: party(plant('sealed', `speaker, ${of}`)),
        reporter: party(plant('sealed', `reporter, ${of}`)),
        addressee: party(plant('sealed', `addressee, ${of}`)),
        note: plant('sealed', `note on a statement, ${of}`),
        tags: [plant('sealed', `tag, ${of}`)],
        topics: [plant('sealed', `topic, ${of}`)],
        sensitivity: 'sealed',
      }),
      [sealedPassage],
    ),
    await createRecord(
      store,
      writer,
      'figure',
      sampleFigure({
        counted: plant('sealed', `what is counted, ${of}`),
        unit: plant('sealed', `unit, ${of}`),
        place: { place: null, name: plant('sealed', `place of a figure, ${of}`), precision: null },
        accordingTo: party(plant('sealed', `according to, ${of}`)),
        method: plant('sealed', `method, ${of}`),
        note: plant('sealed', `note on a figure, ${of}`),
        sensitivity: 'sealed',
      }),
      [sealedPassage],
    ),
    await createRecord(
      store,
      writer,
      'incident',
      sampleIncident({
        title: plant('sealed', `title of an incident, ${of}`),
        place: { place: null, name: plant('sealed', `place of an incident, ${of}`), precision: null },
        acts: actsOf('sealed', of),
        note: plant('sealed', `note on an incident, ${of}`),
        sensitivity: 'sealed',
      }),
      [sealedPassage],
    ),
  ];
  await openSealed(store, writer, sealed[0]!.id, plant('team', 'reason of an opening'));

  // ——— Sealed files ———
  await addFile(
    'owner',
    `${plant('sealed', 'name of a sealed file')}.html`,
    `<html lang="en"><head><title>${plant('sealed', 'title in a sealed HTML file')}</title><meta name="author" content="${plant('sealed', 'author in a sealed HTML file')}"><meta property="og:site_name" content="${plant('sealed', 'site in a sealed HTML file')}"></head><body><article><h1>The quay</h1><p>${quiet(plant('sealed', 'text of a sealed HTML file'))}</p><!-- ${plant('sealed', 'comment in a sealed HTML file')} --></article></body></html>`,
    'sealed',
  );
  await addFile(
    'owner',
    'a.pdf',
    pdf([[{ words: plant('sealed', 'text of a sealed PDF'), x: 70, y: 700 }]], {
      info: {
        Author: plant('sealed', 'author in a sealed PDF'),
        Title: plant('sealed', 'title in a sealed PDF'),
      },
    }),
    'sealed',
  );
  await addFile(
    'owner',
    'a.docx',
    docx([{ words: quiet(plant('sealed', 'text of a sealed DOCX')) }], {
      core: `<dc:creator>${plant('sealed', 'author in a sealed DOCX')}</dc:creator>`,
    }),
    'sealed',
  );
  const image = await picture('sealed', 'a sealed picture');
  await addFile('owner', 'a.jpg', image, 'sealed');
  // The same bytes from somebody who may not open: they are not told what they are called.
  await addFile('contributor', 'again.jpg', image, 'sealed').catch(() => '');
  await addFile('reader', 'again.jpg', image, 'sealed').catch(() => '');

  // ——— Sealed afterwards ———
  const was = await addText('owner', quiet(plant('later', 'text of a source sealed later')), {
    title: plant('later', 'title of a source sealed later'),
    sensitivity: 'team',
  });
  await createRecord(
    store,
    writer,
    'statement',
    sampleStatement({
      content: plant('later', 'what is said in a record sealed later'),
      note: plant('later', 'note on a record sealed later'),
      sensitivity: 'team',
    }),
    [await passage(was, 'The gate was shut')],
  );
  await changeSource(
    store,
    writer,
    await readSource(store, dossier, was),
    { sensitivity: 'sealed' },
    { opens: true },
  );

  // ——— The team's ———
  const teams = await addFile(
    'owner',
    `${plant('team', 'name of a file of the team')}.txt`,
    text(plant('team', 'text of a source of the team')),
    'team',
  );
  await addFile('owner', 'team.jpg', await picture('team', 'a picture of the team'), 'team');
  const teamRecord = await createRecord(
    store,
    writer,
    'statement',
    sampleStatement({ content: plant('team', 'what is said in a record of the team'), sensitivity: 'team' }),
    [await passage(teams, 'gone by noon')],
  );
  await createNamed(store, writer, 'link', {
    from: { kind: 'statement', id: publicStatement.id },
    to: { kind: 'statement', id: teamRecord.id },
    link: 'denies',
    note: plant('team', 'note on a link'),
  });
  for (const sensitivity of ['team', 'sealed'] as const) {
    await createNamed(store, writer, 'request', {
      ...{
        means: 'email',
        askedOn: '2021-10-09',
        due: null,
        outcome: 'waiting',
        answeredOn: null,
        answer: null,
      },
      askedOf: party(plant('team', `whom a request was put to (${sensitivity})`)),
      question: plant('team', `question of a request (${sensitivity})`),
      note: plant('team', `note on a request (${sensitivity})`),
      about: [{ kind: 'statement', id: publicStatement.id }],
      sensitivity,
    });
  }

  // ——— Witnesses, and what was erased ———
  const witness = await createWitness(
    store,
    writer,
    {
      pseudonym: plant('witness', 'pseudonym of a witness'),
      protection: plant('witness', 'protection of a witness'),
      consents: [
        {
          ...{ purpose: 'publish', givenOn: '2021-01-01', until: null, withdrawnOn: null },
          how: plant('witness', 'how a witness agreed'),
        },
      ],
    },
    {
      name: plant('sealed', 'name of a witness'),
      contact: plant('sealed', 'how to reach a witness'),
      notes: plant('sealed', 'notes that identify a witness'),
    },
  );
  await setWitness(store, writer, await readSource(store, dossier, open), witness.id);
  const erased = await addText('owner', quiet(plant('later', 'text of what was erased')), {
    title: plant('later', 'title of what was erased'),
    sensitivity: 'team',
  });
  const erasing = { noun: 'source', id: erased } as const;
  await erase(store, writer, {
    ...erasing,
    reason: plant('team', 'reason of an erasure'),
    typed: (await planErasure(store, dossier, erasing)).name,
  });
  await publish(store, writer, { note: plant('public', 'note on a publication') });
  // Published once, then changed: both versions are public.
  await editRecord(
    store,
    writer,
    'statement',
    { id: publicStatement.id, version: publicStatement.version },
    {
      note: plant('team', 'later note on a public statement'),
    },
  );
  await store.log.flush();
});

/** The text of a sealed source, as somebody sees it who is named. */
async function openedText(source: string) {
  const opened = await openSealed(
    running.store,
    { account: owner, dossier },
    source,
    'to pin a passage in it',
  );
  return opened.text!;
}

afterAll(async () => {
  await running?.stop();
});

const TABLES = ['sources', 'statements', 'figures', 'incidents', 'measures', 'links', 'requests'] as const;

/** Reads the ids of everything there is; of entries the newest. */
async function readIds(): Promise<void> {
  const { read } = running.store;
  for (const table of [...TABLES, 'witnesses', 'disagreements', 'invitations', 'accounts'] as const) {
    const rows = await read
      .selectFrom(table as 'sources')
      .select('id')
      .execute();
    ids.set(
      table === 'accounts' ? 'people' : table,
      rows.map(({ id }) => id),
    );
  }
  const seals = await read.selectFrom('seals').select('subject').execute();
  ids.set(
    'seals',
    seals.map(({ subject }) => subject),
  );
  const entries = await read
    .selectFrom('entries')
    .select('id')
    .orderBy('position', 'desc')
    .limit(60)
    .execute();
  ids.set(
    'entries',
    entries.map(({ id }) => id),
  );
}

/** Every page that links lead to from the list of dossiers, in each language; and what no link leads to. */
async function crawl(): Promise<void> {
  const seen = new Set<string>();
  const queue = ['/p', '/log/checkpoint', '/log/key', `/p/${slug}/bundle.zip`, `/p/${slug}/1/bundle.zip`];
  for (const lang of ['en', 'fr', 'ar']) queue.push(`/p?lang=${lang}`, `/p/${slug}?lang=${lang}`);
  queue.push('/api/v1/openapi.json', '/api/v1/session', `/p/${slug}/no-such-page`);
  const { size } = running.store.log.status();
  for (const kind of ['0', 'entries'])
    queue.push(`/log/tile/${kind}/000${size % 256 === 0 ? '' : `.p/${size % 256}`}`);
  for (const table of TABLES)
    for (const id of ids.get(table) ?? [])
      queue.push(`/p/${slug}/record/${id}`, `/p/${slug}/source/${id}`, `/p/${slug}/record/${id}.json`);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const path = next.split('#')[0]!;
    if (seen.has(path) || !path.startsWith('/') || path.startsWith('//')) continue;
    seen.add(path);
    const bytes = await keep('public', 'GET', path);
    const page = bytes.subarray(0, 2_000_000).toString();
    for (const [, href = ''] of page.matchAll(/\b(?:href|src)="([^"]+)"/g))
      queue.push(href.replaceAll('&amp;', '&').replace(/^https?:\/\/[^/]+/, ''));
    for (const [found] of page.matchAll(/\/p\/[\w./-]+\.(?:svg|png|csv|json|bib|ris|tlog-proof|atom)/g))
      queue.push(found);
  }
  expect(seen.size).toBeGreaterThan(60);
  const failed = (outputs.get('public') ?? []).filter(({ from }) => / \(5\d\d\)$/.test(from));
  expect(failed.map(({ from }) => from)).toEqual([]);
}

/** Every GET there is, with every id, as one person; and what provokes refusals. */
async function askEverything(who: string): Promise<void> {
  const words = plants.filter(({ reach }) => reach !== 'public').map(({ word }) => word);
  for (const [name, endpoint] of Object.entries(api as unknown as Record<string, AnyEndpoint>)) {
    const [method = '', path = ''] = name.split(' ');
    if (method !== 'GET' || path.endsWith('/progress')) continue;
    const filled = path.replace(':dossier', slug).replace(':noun', 'statement');
    const [, kind = ''] = /(\w+)\/:\w+/.exec(filled) ?? [];
    const known =
      ids.get(kind === 'source' ? 'sources' : kind) ?? [...ids.values()].flatMap(([first]) => first ?? []);
    const all = filled.includes(':') ? known.map((id) => filled.replace(/:\w+/g, id)) : [filled];
    for (const one of all) {
      await keep(who, 'GET', `/api/v1${one}`);
      if (endpoint.csv) await keep(who, 'GET', `/api/v1${one}.csv`);
    }
  }
  // Whoever finds nothing of what is the team's finds nothing of what is sealed; readers are asked for all of it.
  for (const list of who === 'reader' ? ['sources', 'statements', 'figures', 'incidents'] : ['sources'])
    for (const word of who === 'reader' ? words : words.slice(0, 10)) {
      const bytes = await ask(who, 'GET', `/api/v1/dossiers/${slug}/${list}?q=${word}`);
      collect(who, `search for a word in ${list}`, Buffer.from(await bytes.arrayBuffer()));
    }
  const wrong = [
    ['POST', 'statements', { content: { content: words[0] }, passages: [] }],
    ['POST', 'requests', { question: words[1], askedOf: words[2] }],
    ['POST', 'witnesses', { pseudonym: words[3], consents: words[4] }],
    ['POST', 'undo', undefined],
    ['POST', 'redo', undefined],
  ] as const;
  for (const [method, path, body] of wrong)
    await keep(
      who,
      method,
      `/api/v1/dossiers/${slug}/${path}`,
      JSON.stringify(body ?? {}),
      'application/json',
    );
  await keep(
    who,
    'POST',
    `/api/v1/dossiers/${slug}/requests`,
    `{"question": "${words[5]}`,
    'application/json',
  );
  for (const list of [...TABLES, 'witnesses'] as const) {
    const edit = JSON.stringify({ version: 99, content: { note: 'x' } });
    for (const id of ids.get(list) ?? [])
      await keep(who, 'PATCH', `/api/v1/dossiers/${slug}/${list}/${id}`, edit, 'application/json');
  }
  // The owner is named, and opens: what they are shown then is theirs.
  for (const id of (who === 'owner' ? [] : ids.get('seals')) ?? [])
    await keep(
      who,
      'POST',
      `/api/v1/dossiers/${slug}/seals/${id}/open`,
      '{"reason":"just so"}',
      'application/json',
    );
}

/** Breaks what holds the data, so that the server stumbles over it, and mends it again. */
async function provokeFaults(): Promise<void> {
  const { read } = running.store;
  const post = (path: string, body: object) =>
    keep('contributor', 'POST', `/api/v1/dossiers/${slug}/${path}`, JSON.stringify(body), 'application/json');
  const request = {
    ...{
      means: 'email',
      askedOn: '2021-10-09',
      due: null,
      outcome: 'waiting',
      answeredOn: null,
      answer: null,
    },
    askedOf: { actor: null, name: plant('team', 'whom a request was put to that failed'), role: null },
    question: plant('team', 'question of a request that failed'),
    note: null,
    about: [],
    sensitivity: 'team',
  };
  // PostgreSQL tells the failing row with its words; the driver tells the statement and its parameters.
  await sql`alter table requests add constraint never check (version > 5) not valid`.execute(read);
  await post('requests', request);
  await sql`alter table requests drop constraint never`.execute(read);
  await sql`alter table requests rename to requests_away`.execute(read);
  await post('requests', request);
  for (const who of askers.keys()) await keep(who, 'GET', `/api/v1/dossiers/${slug}/requests`);
  await sql`alter table requests_away rename to requests`.execute(read);
  // A parser quotes what it stumbles over.
  const entry = await read
    .selectFrom('entries')
    .select(['id', 'subject', 'payload'])
    .where('dossier', '=', dossier)
    .where('action', '=', 'link.create')
    .executeTakeFirstOrThrow();
  const say = (payload: string) =>
    read.updateTable('entries').set({ payload }).where('id', '=', entry.id).execute();
  await say(`{"broken ${plant('team', 'payload that cannot be read')}`);
  await keep('contributor', 'GET', `/api/v1/dossiers/${slug}/entries?subject=${entry.subject}`);
  await keep('reader', 'GET', `/api/v1/dossiers/${slug}/entries`);
  await say(entry.payload!);
}

/** Files below a folder, with their paths. */
function* filesIn(path: string): Generator<string> {
  for (const name of readdirSync(path)) {
    const inside = join(path, name);
    if (statSync(inside).isDirectory()) yield* filesIn(inside);
    else yield inside;
  }
}

/** What of the plants was found in an output where it may not be. */
function leaks(who: string, allowed: readonly Reach[]): string[] {
  const byWord = new Map(plants.map((one) => [one.word, one]));
  const found: string[] = [];
  for (const { from, bytes } of outputs.get(who) ?? []) {
    for (const [word, form] of findCanaries(bytes)) {
      const one = byWord.get(word);
      // Everybody is told their own name; what the owner wrote was told to them before it was sealed or erased.
      if (one?.where === `name of the ${who}` || (from.startsWith('POST') && who === 'owner')) continue;
      if (one && !allowed.includes(one.reach)) found.push(`${one.where} (${one.reach}) in ${from}, ${form}`);
    }
    for (const { where, secret } of secrets)
      if (holdsSecret(bytes, secret)) found.push(`${where} in ${from}`);
  }
  return found;
}

/** Whether every word of a reach is somewhere in an output: that searching it can find something. */
function missing(who: string, reach: Reach): string[] {
  const found = new Set<string>();
  for (const { bytes } of outputs.get(who) ?? [])
    for (const word of findCanaries(bytes).keys()) found.add(word);
  return plants.filter((one) => one.reach === reach && !found.has(one.word)).map(({ where }) => where);
}

test('nothing that is sealed, private or secret is in any output', async () => {
  await readIds();
  await crawl();
  for (const who of askers.keys()) if (who !== 'public') await askEverything(who);
  await askEverything('public');
  await provokeFaults();
  const { store } = running;

  const plain = join(folder, 'plain.backup');
  await backup(store, plain, { unencrypted: true });
  collect('unencrypted backup', plain, readFileSync(plain));
  const locked = join(folder, 'locked.backup');
  await backup(store, locked, { passphrase: 'a sentence that opens the backup' });
  collect('encrypted backup', locked, readFileSync(locked));

  await running.stop();
  const cli = async (...args: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', ...args],
      { cwd: join(import.meta.dirname, '..'), maxBuffer: 100_000_000 },
    ).catch((error: { stdout: string; stderr: string }) => error);
    collect('command line', args.join(' '), `${stdout}\n${stderr}`);
  };
  const bundle = join(folder, 'out.zip');
  await cli('export', '--data', data, '--dossier', slug, '--out', bundle, '--json');
  await cli('verify', bundle, '--json');
  await cli('doctor', '--data', data, '--json');
  await cli('backup', '--data', data, '--unencrypted', join(folder, 'again.backup'), '--json');
  collect('public', 'exported bundle', readFileSync(bundle));
  collect('server log', logFile, readFileSync(logFile));
  for (const path of filesIn(data)) {
    if (path.startsWith(join(data, 'keys'))) continue;
    collect('disk', path.slice(data.length), readFileSync(path));
  }

  const found = {
    public: leaks('public', ['public']),
    member: leaks('member', ['public']),
    observer: leaks('observer', ['public']),
    reader: leaks('reader', ['public', 'team']),
    contributor: leaks('contributor', ['public', 'team', 'witness']),
    owner: leaks('owner', ['public', 'team', 'witness', 'owner', 'elsewhere']),
    log: leaks('server log', []),
    commandLine: leaks('command line', ['public']),
    plainBackup: leaks('unencrypted backup', ['public', 'team', 'witness', 'owner', 'elsewhere']),
    lockedBackup: leaks('encrypted backup', []),
    disk: leaks('disk', ['public', 'team', 'witness', 'owner', 'elsewhere', 'later']),
  };
  const hidden = plants.filter(({ reach }) => reach !== 'public').length + secrets.length;
  const searched = [...outputs].map(([who, list]) => {
    const bytes = list.reduce((sum, one) => sum + one.bytes.length, 0);
    return `${who}: ${list.length} outputs, ${(bytes / 1e6).toFixed(1)} MB`;
  });
  const report = [
    `${hidden} planted, ${Object.values(found).flat().length} found`,
    ...searched,
    ...Object.entries(found).flatMap(([who, list]) =>
      [...new Set(list)].map((one) => `LEAK to ${who}: ${one}`),
    ),
  ].join('\n');
  process.stdout.write(`${report}\n`);
  const table = process.env.CONSTAT_CANARY_TABLE;
  if (table)
    writeFileSync(
      table,
      JSON.stringify({ plants, secrets: secrets.map(({ where }) => where), searched, found }, null, 1),
    );
  for (const [who, list] of Object.entries(found)) expect(list.slice(0, 5), who).toEqual([]);
  expect(hidden).toBeGreaterThanOrEqual(40);
});

test('what may be there is found: the search can fail', () => {
  expect(missing('public', 'public')).toEqual([]);
  expect(missing('reader', 'team').filter((where) => !/failed|cannot be read/.test(where))).toEqual([]);
  expect(missing('contributor', 'witness')).toEqual([]);
  expect(missing('unencrypted backup', 'public')).toEqual([]);
  expect(missing('disk', 'public')).toEqual([]);
  expect(missing('command line', 'public').length).toBeLessThan(
    plants.filter(({ reach }) => reach === 'public').length,
  );
  const lines = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('request failed'));
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const line of lines) expect(JSON.parse(line).err.at.length).toBeGreaterThan(0);
});
