/** Parsers with every fault that the attack must find; only its own test gives them anything. */
import fc from 'fast-check';
import { LogError } from '../../src/log/error.ts';
import { type Target, target } from './target.ts';

const kept: Uint8Array[] = [];
const base = { seeds: () => ['seed'], generate: fc.string() };

/** Each fails once or always, in a way of its own; the last two do not fail. */
export const targets: Target[] = [
  target<string>({
    ...base,
    name: 'throws',
    run: () => {
      throw new TypeError('a careless parser');
    },
  }),
  target<string>({
    ...base,
    name: 'hangs',
    run: (text) => {
      // Once: the thread that goes on after it must come to its end.
      if (text === 'seed') for (;;);
    },
  }),
  target<string>({
    ...base,
    name: 'keeps',
    run: () => {
      if (kept.length < 80) kept.push(new Uint8Array(8 * 2 ** 20).fill(1));
    },
  }),
  target<string>({
    ...base,
    name: 'refuses',
    run: () => {
      throw new LogError('malformed', 'a text', 'as documented');
    },
  }),
  target<string>({ ...base, name: 'accepts', run: () => {} }),
];
