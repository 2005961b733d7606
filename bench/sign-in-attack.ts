/**
 * `npm run bench sign-in-attack`: a million guesses of passwords over HTTP, from one address at many names, from one
 * address at one name, and from many addresses at one name, while the right owner signs in beside it. Says how many
 * guesses came as far as the password, and how long the owner had to wait. --guesses N, --connections N.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startAttacked } from './fuzz/api.ts';
import { seeded } from './fuzz/mutate.ts';
import { machine, table } from './report.ts';

const { values } = parseArgs({
  options: {
    guesses: { type: 'string', default: '1000000' },
    connections: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
const guesses = Number(values.guesses);
const connections = Number(values.connections);
const random = seeded(Number(values.seed));
const OWNER = { name: 'an observer', password: 'a long sentence that nobody has guessed yet' };
/** Guesses sent down a connection before the answers to them are waited for. */
const AT_ONCE = 50;

/** An attack: its share of the guesses, and the name and the address of each guess. */
interface Attack {
  name: string;
  share: number;
  next: () => { name: string; from: string };
}
const anywhere = () => [1 + random(220), random(256), random(256), 1 + random(254)].join('.');
const ATTACKS: Attack[] = [
  {
    name: 'one address, 1,000 names',
    share: 0.25,
    next: () => ({
      name: random(1000) === 0 ? OWNER.name : `somebody ${random(1000)}`,
      from: '198.51.100.7',
    }),
  },
  {
    name: 'one address, the owner’s name',
    share: 0.25,
    next: () => ({ name: OWNER.name, from: '198.51.100.8' }),
  },
  {
    name: 'any address, the owner’s name',
    share: 0.25,
    next: () => ({ name: OWNER.name, from: anywhere() }),
  },
  {
    name: 'any address, any name',
    share: 0.25,
    next: () => ({ name: `somebody ${random(1e6)}`, from: anywhere() }),
  },
];

const folder = mkdtempSync(join(tmpdir(), 'constat-attack-'));
// The settings are those of an installation behind a web server; nothing is loosened for the attack.
const server = await startAttacked(join(folder, 'data'), {
  CONSTAT_LOG_LEVEL: 'error',
  CONSTAT_TRUSTED_PROXY: '127.0.0.1',
});
try {
  await run();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const token = server.setupLink.slice(server.setupLink.indexOf('#') + 1);
  const made = await post('/api/v1/setup', { token, ...OWNER }, '203.0.113.1', '');
  if (made.status !== 201) throw new Error(`No owner could be made: HTTP ${made.status}`);
  // The browser in which the account was made is known from then on.
  const device = made.cookies.filter((cookie) => !cookie.includes('session')).join('; ');
  console.log(`${machine()}, seed ${values.seed}, ${connections} connections`);
  const rows: string[][] = [];
  for (const attack of ATTACKS) {
    const wanted = Math.round(guesses * attack.share);
    const before = await server.memory();
    const begun = performance.now();
    let isOver = false;
    let sent = 0;
    const found = new Map<number, number>();
    const take = () => (sent++ < wanted ? attack.next() : null);
    const known = ownerSignsIn('203.0.113.1', device, () => isOver);
    const stranger = ownerSignsIn('203.0.113.77', '', () => isOver);
    await Promise.all(Array.from({ length: connections }, () => attackBy(take, found)));
    isOver = true;
    const seconds = (performance.now() - begun) / 1000;
    const [beside, fresh] = [await known, await stranger];
    const right = (found.get(200) ?? 0) + (found.get(201) ?? 0);
    rows.push([
      attack.name,
      String(wanted),
      String(found.get(401) ?? 0),
      String(found.get(429) ?? 0),
      String(wanted - (found.get(401) ?? 0) - (found.get(429) ?? 0)),
      String(Math.round(wanted / seconds)),
      seconds.toFixed(0),
      waits(beside),
      waits(fresh),
      ((await server.memory()) / 2 ** 20 - before / 2 ** 20).toFixed(0),
    ]);
    process.stderr.write(`${rows.at(-1)!.join(' · ')}\n`);
    if (right > 0) throw new Error('A guess was right.');
  }
  table(
    [
      'attack',
      'guesses',
      'checked',
      'told to wait',
      'other',
      'a second',
      'seconds',
      'owner, known browser',
      'owner, new browser',
      'memory, MB',
    ],
    rows,
  );
}

