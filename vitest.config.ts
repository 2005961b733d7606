import { defineConfig } from 'vitest/config';

// Three kinds of test. `pure` needs nothing from the machine; `stored` has a PostgreSQL; `stories` has a browser too and
// runs alone afterwards, one file at a time: a browser and a server already fill two cores.
const pure = [
  'src/{record,log,language,analysis,ui,web,field}/**/*.test.{ts,tsx}',
  'test/{architecture,documentation,messages}.test.ts',
  'test/language/*.test.ts',
];
const stories = ['test/{stories,platform}/**/*.test.ts'];
const all = ['{src,test,bench,eval,scripts}/**/*.test.{ts,tsx}'];
const setup = 'test/platform/setup.ts';

export default defineConfig({
  test: {
    // One process per file: a storage test opens databases of its own, and PGlite gives memory back only at exit.
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: { name: 'stored', include: all, exclude: [...pure, ...stories], globalSetup: setup },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: stories,
          globalSetup: setup,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
