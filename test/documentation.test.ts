/** The documentation says what there is: every setting, every command, every decision. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { permissionsPage } from '../scripts/permissions.ts';
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

  it('says who may do what as the table does (npx tsx scripts/permissions.ts)', () => {
    expect(read('docs/permissions.md')).toBe(permissionsPage());
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

  it('judges every requirement of ASVS 5.0 of levels 1 and 2 once, by files that are there, and counts right', () => {
    const page = read('docs/asvs.md');
    const expected = Object.entries(ASVS_LEVELS).flatMap(([section, levels]) =>
      [...levels].flatMap((level, at) => (level === '3' ? [] : [`${section}.${at + 1} ${level}`])),
    );
    const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \|(.*)\|$/gm)].map(([, id, rest]) => {
      const [level, asks, state, by, tested] = rest!.split('|').map((cell) => cell.trim());
      return { id: id!, level: level!, asks: asks!, state: state!, by: by!, tested: tested! };
    });
    expect(rows.map(({ id, level }) => `${id} ${level}`)).toEqual(expected);
    for (const { id, asks, state, by, tested } of rows) {
      expect(ASVS_STATES, id).toContain(state);
      expect(
        [asks, by, tested].filter((cell) => !cell),
        id,
      ).toEqual([]);
      for (const [, path] of `${by} ${tested}`.matchAll(
        /`((?:src|test|docs|bench|scripts|locales)\/[^`]+)`/g,
      ))
        expect(existsSync(join(root, path!)), `${id} → ${path}`).toBe(true);
    }
    const count = (of: string, levels: string[]) => {
      const some = rows.filter(({ level }) => levels.includes(level));
      const counts = ASVS_STATES.map((state) => some.filter((row) => row.state === state).length);
      return `| ${[of, ...counts, some.length].join(' | ')} |`;
    };
    for (const line of [count('1', ['1']), count('2', ['2']), count('both', ['1', '2'])])
      expect(page).toContain(`${line}\n`);
  });
});

/** What may be said of a requirement. */
const ASVS_STATES = ['met', 'partly', 'not met', 'not applicable'];

/** The levels of OWASP ASVS 5.0.0, section by section, without the chapters that docs/asvs.md leaves out: one digit a requirement. */
const ASVS_LEVELS: Record<string, string> = {
  ...{ '1.1': '22', '1.2': '1111122223', '1.3': '112222222223', '1.4': '222', '1.5': '123' },
  ...{ '2.1': '122', '2.2': '112', '2.3': '12223', '2.4': '23' },
  ...{ '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333', '3.6': '3' },
  ...{ '3.7': '22333', '4.1': '12233', '4.2': '23333', '4.3': '22', '4.4': '1222' },
  ...{ '5.1': '2', '5.2': '112333', '5.3': '113', '5.4': '222' },
  ...{ '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233', '6.5': '22222333' },
  ...{ '6.6': '2223', '6.7': '33', '6.8': '2222' },
  ...{ '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22' },
  ...{ '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23' },
  ...{ '11.1': '2233', '11.2': '22233', '11.3': '11233', '11.4': '1222', '11.5': '23', '11.6': '23' },
  ...{ '11.7': '33', '12.1': '12233', '12.2': '11', '12.3': '22223' },
  ...{ '13.1': '2333', '13.2': '222223', '13.3': '2233', '13.4': '1222233' },
  ...{ '14.1': '22', '14.2': '12223333', '14.3': '122', '15.1': '12233', '15.2': '12233' },
  ...{ '15.3': '1222222', '15.4': '3333' },
  ...{ '16.1': '2', '16.2': '22222', '16.3': '2222', '16.4': '222', '16.5': '2223' },
};