interface SignIns {
  done: number;
  tried: number;
  longest: number;
  /** Seconds since the last time it worked, at the end. */
  open: number;
}

function waits({ done, tried, longest, open }: SignIns): string {
  return `${done} of ${tried}, ${Math.max(longest, done === 0 ? open : 0).toFixed(1)} s`;
}

/**
 * The right owner signs in every few seconds, waiting as long as the server says, until the attack is over. `longest` is
 * the longest time from wanting to sign in to being signed in.
 */
async function ownerSignsIn(from: string, device: string, isOver: () => boolean): Promise<SignIns> {
  const found: SignIns = { done: 0, tried: 0, longest: 0, open: 0 };
  while (!isOver()) {
    const begun = performance.now();
    for (;;) {
      found.tried++;
      const answer = await post('/api/v1/session', OWNER, from, device);
      found.open = (performance.now() - begun) / 1000;
      if (answer.status === 200) {
        found.done++;
        found.longest = Math.max(found.longest, found.open);
        break;
      }
      if (isOver()) break;
      const seconds = (answer.body as { details?: { seconds?: number } }).details?.seconds ?? 1;
      // As people do: a moment later than they were told, or when the attack is over.
      for (let tenth = 0; tenth < seconds * 10 + 1 && !isOver(); tenth++) await pause(100);
    }
    for (let tenth = 0; tenth < 30 && !isOver(); tenth++) await pause(100);
  }
  return found;
}

async function post(path: string, body: object, from: string, cookie: string) {
  const answer = await fetch(server.url.replace('localhost', '127.0.0.1') + path, {
    method: 'POST',
    // A connection that was kept may be closed by the server at the moment of asking.
    headers: {
      connection: 'close',
      'content-type': 'application/json',
      'x-forwarded-for': from,
      ...(cookie && { cookie }),
    },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    body: await answer.json(),
    cookies: answer.headers.getSetCookie().map((line) => line.split(';')[0]!),
  };
}

/** Sends guesses down one connection, many before their answers come, and counts the answers by status. */
async function attackBy(
  take: () => { name: string; from: string } | null,
  found: Map<number, number>,
): Promise<void> {
  const port = Number(new URL(server.url).port);
  for (let isOver = false; !isOver; ) {
    // A connection is closed now and then by the server; the next one goes on.
    await new Promise<void>((resolve) => {
      let waiting = 0;
      let rest = '';
      const socket = connect(port, '127.0.0.1');
      const send = () => {
        const requests: string[] = [];
        for (let at = 0; at < AT_ONCE; at++) {
          const guess = take();
          if (guess === null) {
            isOver = true;
            break;
          }
          const body = JSON.stringify({ name: guess.name, password: `guess ${random(1e9)} of many` });
          requests.push(
            `POST /api/v1/session HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nX-Forwarded-For: ${guess.from}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
          );
        }
        waiting = requests.length;
        if (waiting === 0) socket.end();
        else socket.write(requests.join(''));
      };
      socket.on('connect', send);
      socket.on('data', (piece) => {
        rest += piece.toString('latin1');
        let end = 0;
        for (const { 1: status, index, 0: line } of rest.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
          found.set(Number(status), (found.get(Number(status)) ?? 0) + 1);
          waiting--;
          end = index + line.length;
        }
        rest = rest.slice(Math.max(end, rest.length - 16));
        if (waiting === 0) send();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  }
}
