/**
 * Mutation: bits flipped, pieces cut, doubled, swapped and spliced from other seeds, lengths that lie, tokens of the
 * format in wrong places; and for plain values other types, missing, extra and dangerous keys, and depth.
 */

/** Whole numbers from 0 to 2³² − 1, from a seed (mulberry32). */
export type Random = (below: number) => number;

/** A repeatable source of numbers: `random(n)` is from 0 up to, and without, n. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A seed from some parts (FNV-1a), so that every target and every run has numbers of its own. */
export function seedOf(...parts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('\u0000'))
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash | 0;
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random(items.length)]!;

/** Numbers at which lengths and counters break, as they stand in 1, 2, 4 or 8 bytes. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0xffffffff];

/** Words that programs have choked on. */
export const BAD_WORDS = [
  ...['', ' ', '\u0000', '\ud800', '\udfff', '\ufeff', '\u202e', '\u2028', '\r', '\n', '\r\n', '\t', '🏕️'],
  ...['%00', '%', '../../../../etc/passwd', "' or '1'='1", '"; drop table records; --', '#{7*7}', '{{7*7}}'],
  ...[
    '<script>alert(1)</script>',
    '<!--',
    ']]>',
    '=1+1',
    '@SUM(A1)',
    'null',
    'undefined',
    'NaN',
    '__proto__',
  ],
  ...['constructor', 'toString', '-1', '0', '-0', '1e309', '9007199254740993', '1.7976931348623157e308'],
  ...[
    '99999999999999999999',
    '0x10',
    '١٢٣',
    'İ',
    'ﬁ',
    'e\u0301',
    'true',
    '[]',
    '{}',
    '\\',
    '\\u0000',
    '*',
    '%s',
  ],
];

/** One input changed a few times. `others` are what pieces may be taken from. */
export function mutate(
  random: Random,
  input: unknown,
  others: readonly unknown[],
  tokens: readonly string[] = [],
  longest = 200_000,
): unknown {
  let changed = input;
  for (let rounds = 1 + random(4); rounds > 0; rounds--) {
    if (changed instanceof Uint8Array)
      changed = mutateBytes(random, changed, bytesOf(pick(random, others)), tokens);
    else if (typeof changed === 'string')
      changed = mutateText(random, changed, textOf(pick(random, others)), tokens);
    else changed = mutateValue(random, changed);
  }
  if (changed instanceof Uint8Array) return changed.length > longest ? changed.slice(0, longest) : changed;
  if (typeof changed === 'string') return changed.length > longest ? changed.slice(0, longest) : changed;
  return changed;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(0));

