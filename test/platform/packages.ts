/** Installing what a test run lacks: the machine's own packages where it may, said aloud before it is done. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

/** The repository's root, where `.cache/` keeps what was fetched for the tests. */
export const root = join(import.meta.dirname, '..', '..');

/** Whether this file can be run by the present user. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The directories of PATH, in order. */
export function searchPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
}

/** Says what is being done; on stderr, so that a command's own output stays clean. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Runs a command to its end. Returns null when it succeeded, else the line that says why not. */
export function attempt(command: string, args: string[], env: NodeJS.ProcessEnv = {}): string | null {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.status === 0) return null;
  const lines = (done.error?.message ?? `${done.stdout}\n${done.stderr}`).trim().split('\n');
  return `${basename(command)}: ${lines.find((line) => /error|fail|unable|E:/i.test(line)) ?? lines.at(-1)}`;
}

/**
 * Installs Debian packages when this is root on a machine with apt-get.
 * Returns null when they are installed, else the sentence why not.
 */
export function installDebianPackages(packages: string[]): string | null {
  const apt = searchPath()
    .map((directory) => join(directory, 'apt-get'))
    .find(isExecutable);
  if (apt === undefined) return 'this machine has no apt-get';
  if (process.getuid?.() !== 0) return `apt-get needs root (sudo apt-get install ${packages.join(' ')})`;
  say(`Installing for the tests: apt-get install ${packages.join(' ')}`);
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const noninteractive = { DEBIAN_FRONTEND: 'noninteractive' };
  // A stale package list names versions that are gone; a failed refresh may still leave a usable one.
  attempt(apt, [...wait, 'update'], noninteractive);
  return attempt(apt, [...wait, 'install', '-y', '--no-install-recommends', ...packages], noninteractive);
}
