/** The house rules that a machine can check: who may import whom, what may touch the disk, what every file must say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** For each folder of src, the folders it may import; `types` may be imported by `import type` only. */
const allowed: Record<string, { values: string[]; types?: string[] }> = {
  record: { values: [] },
  log: { values: [], types: ['record'] },
  language: { values: [], types: ['record'] },
  analysis: { values: ['record'] },
  store: { values: ['record', 'log'] },
  intake: { values: ['store', 'language', 'record'], types: ['log'] },
  publish: { values: ['store', 'record', 'log', 'analysis', 'language'] },
  server: { values: ['store', 'intake', 'publish', 'analysis', 'record', 'log', 'language'] },
  cli: { values: ['server', 'store', 'intake', 'publish', 'analysis', 'record', 'log', 'language'] },
  ui: { values: ['record', 'log', 'language'] },
  web: { values: ['ui', 'record', 'log', 'analysis', 'publish/bundle'], types: ['language', 'server'] },
  field: { values: ['ui', 'record', 'log', 'analysis', 'publish/bundle'], types: ['language', 'server'] },
};
/** Folders whose code also runs in a browser, or has to stay a function of its arguments. */
const pure = ['record', 'log', 'language', 'analysis'];
const inBrowser = ['ui', 'web', 'field'];

const unkept = new Set([
  '.git',
  ...read('.gitignore')
    .split('\n')
    .map((line) => line.replace(/\/$/, '')),
]);
/** Every file of the repository, as a path from its root, without what git ignores. */
function filesUnder(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (unkept.has(entry.name) || entry.name.endsWith('.log')) return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
const files = filesUnder('.');
const source = files.filter((path) => path.startsWith('src/'));
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const code = source.filter((path) => /\.tsx?$/.test(path) && !/\.d\.ts$/.test(path) && !isTest(path));
const folderOf = (path: string) => path.split('/')[1] ?? '';

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}
/** The text with its comments blanked, so that a commented-out line counts for nothing. */
const bare = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

/** Imports, re-exports and dynamic imports of a file; `to` is a path from the root, or a package's name. */
function importsOf(from: string, text: string): Import[] {
  const pattern =
    /(?:^|[;\n])\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^;'"]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.tsx?)['"]/g;
  return [...bare(text).matchAll(pattern)].map((match) => {
    const name = (match[2] ?? match[3] ?? match[4])!.replace(/\?.*$/, '');
    const to = name.startsWith('.') ? relative(root, join(root, dirname(from), name)) : name;
    return { from, to, typeOnly: match[1] !== undefined };
  });
}
const imports = code.flatMap((path) => importsOf(path, read(path)));
const show = (edge: Import) => `${edge.from} → ${edge.to}`;

