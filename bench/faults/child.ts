/** A writer (writer.ts) seen from outside: what it has acknowledged so far, and how it ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Acknowledged, Verdict } from './oracle.ts';
import type { WriterOrders } from './writer.ts';

/** Nothing was acknowledged yet. */
export const NOTHING: Acknowledged = { rows: {}, checkpoint: null };

/** A running writer. */
export interface WatchedWriter {
  child: ChildProcess;
  /** What has been acknowledged up to now, what came before this writer included. */
  acknowledged: Acknowledged;
  /** How often each problem was answered to a write. */
  refusals: Record<string, number>;
  /** The problem with which the store told the process to end; null while it has not. */
  fatal: () => string | null;
  verdict: () => Verdict | null;
  openedInMs: () => number | null;
  /** Resolves at the first acknowledgement, or when it ends without one. */
  writing: Promise<void>;
  /** Resolves with exit code and signal when all it said has been read. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a writer that goes on from what was acknowledged before. `prefix` is a command that it is run by. */
export function startWriter(
  orders: Omit<WriterOrders, 'acknowledged'>,
  before: Acknowledged,
  { prefix = [], env = {} }: { prefix?: string[]; env?: Record<string, string> } = {},
): WatchedWriter {
  const folder = mkdtempSync(join(tmpdir(), 'constat-acknowledged-'));
  const file = join(folder, 'acknowledged.json');
  writeFileSync(file, JSON.stringify(before));
  const program = join(import.meta.dirname, 'writer.ts');
  const orderText = JSON.stringify({ ...orders, acknowledged: file } satisfies WriterOrders);
  const [command, ...rest] = [...prefix, process.execPath, '--import', 'tsx', program, orderText];
  const child = spawn(command!, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const acknowledged: Acknowledged = { rows: { ...before.rows }, checkpoint: before.checkpoint };
  const refusals: Record<string, number> = {};
  let [fatal, verdict, opened]: [string | null, Verdict | null, number | null] = [null, null, null];
  let begun = () => {};
  const writing = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let complaint = '';
  child.stderr!.on('data', (bytes) => {
    complaint = (complaint + String(bytes)).slice(-4000);
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const read = (async () => {
    for await (const line of createInterface({ input: child.stdout! })) {
      const [word, first = '', second = ''] = line.split(' ', 3);
      const rest = line.slice(word!.length + 1);
      if (word === 'kept' && second !== '') {
        acknowledged.rows[first] = Number(second);
        begun();
      } else if (word === 'signed') acknowledged.checkpoint = Buffer.from(first, 'base64').toString('utf8');
      else if (word === 'refused') refusals[rest] = (refusals[rest] ?? 0) + 1;
      else if (word === 'fatal') fatal = first;
      else if (word === 'opened') opened = Number(first);
      else if (word === 'verdict') verdict = JSON.parse(rest) as Verdict;
    }
  })();
  const ended = (async () => {
    const [code, signal] = await exit;
    await read;
    begun();
    rmSync(folder, { recursive: true, force: true });
    if (code !== 0 && code !== 3 && signal === null) {
      process.stderr.write(`the writer ended with ${code}: ${complaint}\n`);
    }
    return { code, signal };
  })();
  return {
    child,
    acknowledged,
    refusals,
    fatal: () => fatal,
    verdict: () => verdict,
    openedInMs: () => opened,
    writing,
    ended,
  };
}

/** Opens a store in a process of its own, judges it and closes it. Throws when it cannot be opened. */
export async function judgeApart(
  settings: WriterOrders['settings'],
  before: Acknowledged,
): Promise<{ verdict: Verdict; openedInMs: number }> {
  const judging = startWriter({ settings, judgeOnly: true }, before);
  await judging.ended;
  const verdict = judging.verdict();
  if (verdict === null) throw new Error('the store could not be opened after the fault');
  return { verdict, openedInMs: judging.openedInMs()! };
}
