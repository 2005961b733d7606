// Where a child process's program lies: beside this module as TypeScript in development, in dist/ once built.
import { fileURLToPath } from 'node:url';

/** A program for `fork`, with the arguments Node needs to run it. */
export interface ProcessEntry {
  path: string;
  execArgv: string[];
}

/**
 * The program `name` (a file name without extension) next to the module at `from`.
 * A built module finds `name.js` in its own folder: every process entry is built into one folder.
 */
export function processEntry(name: string, from: string): ProcessEntry {
  if (from.endsWith('.ts')) {
    return { path: fileURLToPath(new URL(`./${name}.ts`, from)), execArgv: ['--import', 'tsx'] };
  }
  return { path: fileURLToPath(new URL(`./${name}.js`, from)), execArgv: [] };
}