function mutateBytes(
  random: Random,
  bytes: Uint8Array,
  other: Uint8Array,
  tokens: readonly string[],
): Uint8Array {
  const { length } = bytes;
  const at = random(length + 1);
  const run = 1 + random(random(4) === 0 ? Math.max(1, length) : 16);
  switch (random(10)) {
    case 0:
    case 1: {
      if (length === 0) return other.slice();
      const flipped = bytes.slice();
      for (let bits = 1 + random(4); bits > 0; bits--) {
        const place = random(length);
        flipped[place] = flipped[place]! ^ (1 << random(8));
      }
      return flipped;
    }
    case 2:
      return random(2) === 0 ? bytes.slice(0, at) : bytes.slice(at);
    case 3:
      return join([bytes.subarray(0, at), bytes.subarray(Math.min(length, at + run))]);
    case 4: {
      const piece = bytes.subarray(at, at + run);
      const times = random(20) === 0 ? 1 + random(2000) : 1 + random(4);
      if (piece.length * times > 400_000) return bytes;
      return join([bytes.subarray(0, at), ...Array(times).fill(piece), bytes.subarray(at)]);
    }
    case 5: {
      const from = random(other.length + 1);
      return join([bytes.subarray(0, at), other.subarray(from, from + run), bytes.subarray(at)]);
    }
    case 6: {
      // A length that lies: an edge, or the number that stands there give or take one, in either byte order.
      const size = pick(random, [1, 2, 4, 8]);
      if (length < size) return bytes;
      const lying = bytes.slice();
      const view = new DataView(lying.buffer, random(length - size + 1), size);
      const little = random(2) === 0;
      const edge = BigInt(pick(random, EDGES));
      if (size === 1) view.setUint8(0, Number(edge & 0xffn));
      else if (size === 2)
        view.setUint16(
          0,
          (random(2) === 0 ? Number(edge) : view.getUint16(0, little) + random(3) - 1) & 0xffff,
          little,
        );
      else if (size === 4)
        view.setUint32(
          0,
          (random(2) === 0 ? Number(edge) : view.getUint32(0, little) + random(3) - 1) >>> 0,
          little,
        );
      else view.setBigUint64(0, random(2) === 0 ? edge : 0xffffffffffffffffn - edge, little);
      return lying;
    }
    case 7: {
      const token = new TextEncoder().encode(
        pick(random, tokens.length > 0 && random(3) > 0 ? tokens : BAD_WORDS),
      );
      const until = random(2) === 0 ? at : Math.min(length, at + token.length);
      return join([bytes.subarray(0, at), token, bytes.subarray(until)]);
    }
    case 8: {
      const noise = Uint8Array.from({ length: run }, () => random(256));
      return join([bytes.subarray(0, at), noise, bytes.subarray(at)]);
    }
    default: {
      // Two stretches change places.
      const [from, to] = [Math.min(at, random(length + 1)), at];
      const end = Math.min(length, to + (to - from));
      return join([
        bytes.subarray(0, from),
        bytes.subarray(to, end),
        bytes.subarray(from, to),
        bytes.subarray(end),
      ]);
    }
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The same for a text, by UTF-16 code units, so that characters are halved too. */
export function mutateText(
  random: Random,
  text: string,
  other: string,
  tokens: readonly string[] = [],
): string {
  const { length } = text;
  const at = random(length + 1);
  const run = 1 + random(random(4) === 0 ? Math.max(1, length) : 12);
  switch (random(9)) {
    case 0:
    case 1: {
      if (length === 0) return pick(random, BAD_WORDS);
      const place = random(length);
      const unit = text.charCodeAt(place) ^ (1 << random(random(4) === 0 ? 16 : 7));
      return text.slice(0, place) + String.fromCharCode(unit) + text.slice(place + 1);
    }
    case 2:
      return random(2) === 0 ? text.slice(0, at) : text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(at + run);
    case 4: {
      const piece = text.slice(at, at + run);
      const times = random(20) === 0 ? 1 + random(2000) : 1 + random(4);
      return piece.length * times > 400_000 ? text : text.slice(0, at) + piece.repeat(times) + text.slice(at);
    }
    case 5: {
      const from = random(other.length + 1);
      return text.slice(0, at) + other.slice(from, from + run) + text.slice(at);
    }
    case 6:
    case 7: {
      const token = pick(random, tokens.length > 0 && random(3) > 0 ? tokens : BAD_WORDS);
      return text.slice(0, at) + token + text.slice(random(2) === 0 ? at : at + token.length);
    }
    default: {
      const units = Array.from({ length: run }, () => random(random(3) === 0 ? 0x10000 : 0x80));
      return text.slice(0, at) + String.fromCharCode(...units.slice(0, 2000)) + text.slice(at);
    }
  }
}

/** Keys that reach what no input should reach. */
const BAD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  '',
  '\u0000',
  'hasOwnProperty',
];

/** A value of another kind than was expected. */
export function badValue(random: Random): unknown {
  switch (random(12)) {
    case 0:
      return null;
    case 1:
      return random(2) === 0;
    case 2:
      return pick(random, [0, -0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 53), 2 ** 31, 2 ** 63, 1e-320, 0.1]);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return [[[]]];
    case 6:
      return nested(10 + random(2000));
    case 7:
      return pick(random, BAD_WORDS).repeat(1 + random(3000));
    case 8:
      return Array.from({ length: random(300) }, (_, at) => at);
    case 9:
      return JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    default:
      return pick(random, BAD_WORDS);
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
}

/** A plain value changed in one place. */
export function mutateValue(random: Random, value: unknown): unknown {
  if (value instanceof Uint8Array) return mutateBytes(random, value, value, []);
  if (value === null || typeof value !== 'object' || random(8) === 0) return mutateLeaf(random, value);
  if (Array.isArray(value)) {
    const list = [...value];
    const at = random(list.length + 1);
    switch (random(5)) {
      case 0:
        list.splice(at, 1);
        return list;
      case 1:
        list.splice(at, 0, list.length > 0 && random(2) === 0 ? pick(random, list) : badValue(random));
        return list;
      case 2:
        return list.length > 0 ? Array.from({ length: 1 + random(200) }, () => pick(random, list)) : [null];
      default:
        if (list.length === 0) return [badValue(random)];
        list[at % list.length] = mutateValue(random, list[at % list.length]);
        return list;
    }
  }
  const entries = Object.entries(value);
  const at = random(Math.max(1, entries.length));
  switch (random(7)) {
    case 0:
      entries.splice(at, 1);
      break;
    case 1:
      // As JSON.parse would make it: an own key, whatever its name.
      entries.push([random(2) === 0 ? pick(random, BAD_KEYS) : pick(random, BAD_WORDS), badValue(random)]);
      break;
    case 2:
      if (entries.length > 1) entries[at] = [entries[at]![0], pick(random, entries)[1]];
      break;
    default:
      if (entries.length > 0) entries[at] = [entries[at]![0], mutateValue(random, entries[at]![1])];
  }
  const changed: Record<string, unknown> = {};
  for (const [key, field] of entries)
    Object.defineProperty(changed, key, {
      value: field,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return changed;
}

function mutateLeaf(random: Random, value: unknown): unknown {
  if (typeof value === 'string' && random(3) > 0) return mutateText(random, value, value);
  if (typeof value === 'number' && random(3) > 0)
    return pick(random, [value + 1, value - 1, -value, value * 1e6, value + 0.5, String(value), 0]);
  if (typeof value === 'boolean' && random(2) === 0) return !value;
  return badValue(random);
}
