// The writer of packed tables: what src/language/packed-table.ts and the tagger read.
import { KEY_BITS } from '../src/language/packed-table.ts';
import { TAGS } from '../src/language/tag.ts';
import { type PackedWeights, WEIGHT_CODE } from '../src/language/tagger.ts';
import { formKey } from '../src/language/word-traits.ts';

/** Collects bits, most significant first. */
function bitWriter() {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  const bits = (value: number, width: number) => {
    for (let place = width - 1; place >= 0; place--) {
      held = (held << 1) | ((value >>> place) & 1);
      if (++count < 8) continue;
      bytes.push(held);
      held = 0;
      count = 0;
    }
  };
  const rice = (value: number, low: number) => {
    for (let left = value >>> low; left > 0; left--) bits(1, 1);
    bits(0, 1);
    bits(value, low);
  };
  const end = () => {
    bits(0, (8 - count) % 8);
    return Uint8Array.from(bytes);
  };
  return { bits, rice, end };
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

function writeKeys(writer: ReturnType<typeof bitWriter>, keys: Iterable<number>): void {
  const sorted = [...new Set(keys)].sort((a, b) => a - b);
  // The Rice parameter for gaps that fall off geometrically.
  const low = Math.max(0, Math.floor(Math.log2((0.69 * 2 ** KEY_BITS) / Math.max(1, sorted.length))));
  writer.bits(sorted.length, 20);
  writer.bits(low, 5);
  let before = -1;
  for (const key of sorted) {
    writer.rice(key - before - 1, low);
    before = key;
  }
}

/** The Rice parameter that writes these numbers shortest. */
function bestRice(numbers: number[]): number {
  const length = (low: number) => numbers.reduce((sum, number) => sum + (number >>> low) + 1 + low, 0);
  return [0, 1, 2, 3, 4, 5, 6].reduce((best, low) => (length(low) < length(best) ? low : best));
}

/** What a trainer learned: rows of `TAGS.length` weights by key, and the weights of tag after tag. */
export interface Learned {
  rows: Map<number, Float32Array>;
  steps: Float32Array;
}

/** Packs weights in steps of `step`, leaving out what is less than `least`, and the words of a lexicon. */
export function pack(
  learned: Learned,
  words: Map<string, number>,
  frequent: Iterable<string>,
  { step, least }: { step: number; least: number },
): PackedWeights {
  const forms = new Map<number, number>();
  for (const [form, found] of words) forms.set(formKey(form), found | (forms.get(formKey(form)) ?? 0));
  const sizes = new Map<number, number>();
  for (const found of forms.values()) sizes.set(found, (sizes.get(found) ?? 0) + 1);
  const classes = [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b);
  const numberOf = new Map(classes.map((found, index) => [found, index]));
  const numbers = [...forms].sort((a, b) => a[0] - b[0]).map(([, found]) => numberOf.get(found)!);
  const lexicon = bitWriter();
  writeKeys(lexicon, forms.keys());
  const low = bestRice(numbers);
  lexicon.bits(low, 5);
  for (const number of numbers) lexicon.rice(number, low);

  const round = (row: Float32Array) =>
    Array.from(row, (weight) =>
      Math.abs(weight) < least ? 0 : Math.max(-127, Math.min(127, Math.round(weight / step))),
    );
  const rows = [...learned.rows]
    .map(([key, row]) => ({ key, row: round(row) }))
    .filter(({ row }) => row.some((weight) => weight !== 0))
    .sort((a, b) => a.key - b.key);
  const keys = bitWriter();
  writeKeys(
    keys,
    rows.map(({ key }) => key),
  );
  const values = bitWriter();
  const steps = Array.from({ length: TAGS.length + 1 }, (_, index) =>
    Array.from(learned.steps.subarray(index * TAGS.length, (index + 1) * TAGS.length), (weight) =>
      Math.max(-127, Math.min(127, Math.round(weight / step))),
    ),
  );
  for (const row of [...steps, ...rows.map(({ row }) => row)]) {
    const present = [...row.entries()].filter(([, weight]) => weight !== 0);
    values.rice(present.length, WEIGHT_CODE.count);
    for (const [tag, weight] of present) {
      values.bits(tag, WEIGHT_CODE.tag);
      values.rice(Math.abs(weight) - 1, WEIGHT_CODE.size);
      values.bits(weight < 0 ? 1 : 0, 1);
    }
  }
  return {
    frequent: [...frequent].join(' '),
    classes,
    lexicon: textOf(lexicon.end()),
    keys: textOf(keys.end()),
    values: textOf(values.end()),
    step,
  };
}
