// Tables of numbers packed into text: how the tagger's lexicon and weights travel inside a script, without a file to load.

/** Keys have this many bits. Two words in sixteen million share a key, which costs less than spelling the words out. */
export const KEY_BITS = 24;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 text without padding. */
export function bytesOf(text: string): Uint8Array {
  const value = new Uint8Array(128);
  for (let index = 0; index < 64; index++) value[ALPHABET.charCodeAt(index)] = index;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let at = 0;
  for (let index = 0; index < text.length; index += 4) {
    const four =
      (value[text.charCodeAt(index)]! << 18) |
      (value[text.charCodeAt(index + 1) & 127]! << 12) |
      (value[text.charCodeAt(index + 2) & 127]! << 6) |
      value[text.charCodeAt(index + 3) & 127]!;
    bytes[at++] = four >> 16;
    if (at < bytes.length) bytes[at++] = (four >> 8) & 255;
    if (at < bytes.length) bytes[at++] = four & 255;
  }
  return bytes;
}

/** Reads bits, most significant first; past the end it reads zeros. */
export interface BitReader {
  /** An unsigned number of `count` bits, at most 24. */
  bits(count: number): number;
  /** A Rice code: a quotient in unary (ones, then a zero), then `low` bits. */
  rice(low: number): number;
}

/** A reader of the bits of `bytes`. */
export function readBits(bytes: Uint8Array): BitReader {
  let held = 0;
  let count = 0;
  let at = 0;
  const bits = (wanted: number) => {
    while (count < wanted) {
      held = ((held & 0x7fffff) << 8) | (bytes[at++] ?? 0);
      count += 8;
    }
    count -= wanted;
    return (held >>> count) & ((1 << wanted) - 1);
  };
  const rice = (low: number) => {
    let quotient = 0;
    for (;;) {
      if (count === 0) {
        held = bytes[at++] ?? 0;
        count = 8;
      }
      // Leading ones of what is held, counted at once.
      const ones = Math.min(count, Math.clz32(~(held << (32 - count))));
      quotient += ones;
      count -= ones;
      if (count === 0) continue;
      count--;
      return (quotient << low) | bits(low);
    }
  };
  return { bits, rice };
}

/** Sorted keys with the place where each bucket of them begins, so that a look-up reads one or two. */
export interface KeyIndex {
  keys: Uint32Array;
  starts: Uint32Array;
}

const BUCKET_BITS = 16;

/** An index of keys that are sorted already: one pass, no hashing. */
export function indexKeys(keys: Uint32Array): KeyIndex {
  const starts = new Uint32Array((1 << BUCKET_BITS) + 1);
  let bucket = 0;
  for (let row = 0; row < keys.length; row++) {
    const own = keys[row]! >>> (KEY_BITS - BUCKET_BITS);
    while (bucket <= own) starts[bucket++] = row;
  }
  starts.fill(keys.length, bucket);
  return { keys, starts };
}

/** The place of a key among the sorted keys, or −1. */
export function findKey({ keys, starts }: KeyIndex, key: number): number {
  const bucket = key >>> (KEY_BITS - BUCKET_BITS);
  const end = starts[bucket + 1]!;
  for (let row = starts[bucket]!; row < end; row++) if (keys[row] === key) return row;
  return -1;
}

/** Sorted keys as Rice-coded gaps: 20 bits of count, 5 bits of `low`, the gaps. */
export function readKeys(reader: BitReader): Uint32Array {
  const keys = new Uint32Array(reader.bits(20));
  const low = reader.bits(5);
  let key = -1;
  for (let index = 0; index < keys.length; index++) {
    key += reader.rice(low) + 1;
    keys[index] = key;
  }
  return keys;
}
