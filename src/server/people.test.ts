// People over HTTP: invited by link and letter, with rights that hold from the next request on; and what an observer and a reader
// are not told.
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { sampleFigure, sampleStatement } from '../../test/samples.ts';
import { type Intake, openIntake } from '../intake/intake.ts';
import { newSetupToken } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import { createApp } from './app.ts';

const PASSWORD = 'forty tents by the canal';
const TITLE = 'The heron affair';

let store: Store;
let intake: Intake;
let app: ReturnType<typeof createApp>;
let owner: string;
const poked: number[] = [];
const unexpected: unknown[] = [];

interface Asked {
  status: number;
  body: Record<string, unknown>;
  text: string;
  cookie: string;
}

async function ask(cookie: string, method: string, path: string, body?: unknown): Promise<Asked> {
  const response = await app.request(`http://desk.example/api/v1${path}`, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const set = response.headers.getSetCookie().map((one) => one.split(';')[0]!);
  return { status: response.status, body: isJson ? JSON.parse(text) : {}, text, cookie: set.join('; ') };
}

const at = '/dossiers/heron';

/** Somebody new in the dossier, by a link; gives their cookie. */
async function join(role: string, name: string, more: object = {}): Promise<string> {
  const { body, status } = await ask(owner, 'POST', `${at}/invitations`, { role, ...more });
  expect(status).toBe(201);
  const token = String(body.link).split('#')[1];
  const accepted = await ask('', 'POST', '/invitations/accept', {
    token,
    account: { name, password: PASSWORD },
  });
  expect([accepted.status, accepted.body.dossier], accepted.text).toEqual([200, 'heron']);
  return accepted.cookie;
}

const idOf = async (name: string) =>
  (await store.read.selectFrom('accounts').select('id').where('name', '=', name).executeTakeFirstOrThrow())
    .id;

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  intake = openIntake(store);
  app = createApp(
    {
      ...{ store, intake, strictAnswers: true },
      logError: (_reference, error) => unexpected.push(error),
      limits: { body: 1_000_000, requestsPerMinute: 100_000 },
      post: { poke: () => poked.push(1) },
    },
    { web: null, version: '0.0.0' },
  );
  const token = await newSetupToken(store);
  owner = (await ask('', 'POST', '/setup', { token, name: 'the owner', password: PASSWORD })).cookie;
  await ask(owner, 'POST', '/dossiers', {
    ...{ title: TITLE, slug: 'heron', summary: null, language: 'en', publishedBy: null },
  });
  return async () => {
    await intake.close();
    expect(unexpected).toEqual([]);
  };
});

