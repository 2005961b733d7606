// Signing in by HTTP: every way in, what each refuses, what a flood of guesses reaches, and what a session may do.
import { generate } from 'otplib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Authenticator, type Fault } from '../../test/platform/authenticator.ts';
import { createTestStore } from '../../test/platform/embedded.ts';
import { type Intake, openIntake } from '../intake/intake.ts';
import { newSetupToken } from '../store/accounts.ts';
import { passwordChecks } from '../store/passwords.ts';
import { newResetToken } from '../store/reset-links.ts';
import type { Store } from '../store/store.ts';
import { createApp } from './app.ts';
import { type SignInSettings, signInSettings } from './sign-in-settings.ts';

const PASSWORD = 'three tents by the canal';
const ORIGIN = 'http://localhost';
// Ahead of the real clock, whose timers would otherwise find themselves in the past.
const NOON = Math.ceil(Date.now() / 60_000 + 1) * 60_000;
let store: Store;
let intake: Intake;
let app: ReturnType<typeof createApp>;
let unexpected: unknown[];

const clock = (at: number) => vi.useFakeTimers({ toFake: ['Date'], now: at });

function open(signIn: Partial<SignInSettings> = {}) {
  return createApp(
    {
      store,
      intake,
      logError: (_reference, error) => unexpected.push(error),
      strictAnswers: true,
      limits: { body: 100_000, requestsPerMinute: 1_000_000 },
      signIn: { ...signInSettings({}), ...signIn },
    },
    { web: null, version: '0.0.0' },
  );
}

