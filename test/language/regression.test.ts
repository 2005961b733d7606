/** The engine on short texts of each rule, in both languages: what is marked is found exactly, and nothing else is. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeResult, readGold, runGold } from './gold.ts';

const cases = (['en', 'fr'] as const).map((language) => ({
  language,
  gold: readGold(join(import.meta.dirname, language), language),
}));

it.each(cases)('the folder $language, where it is there, holds cases', ({ gold }) => {
  expect(gold).not.toEqual([]);
});

for (const { language, gold } of cases) {
  if (!gold || gold.length === 0) continue;
  describe(`regression set, ${language}`, () => {
    const known = gold.filter(({ missed }) => missed !== null);
    it.each(gold.map((item) => [`${item.family}: ${item.name}`, item] as const))('%s', (_, item) => {
      const result = runGold(item);
      if (item.missed !== null && result.problems.length === 0)
        expect.fail(`${item.file}:${item.line}  ${item.name}\n    is found now: take its line "missed" away`);
      if (item.missed === null && result.problems.length > 0) expect.fail(describeResult(result));
    });
    afterAll(() => {
      if (known.length > 0)
        console.info(`regression set, ${language}: ${known.length} of ${gold.length} known to be missed`);
    });
  });
}