describe('an invitation', () => {
  it('tells whoever has its link what it is to, makes the account, and signs in', async () => {
    const { body } = await ask(owner, 'POST', `${at}/invitations`, { role: 'editor', opens: true });
    expect(body).toMatchObject({ letter: 'none', invitation: { state: 'open', role: 'editor' } });
    const link = String(body.link);
    expect(link).toMatch(/^http:\/\/desk\.example\/invitation#[\w-]{43}$/);
    const token = link.split('#')[1];
    const read = await ask('', 'POST', '/invitations/read', { token });
    expect(read.body).toMatchObject({ dossier: TITLE, role: 'editor', opens: true, by: 'the owner' });
    const weak = await ask('', 'POST', '/invitations/accept', {
      token,
      account: { name: 'an editor', password: 'short' },
    });
    expect(weak.status).toBe(400);
    const made = await ask('', 'POST', '/invitations/accept', {
      token,
      account: { name: 'an editor', password: PASSWORD },
    });
    const session = await ask(made.cookie, 'GET', '/session');
    expect(session.body.account).toMatchObject({ name: 'an editor', role: 'member' });
    expect(session.body.may).not.toHaveProperty('house.edit');
    const dossier = await ask(made.cookie, 'GET', at);
    expect(dossier.body).toMatchObject({ role: 'editor', opens: true });
    expect(dossier.body.may).toMatchObject({ 'record.write': 'all', 'dossier.publish': 'all' });
    expect(dossier.body.may).not.toHaveProperty('people.edit');
    const again = await ask(made.cookie, 'POST', '/invitations/accept', { token });
    expect([again.status, again.body.code]).toEqual([410, 'invitation.used']);
  });

  it('is refused to nobody in particular: without an account, somebody has to be signed in', async () => {
    const { body } = await ask(owner, 'POST', '/invitations', {});
    const token = String(body.link).split('#')[1];
    const nobody = await ask('', 'POST', '/invitations/accept', { token });
    expect([nobody.status, nobody.body.code]).toEqual([401, 'account.sign-in']);
  });

  it('goes by a letter that names neither the dossier nor anybody, in the language asked for', async () => {
    poked.length = 0;
    const email = 'observer@example.org';
    const { body } = await ask(owner, 'POST', `${at}/invitations`, { role: 'reader', email, language: 'fr' });
    expect([body.letter, poked.length]).toEqual(['sending', 1]);
    const { letters, mail } = (await ask(owner, 'GET', '/letters')).body as {
      letters: { id: string; recipient: string; subject: string; body: string; state: string }[];
      mail: boolean;
    };
    expect([mail, letters[0]!.recipient, letters[0]!.subject]).toEqual([true, email, 'Une invitation']);
    expect(letters[0]!.body).toContain(String(body.link));
    for (const word of [TITLE, 'heron', 'the owner']) expect(letters[0]!.body).not.toContain(word);
    const sent = await ask(owner, 'POST', `/letters/${letters[0]!.id}/sent`);
    expect(sent.status).toBe(204);
    expect((await ask(owner, 'GET', '/letters')).text).not.toContain(String(body.link));
  });
});

describe('a right', () => {
  it('changes with the next request, and ends with the part', async () => {
    const cookie = await join('reader', 'a reader');
    const id = await idOf('a reader');
    const undo = () => ask(cookie, 'POST', `${at}/undo`);
    expect((await undo()).body.code).toBe('permission.denied');
    await ask(owner, 'PATCH', `${at}/people/${id}`, { role: 'contributor' });
    expect((await undo()).body.code).toBe('undo.nothing');
    await ask(owner, 'DELETE', `${at}/people/${id}`);
    expect([(await undo()).status, (await ask(cookie, 'GET', '/dossiers')).body.dossiers]).toEqual([404, []]);
  });

  it('ends at once for an account that is suspended, also in an answer that is still going on', async () => {
    const cookie = await join('reader', 'somebody listening');
    const stream = await app.request(`/api/v1${at}/progress`, { headers: { cookie } });
    const reader = stream.body!.getReader();
    await reader.read();
    await ask(owner, 'POST', `/accounts/${await idOf('somebody listening')}/suspend`);
    await ask(owner, 'POST', `${at}/sources/text`, { text: 'Nine tents stood there in the morning.' });
    let heard = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard += new TextDecoder().decode(value);
    }
    expect(heard).not.toContain('progress');
    expect((await ask(cookie, 'GET', at)).status).toBe(401);
  });
});

describe('an observer', () => {
  const TEXT = 'Observers counted 40 tents at the quay before noon.';

  it('hands in what somebody else has handed in already, and does not learn of it', async () => {
    const first = await ask(owner, 'POST', `${at}/sources/text`, { text: TEXT });
    const theirs = (first.body.source as { id: string; dossier: string }).id;
    await intake.settled((first.body.source as { dossier: string }).dossier, theirs);
    const cookie = await join('observer', 'an observer');
    const given = { title: 'What I saw', mayLeave: true, reliability: 'reliable', sensitivity: 'public' };
    const handed = await ask(cookie, 'POST', `${at}/sources/text`, { text: TEXT, content: given });
    const own = handed.body.source as { id: string; dossier: string; mayLeave: boolean; reliability: string };
    expect([handed.status, handed.body.duplicate]).toEqual([201, false]);
    expect([own.mayLeave, own.reliability]).toEqual([false, 'unknown']);
    expect(own.id).not.toBe(theirs);
    await intake.settled(own.dossier, own.id);
    const again = await ask(cookie, 'POST', `${at}/sources/text`, { text: TEXT });
    expect([again.body.duplicate, (again.body.source as { id: string }).id]).toEqual([true, own.id]);
    // The team sees both, and for it the bytes are there.
    const team = await ask(owner, 'POST', `${at}/sources/text`, { text: TEXT });
    expect([team.body.duplicate, (team.body.source as { id: string }).id]).toEqual([true, theirs]);

    const list = (await ask(cookie, 'GET', `${at}/sources`)).body as {
      sources: { id: string; suggested: number }[];
      total: number;
    };
    expect([list.total, list.sources.map(({ id }) => id)]).toEqual([1, [own.id]]);
    expect(list.sources[0]!.suggested).toBe(0);
    const { version } = (await ask(owner, 'GET', `${at}/sources/${own.id}`)).body;
    const noted = { reliability: 'unreliable', note: 'Look at this again: heron.' };
    await ask(owner, 'PATCH', `${at}/sources/${own.id}`, { version, content: noted });
    const seen = await ask(cookie, 'GET', `${at}/sources/${own.id}`);
    expect([seen.body.note, seen.body.reliability]).toEqual([null, 'unknown']);
    expect((await ask(cookie, 'GET', `${at}/sources.csv`)).text).not.toContain(theirs);
    for (const path of ['', '/text', '/original'])
      expect((await ask(cookie, 'GET', `${at}/sources/${theirs}${path}`)).status).toBe(404);
    expect((await ask(cookie, 'GET', `${at}/people`)).status).toBe(403);
    const [listed] = (await ask(cookie, 'GET', '/dossiers')).body.dossiers as Record<string, unknown>[];
    expect(listed).toMatchObject({ role: 'observer', sources: null, records: null, suggested: null });
  });
});