/** A browser: keeps its cookies. */
function browser(of = app, headers: Record<string, string> = {}, address?: string) {
  const cookies = new Map<string, string>();
  const ask = async (method: string, path: string, body?: unknown) => {
    const socket = { remoteAddress: address, remoteFamily: 'IPv4', remotePort: 1 };
    const request = new Request(`${ORIGIN}/api/v1${path}`, {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await of.fetch(request, address === undefined ? {} : { incoming: { socket } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '' || /Max-Age=0/.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, which strictAnswers checks against their schemas.
    const answer = response.status === 204 ? null : ((await response.json()) as Record<string, any>);
    return { status: response.status, answer, headers: response.headers };
  };
  return { cookies, ask };
}
type Browser = ReturnType<typeof browser>;

/** The status, and the problem's code where there is one. */
const told = ({ status, answer }: Awaited<ReturnType<Browser['ask']>>) =>
  typeof answer?.code === 'string' ? `${status} ${answer.code}` : String(status);

const signIn = (with_: Browser, password = PASSWORD, name = 'an observer') =>
  with_.ask('POST', '/session', { name, password });

async function addPasskey(to: Browser, key: Authenticator, fault?: Fault) {
  const { answer } = await to.ask('POST', '/account/passkeys/options', {});
  const response = key.create(answer!.options, fault);
  return to.ask('POST', '/account/passkeys', { ticket: answer!.ticket, response, name: 'a key' });
}

async function byPasskey(with_: Browser, key: Authenticator, fault?: Fault, path = '/session/passkey') {
  const { answer } = await with_.ask('POST', '/session/passkey/options', {});
  return with_.ask('POST', path, { ticket: answer!.ticket, response: key.get(answer!.options, fault) });
}

let owner: Browser;
beforeEach(async () => {
  store = await (await createTestStore('PGlite')).open();
  intake = openIntake(store);
  unexpected = [];
  app = open();
  owner = browser();
  const token = await newSetupToken(store);
  expect(told(await owner.ask('POST', '/setup', { token, name: 'an observer', password: PASSWORD }))).toBe(
    '201',
  );
});
afterEach(async () => {
  vi.useRealTimers();
  await intake.close();
  await store.close();
  expect(unexpected).toEqual([]);
});

describe('a passkey', () => {
  test('is added and signs in without a name; what is not right about it is refused', async () => {
    const key = new Authenticator(ORIGIN);
    for (const fault of [
      { origin: 'http://elsewhere.example' },
      { host: 'elsewhere.example' },
      { challenge: 'AAAA' },
      { unverified: true },
    ]) {
      expect(told(await addPasskey(owner, key, fault))).toBe('401 account.passkey');
    }
    expect(told(await addPasskey(owner, key))).toBe('201');
    const stranger = browser();
    for (const fault of [
      { origin: 'http://elsewhere.example' },
      { host: 'elsewhere.example' },
      { challenge: 'AAAA' },
      { unverified: true },
      { forged: true },
      { counter: 0 },
    ]) {
      expect([fault, told(await byPasskey(stranger, key, fault))]).toEqual([fault, '401 account.passkey']);
    }
    expect(told(await byPasskey(stranger, new Authenticator(ORIGIN)))).toBe('401 account.passkey');
    const { status, answer } = await byPasskey(stranger, key);
    expect([status, answer!.account.name]).toEqual([200, 'an observer']);
    const { answer: account } = await stranger.ask('GET', '/account');
    expect(account!.sessions[0]).toMatchObject({ method: 'passkey', current: true });
  });

  test('answers a challenge once, and only its own', async () => {
    const key = new Authenticator(ORIGIN);
    await addPasskey(owner, key);
    const { answer } = await owner.ask('POST', '/session/passkey/options', {});
    const sent = { ticket: answer!.ticket, response: key.get(answer!.options) };
    expect(told(await browser().ask('POST', '/session/passkey', sent))).toBe('200');
    expect(told(await browser().ask('POST', '/session/passkey', sent))).toBe('401 account.ticket');
    const adding = await owner.ask('POST', '/account/passkeys/options', {});
    const mixed = { ticket: adding.answer!.ticket, response: key.get(adding.answer!.options) };
    expect(told(await browser().ask('POST', '/session/passkey', mixed))).toBe('401 account.ticket');
  });

  test('belongs to the address of the house where one is set', async () => {
    const house = open({ address: 'https://constat.example.org/' });
    const at = browser(house, { host: 'constat.example.org', 'x-forwarded-proto': 'https' });
    expect(told(await signIn(at))).toBe('200');
    const { answer } = await at.ask('POST', '/account/passkeys/options', {});
    expect(answer!.options.rp.id).toBe('constat.example.org');
    expect([...at.cookies.keys()]).toEqual(['__Host-constat-session', '__Host-constat-device']);
    expect(told(await addPasskey(at, new Authenticator(ORIGIN)))).toBe('401 account.passkey');
    expect(told(await addPasskey(at, new Authenticator('https://constat.example.org')))).toBe('201');
    // The same cookie without its prefix may come from a neighbouring host, and counts for nothing.
    const planted = browser(house, {
      host: 'constat.example.org',
      'x-forwarded-proto': 'https',
    });
    planted.cookies.set('constat-session', at.cookies.get('__Host-constat-session')!);
    expect(told(await planted.ask('GET', '/account'))).toBe('401 account.sign-in');
  });
});

describe('a password with a code', () => {
  async function withCodes() {
    const { answer: begun } = await owner.ask('POST', '/account/totp', {});
    const code = await generate({ secret: begun!.secret, epoch: Math.floor(Date.now() / 1000) - 30 });
    const confirmed = await owner.ask('POST', '/account/totp/confirm', { ticket: begun!.ticket, code });
    expect(begun!.qr.length).toBeGreaterThan(20);
    return { secret: begun!.secret as string, codes: confirmed.answer!.codes as string[] };
  }

  test('opens no session before the code; a code works once, a ticket for one session', async () => {
    const { secret, codes } = await withCodes();
    const stranger = browser();
    const { answer: step } = await signIn(stranger);
    expect(step).toMatchObject({ next: 'code' });
    expect(told(await stranger.ask('GET', '/account'))).toBe('401 account.sign-in');
    const give = (ticket: string, code: string) => stranger.ask('POST', '/session/code', { ticket, code });
    expect(told(await give(step!.ticket, '000000'))).toBe('401 account.code');
    const code = await generate({ secret });
    expect(told(await give(step!.ticket, `${code.slice(0, 3)} ${code.slice(3)}`))).toBe('200');
    expect(told(await give(step!.ticket, codes[0]!))).toBe('401 account.ticket');
    const again = await signIn(browser());
    expect(told(await give(again.answer!.ticket, code))).toBe('401 account.code');
    const { answer } = await give(again.answer!.ticket, codes[1]!);
    expect(answer!.account.name).toBe('an observer');
    const { answer: account } = await stranger.ask('GET', '/account');
    expect(account!.recoveryCodes).toBe(9);
    expect(account!.sessions.map(({ method }: { method: string }) => method)).toContain('recovery-code');
  });

  test('makes a guesser of codes wait', async () => {
    await withCodes();
    clock(NOON);
    const guesser = browser();
    const { answer: step } = await signIn(guesser);
    const guess = async (n: number) =>
      told(await guesser.ask('POST', '/session/code', { ticket: step!.ticket, code: String(100_000 + n) }));
    for (let n = 0; n < 5; n++) expect(await guess(n)).toBe('401 account.code');
    expect(await guess(5)).toBe('429 request.too-many');
    // The owner's own browser waits for none of it.
    const own = await signIn(owner);
    expect(
      told(await owner.ask('POST', '/session/code', { ticket: own.answer!.ticket, code: '999999' })),
    ).toBe('401 account.code');
  });
});

describe('guesses', () => {
  test('a flood of thousands on one name: a handful is checked, and the owner’s browser waits for none', async () => {
    clock(NOON);
    const before = passwordChecks();
    const guesser = browser();
    let refused = 0;
    // 3,000 guesses, ten a second.
    for (let n = 0; n < 3000; n++) {
      if (n % 100 === 0) clock(NOON + n * 100);
      if ((await signIn(guesser, `guess number ${n}`)).status === 429) refused++;
    }
    const checked = passwordChecks() - before;
    // Five are free; then after 1, 2, 4, 8, 16, 32 seconds, then one a minute: 12 to 16 in five minutes.
    expect(checked).toBeLessThanOrEqual(16);
    expect(refused).toBe(3000 - checked);
    expect(told(await signIn(browser()))).toBe('429 request.too-many');
    expect(told(await signIn(owner))).toBe('200');
  });

  test('a flood over many names from many addresses: the house lets one in two seconds through', async () => {
    clock(NOON);
    const before = passwordChecks();
    const flood = (second: number) =>
      Promise.all(
        Array.from({ length: 120 }, (_, n) => {
          const address = `203.0.${second % 250}.${n % 250}`;
          return signIn(browser(app, {}, address), 'guess', `name ${second} ${n}`);
        }),
      );
    let refused = 0;
    for (let second = 0; second < 10; second++) {
      clock(NOON + second * 1000);
      const answers = await flood(second);
      expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
      refused += answers.filter(({ status }) => status === 429).length;
    }
    // A hundred are free, but of those that come at once most find too many waiting.
    const checked = passwordChecks() - before;
    expect(checked).toBeLessThanOrEqual(100 + 10);
    expect(refused).toBe(1200 - checked);
    expect(told(await signIn(owner))).toBe('200');
  });

  test('one address, many names: twenty free ones, then it waits, and other addresses do not', async () => {
    clock(NOON);
    const guess = (n: number) => signIn(browser(app, {}, '203.0.113.1'), 'guess', `name ${n}`);
    for (let n = 0; n < 20; n++) expect(told(await guess(n))).toBe('401 account.refused');
    expect(told(await guess(20))).toBe('429 request.too-many');
    expect(told(await signIn(browser(app, {}, '203.0.113.2')))).toBe('200');
  });

  test('waiting ends, and a right password forgets what went before', async () => {
    clock(NOON);
    const person = browser();
    for (let n = 0; n < 5; n++) expect((await signIn(person, 'mistyped')).status).toBe(401);
    const refused = await signIn(person);
    expect([told(refused), refused.answer!.details.seconds]).toEqual(['429 request.too-many', 1]);
    clock(NOON + 1_100);
    expect(told(await signIn(person))).toBe('200');
    clock(NOON + 1_200);
    for (let n = 0; n < 10; n++) expect((await signIn(person, 'mistyped')).status).toBe(401);
    expect((await signIn(person, 'mistyped')).status).toBe(429);
  });

  test('no name exists or not by how it is refused', async () => {
    const answers = [
      await signIn(browser(), 'wrong', 'an observer'),
      await signIn(browser(), 'wrong', 'nobody'),
    ];
    expect(answers[0]!.answer).toEqual(answers[1]!.answer);
  });
});

describe('a session', () => {
  test('asks for a fresh proof before what is dangerous, and has a new token after it', async () => {
    clock(NOON);
    expect(told(await signIn(owner))).toBe('200');
    const other = browser();
    await signIn(other);
    clock(NOON + 11 * 60_000);
    const dangerous = [
      ['PATCH', '/account', { name: 'a clerk' }],
      ['PUT', '/account/password', { password: 'a dozen boats at low tide' }],
      ['DELETE', '/account/password', undefined],
      ['POST', '/account/passkeys/options', {}],
      ['POST', '/account/totp', {}],
      ['DELETE', '/account/totp', undefined],
      ['POST', '/account/recovery-codes', {}],
      ['PUT', '/house/sign-in', { secondFactor: 'required' }],
    ] as const;
    for (const [method, path, body] of dangerous)
      expect([path, told(await owner.ask(method, path, body))]).toEqual([path, '403 account.confirm']);
    const before = owner.cookies.get('constat-session');
    expect(told(await owner.ask('POST', '/session/confirm', { password: 'wrong' }))).toBe(
      '401 account.refused',
    );
    expect(told(await owner.ask('POST', '/session/confirm', { password: PASSWORD }))).toBe('204');
    expect(owner.cookies.get('constat-session')).not.toBe(before);
    const stale = browser();
    stale.cookies.set('constat-session', before!);
    expect(told(await stale.ask('GET', '/account'))).toBe('401 account.sign-in');
    expect(told(await owner.ask('PUT', '/account/password', { password: 'password1234' }))).toBe(
      '422 account.weak-password',
    );
    const renewed = { password: 'a dozen boats at low tide' };
    expect(told(await owner.ask('PUT', '/account/password', renewed))).toBe('204');
    expect(told(await other.ask('GET', '/account'))).toBe('401 account.sign-in');
    expect(told(await owner.ask('GET', '/account'))).toBe('200');
  });

  test('is confirmed by a passkey of its own account alone', async () => {
    const key = new Authenticator(ORIGIN);
    await addPasskey(owner, key);
    expect(told(await byPasskey(owner, key, { forged: true }, '/session/confirm'))).toBe(
      '401 account.passkey',
    );
    expect(told(await byPasskey(owner, key, {}, '/session/confirm'))).toBe('204');
  });

  test('is listed by the kind of device, and ended from another', async () => {
    const phone = browser(app, {
      'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1',
    });
    await signIn(phone);
    const { answer } = await owner.ask('GET', '/account');
    const found = answer!.sessions.find(({ current }: { current: boolean }) => !current);
    expect(found.device).toBe('Safari, iPhone');
    expect(told(await owner.ask('DELETE', `/account/sessions/${found.id}`))).toBe('204');
    expect(told(await owner.ask('DELETE', `/account/sessions/${found.id}`))).toBe('404 not-found');
    expect(told(await phone.ask('GET', '/account'))).toBe('401 account.sign-in');
    await signIn(phone);
    expect(told(await owner.ask('DELETE', '/account/sessions'))).toBe('204');
    expect(told(await phone.ask('GET', '/account'))).toBe('401 account.sign-in');
    const out = await owner.ask('DELETE', '/session');
    expect([out.status, out.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"']);
    expect([...owner.cookies.keys()]).toEqual(['constat-device']);
  });

  test('without the second factor that the house asks for may only add it', async () => {
    expect(told(await owner.ask('PUT', '/house/sign-in', { secondFactor: 'required' }))).toBe('200');
    const person = browser();
    expect((await signIn(person)).answer!.needs).toBe('second-factor');
    expect(told(await person.ask('GET', '/dossiers'))).toBe('403 account.second-factor');
    expect(told(await person.ask('PUT', '/house/sign-in', { secondFactor: 'optional' }))).toBe(
      '403 account.second-factor',
    );
    const key = new Authenticator(ORIGIN);
    expect(told(await addPasskey(person, key))).toBe('201');
    expect(told(await person.ask('GET', '/dossiers'))).toBe('200');
    expect((await person.ask('GET', '/session')).answer!.needs).toBeUndefined();
    // From now on the password alone is not enough, and opens nothing.
    const thief = browser();
    expect((await signIn(thief)).answer).toEqual({ next: 'passkey', ticket: null });
    expect(told(await thief.ask('GET', '/account'))).toBe('401 account.sign-in');
    expect(told(await person.ask('DELETE', `/account/passkeys/${key.id}`))).toBe('403 account.second-factor');
    expect(told(await byPasskey(thief, key))).toBe('200');
  });
});

test('a reset link lets somebody in who lost everything, once', async () => {
  const { answer } = await owner.ask('GET', '/account');
  const { token } = await newResetToken(store, answer!.id, answer!.id);
  const person = browser();
  expect((await person.ask('GET', `/reset/${token}`)).answer).toEqual({ name: 'an observer' });
  const body = { token, password: 'a dozen boats at low tide' };
  expect(told(await person.ask('POST', '/reset', body))).toBe('200');
  expect(told(await owner.ask('GET', '/account'))).toBe('401 account.sign-in');
  expect(told(await person.ask('POST', '/reset', body))).toBe('403 account.reset-link');
  const made = await person.ask('POST', `/accounts/${answer!.id}/reset-link`, {});
  expect([made.status, made.answer!.link]).toEqual([
    201,
    expect.stringMatching(/^http:\/\/localhost\/reset#/),
  ]);
});
