/** The documentation says what there is: every setting, every command, every decision. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeProblems } from '../src/record/problem.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

describe('documentation', () => {
  it('names every setting, and no other', () => {
    const source = files('src')
      .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
      .map(read)
      .join('\n');
    const used = new Set(
      [...source.matchAll(/(?:\benv\.|\bsetting\(')(CONSTAT_[A-Z_]+)/g)].map((match) => match[1]!),
    );
    const documented = new Set(read('docs/operations.md').match(/\bCONSTAT_[A-Z_]+\b/g));
    expect([...documented].sort()).toEqual([...used].sort());
  });

  it('names every command in the README', () => {
    const commands = [...read('src/cli/main.ts').matchAll(/^ {2}(\w+): async/gm)].map((match) => match[1]!);
    expect(commands.length).toBeGreaterThan(7);
    for (const command of commands) expect(read('README.md')).toMatch(new RegExp(`constat ${command}\\b`));
  });

  it('has decisions of one page: context, decision, consequences', () => {
    for (const path of files('docs/decisions')) {
      const text = read(path);
      for (const heading of ['Context', 'Decision', 'Consequences']) {
        expect(text, path).toMatch(new RegExp(`^#+ ${heading}|^\\*\\*${heading}`, 'm'));
      }
    }
  });

  it('leads every link to a file that is there', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      ...files('docs').filter((path) => path.endsWith('.md')),
    ];
    for (const page of pages) {
      for (const [, target] of read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (/^https?:/.test(target!)) continue;
        const path = join(page, '..', target!);
        expect(existsSync(join(root, path)), `${page} → ${target}`).toBe(true);
      }
    }
  });

  it('tells for every problem what to do, in whole sentences', () => {
    for (const { code, sentence } of describeProblems()) {
      expect(sentence, code).toMatch(/^[A-Z‹“].*[.!?›]$/s);
    }
  });
});