describe('a reader', () => {
  it('is told of no witness: not by a source, not by the log', async () => {
    const { body } = await ask(owner, 'POST', `${at}/sources/text`, { text: 'A witness told this to us.' });
    const source = body.source as { id: string; dossier: string };
    await intake.settled(source.dossier, source.id);
    const made = await ask(owner, 'POST', `${at}/witnesses`, {
      ...{ pseudonym: 'Kingfisher', consents: [], protection: null },
      identity: { name: 'a name', contact: null, notes: null },
    });
    const witness = (made.body.witness as { id: string }).id;
    const { version } = (await ask(owner, 'GET', `${at}/sources/${source.id}`)).body;
    const told = await ask(owner, 'PUT', `${at}/sources/${source.id}/witness`, { version, witness });
    expect(told.body.witness, told.text).toBe(witness);
    const cookie = await join('reader', 'another reader', { opens: true });
    const entries = (await ask(owner, 'GET', `${at}/entries?limit=500`)).body.entries as {
      id: string;
      action: string;
    }[];
    const created = entries.find(({ action }) => action === 'witness.create')!;
    for (const path of [
      `/sources/${source.id}`,
      '/sources',
      '/entries?limit=500',
      `/entries?subject=${witness}`,
    ]) {
      const answer = await ask(cookie, 'GET', at + path);
      expect(answer.status).toBe(200);
      expect(answer.text, path).not.toContain(witness);
      expect(answer.text, path).not.toContain('Kingfisher');
    }
    expect((await ask(cookie, 'GET', `${at}/entries/${created.id}/leaf`)).status).toBe(404);
    expect((await ask(owner, 'GET', `${at}/entries/${created.id}/leaf`)).status).toBe(200);
    const reason = { reason: 'to be sure' };
    expect((await ask(cookie, 'POST', `${at}/seals/${witness}/open`, reason)).status).toBe(404);
    expect((await ask(cookie, 'POST', `${at}/entries/${created.id}/open`, reason)).status).toBe(404);
    expect((await ask(owner, 'POST', `${at}/seals/${witness}/open`, reason)).status).toBe(200);
  });
});

describe('what a record names', () => {
  it('is of the same dossier, or is not found', async () => {
    await ask(owner, 'POST', '/dossiers', {
      ...{ title: 'Elsewhere', slug: 'elsewhere', summary: null, language: 'en', publishedBy: null },
    });
    const actor = await ask(owner, 'POST', '/dossiers/elsewhere/actors', {
      ...{ name: 'the port', type: 'person', aliases: [], roles: [] },
    });
    const measure = await ask(owner, 'POST', '/dossiers/elsewhere/measures', {
      ...{ name: 'tents', definition: null, unit: null, countingRule: null },
      ...{ wordings: [], series: 'stock', repeats: 'unknown' },
    });
    const foreign = await ask(owner, 'POST', '/dossiers/elsewhere/sources/text', {
      text: 'Elsewhere it rained.',
    });
    const { body } = await ask(owner, 'POST', `${at}/sources/text`, {
      text: 'Forty tents were there today.',
    });
    const source = body.source as { id: string; dossier: string };
    await intake.settled(source.dossier, source.id);
    const passages = [{ source: source.id, start: 0, end: 11 }];
    const named = { actor: String(actor.body.id), name: 'the port', role: null };
    const what = async (path: string, content: object, of: object[] = passages) =>
      ((await ask(owner, 'POST', at + path, { content, passages: of })).body.details as { what?: string })
        .what;
    expect(await what('/statements', sampleStatement({ speaker: named }))).toBe('actor');
    expect(await what('/figures', sampleFigure({ measure: String(measure.body.id) }))).toBe('measure');
    const theirs = (foreign.body.source as { id: string }).id;
    expect(await what('/figures', sampleFigure(), [{ source: theirs, start: 0, end: 5 }])).toBe('source');
    const made = await ask(owner, 'POST', `${at}/statements`, { content: sampleStatement(), passages });
    const edited = await ask(owner, 'PATCH', `${at}/statements/${made.body.id}`, {
      version: 1,
      content: { speaker: named },
    });
    expect([edited.status, edited.body.code]).toEqual([404, 'not-found']);
  });
});