describe('imports', () => {
  test('the reader of imports sees every form', () => {
    const text = `import a from './a.ts'\nimport type { B } from '../b/b.ts'\nimport {\n  c,\n} from "c";\nimport './d.css'
export * from './e.ts';\nexport type { F } from './f.ts'\nawait import('./g.ts')\n// import h from './h.ts'\nexport const i = 'j'`;
    expect(importsOf('src/x/x.ts', text).map((edge) => `${edge.to}${edge.typeOnly ? ' type' : ''}`)).toEqual([
      'src/x/a.ts',
      'src/b/b.ts type',
      'c',
      'src/x/d.css',
      'src/x/e.ts',
      'src/x/f.ts type',
      'src/x/g.ts',
    ]);
  });

  test('point one way', () => {
    const forbidden = imports.filter(({ from, to, typeOnly }) => {
      const [own, rule] = [folderOf(from), allowed[folderOf(from)]];
      if (!to.startsWith('src/') || folderOf(to) === own) return false;
      const may = [...(rule?.values ?? []), ...(typeOnly ? (rule?.types ?? []) : [])];
      return !may.some((target) => to.startsWith(`src/${target}/`));
    });
    expect(forbidden.map(show)).toEqual([]);
    expect(source.map(folderOf).filter((folder) => !(folder in allowed))).toEqual([]);
  });

  test('make no circle between folders', () => {
    const edges = new Map(Object.keys(allowed).map((folder) => [folder, new Set<string>()]));
    for (const { from, to } of imports) {
      if (to.startsWith('src/') && folderOf(to) !== folderOf(from))
        edges.get(folderOf(from))?.add(folderOf(to));
    }
    // Take away, again and again, the folders that need nothing that is left; a circle cannot be taken away.
    for (let before = -1; before !== edges.size; ) {
      before = edges.size;
      for (const [folder, needs] of edges)
        if (![...needs].some((need) => edges.has(need))) edges.delete(folder);
    }
    expect([...edges.keys()]).toEqual([]);
  });

  test('name files that exist, inside the repository', () => {
    const broken = imports.filter(({ to }) => /^(src|\.\.)\//.test(to) && !existsSync(join(root, to)));
    expect(broken.map(show)).toEqual([]);
  });

  test('bring no Node module into pure folders, nor into anything a screen loads', () => {
    const reached = new Set(code.filter((path) => inBrowser.includes(folderOf(path))));
    for (const path of reached) {
      for (const { from, to, typeOnly } of imports) {
        if (from === path && !typeOnly && code.includes(to)) reached.add(to);
      }
    }
    const unfit = imports.filter(
      ({ from, to, typeOnly }) =>
        to.startsWith('node:') && !typeOnly && (pure.includes(folderOf(from)) || reached.has(from)),
    );
    expect(unfit.map(show)).toEqual([]);
  });
});

describe('files', () => {
  test('lie at most at src/a/b/file', () => {
    expect(source.filter((path) => path.split('/').length > 4)).toEqual([]);
  });

  test('open with a sentence of purpose', () => {
    const silent = source.filter((path) => {
      if (!/\.(tsx?|sql)$/.test(path)) return false;
      return !/^(#!.*\n)?(\/\/|\/\*|--)/.test(read(path));
    });
    expect(silent).toEqual([]);
  });

  test('are named in kebab-case', () => {
    const odd = source.filter((path) => !/^(src)(\/[a-z0-9]+(-[a-z0-9]+)*)+(\.[a-z0-9-]+)+$/.test(path));
    expect(odd).toEqual([]);
  });

  test('export by name', () => {
    expect(code.filter((path) => /^\s*export\s+default\b|\bas default\b/m.test(bare(read(path))))).toEqual(
      [],
    );
  });

  test('write to the database only in src/store', () => {
    const builder = /\.(insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(/;
    const raw = /['"`]\s*(insert\s+into|update\s+[\w."]+\s+set|delete\s+from|merge\s+into|truncate\s)/i;
    const writers = code.filter((path) => {
      const text = bare(read(path));
      return folderOf(path) !== 'store' && (builder.test(text) || raw.test(text));
    });
    expect(writers).toEqual([]);
  });

  test('name neither a build machine nor a package registry', () => {
    // Spelt apart, so that this file does not name them itself.
    const host = new RegExp(`https?://${'registry'}\\.`);
    const work = new RegExp(`(^|[\\s"'\`(=:])/${'work'}/`, 'm');
    const self = relative(root, import.meta.filename);
    const naming = files.filter((path) => {
      const text = read(path);
      return path !== self && (work.test(text) || host.test(text));
    });
    expect(naming).toEqual([]);
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});

test('the lock file is complete for every platform', () => {
  // Where this fails, run `npx tsx scripts/complete-lock.ts`; its opening comment says why.
  const packages: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(
    read('package-lock.json'),
  ).packages;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('every dependency is named on a decision page', () => {
  const pages = files.filter((path) => path.startsWith('docs/decisions/')).map(read);
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const unnamed = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !pages.some((page) => page.includes(`\`${name}\``)),
  );
  expect(unnamed).toEqual([]);
});
