/** Programs in processes of their own, for what a test cannot do to itself: be refused, be killed, take all memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterEach } from 'vitest';

/** A running program; `lines` are what it prints, as it prints them. */
export interface Program {
  child: ChildProcess;
  lines: AsyncIterator<string>;
  /** Resolves when it has ended, however it does. */
  ended: Promise<unknown>;
}

const running: Program[] = [];

/**
 * Runs an ES module given as text; `imports` maps names to the TypeScript files whose exports they stand for.
 * What still runs after the test is killed.
 * @example runProgram({ lock: '/…/lock.ts' }, `await lock.takeLock('/tmp/x'); console.log('taken')`)
 */
export function runProgram(imports: Record<string, string>, text: string): Program {
  const lines = Object.entries(imports).map(
    ([name, path]) => `const ${name} = await import(${JSON.stringify(pathToFileURL(path).href)});`,
  );
  const code = [...lines, text].join('\n');
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const program: Program = {
    child,
    lines: createInterface({ input: child.stdout! })[Symbol.asyncIterator](),
    ended: once(child, 'exit'),
  };
  running.push(program);
  return program;
}

/** The next line a program prints; throws when it ends without one. */
export async function nextLine({ lines }: Program): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error('the program ended without another line');
  return value;
}

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});
