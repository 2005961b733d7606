// The next step of a dossier.
import { expect, test } from 'vitest';
import { nextStep, type Standing } from './next-step.ts';

const standing: Standing = { sources: 3, underWay: 0, suggested: 0, standing: 5, open: 0, unpublished: 0 };

test.each<[Partial<Standing>, ReturnType<typeof nextStep>]>([
  [{ sources: 0, standing: 0 }, 'add'],
  [{ suggested: 2, underWay: 1, unpublished: 4 }, 'judge'],
  [{ underWay: 1, unpublished: 4 }, 'wait'],
  [{ underWay: 1, open: 2 }, 'wait'],
  // What does not fit is looked at before it goes out.
  [{ open: 2, unpublished: 4 }, 'weigh'],
  [{ unpublished: 1 }, 'publish'],
  // A withdrawn record leaves nothing standing and still has to be published as withdrawn.
  [{ standing: 0, unpublished: 1 }, 'publish'],
  [{ standing: 0 }, 'record'],
  [{}, 'done'],
])('%o leads to %s', (change, step) => {
  expect(nextStep({ ...standing, ...change })).toBe(step);
});
