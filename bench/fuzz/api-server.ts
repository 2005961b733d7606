/**
 * The server that is attacked, in a process of its own: Constat on an empty data directory. It may open no connection to
 * anywhere; each that is tried is told, and none is made.
 */
import dns from 'node:dns';
import net from 'node:net';

/** What the server tells whoever attacks it. */
export type ServerMessage =
  | { ready: { url: string; setupLink: string } }
  /** Memory of the whole process, in bytes. */
  | { memory: number }
  | { cookie: string }
  /** A connection that it would have made, and did not. */
  | { tried: string };

/** What it is asked: its memory, or a session of an account, whatever became of the account's sessions and passwords. */
export type ServerRequest = { memory: true } | { session: string };

const send = (message: ServerMessage): void => {
  process.send?.(message);
};

const { lookup } = dns;
// Before anything is loaded that may keep the functions as they are.
net.Socket.prototype.connect = function refused(this: net.Socket, ...args: unknown[]): net.Socket {
  const asked = [args[0]].flat()[0] as { host?: string; port?: number } | undefined;
  // By name it would be looked up next, and refused there; a number is dialled as it is.
  if (net.isIP(asked?.host ?? '') > 0) send({ tried: `${asked!.host} ${asked!.port}` });
  process.nextTick(() => this.destroy(new Error('the fuzzed server has no network')));
  return this;
} as typeof net.Socket.prototype.connect;
dns.lookup = ((name: string, options: unknown, callback?: unknown) => {
  const answer = (callback ?? options) as (error: Error) => void;
  // Its own name is looked up nowhere.
  if (name === 'localhost' || net.isIP(name) > 0)
    return lookup(name, options as never, callback as never) as never;
  send({ tried: `the address of ${name}` });
  process.nextTick(() => answer(Object.assign(new Error(`no network: ${name}`), { code: 'ENOTFOUND' })));
}) as typeof dns.lookup;

const { SESSION_COOKIE } = await import('../../src/server/session-cookie.ts');
const { openSession } = await import('../../src/store/sessions.ts');
const { startServer } = await import('../../src/server/serve.ts');
const { readSettings } = await import('../../src/server/settings.ts');
const running = await startServer(
  readSettings(
    { host: '127.0.0.1', port: 0, data: process.argv[2]! },
    JSON.parse(process.argv[3]!) as NodeJS.ProcessEnv,
  ),
);
process.on('message', async (asked: ServerRequest) => {
  if ('session' in asked) {
    const token = await openSession(running.store, asked.session, { method: 'passkey', device: null });
    send({ cookie: `${SESSION_COOKIE}=${token}` });
  } else send({ memory: process.memoryUsage().rss });
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => void running.stop().then(() => process.exit(0)));
send({ ready: { url: running.url, setupLink: running.setupLink! } });
