/** A vitest reporter that leaves the counts of the run in a file, for `scripts/test.ts` to judge and print. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a run came to. `broken` counts files and groups that failed outside any test, such as in an import or a hook. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: string[];
  broken: number;
}

/** Counts every test of the modules; a test that did not run because its group's hook failed counts under `broken`. */
function tallyOf(modules: readonly TestModule[], unhandled: number): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [], broken: unhandled };
  for (const module of modules) {
    const groups = [module, ...module.children.allSuites()].filter((group) => group.errors().length > 0);
    tally.broken += groups.length;
    for (const test of module.children.allTests()) {
      const state = test.result().state;
      if (state === 'passed') tally.passed++;
      else if (state === 'failed') tally.failed++;
      else if (groups.length === 0) tally.skipped.push(test.fullName);
    }
  }
  return tally;
}

/** The reporter; vitest wants it as the default export. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env.CONSTAT_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tallyOf(modules, unhandled.length)));
  }
}
