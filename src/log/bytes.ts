// Bytes to text and back, strictly: every value has exactly one encoding, so that a changed byte is never read as
// the same value.

import { malformed } from './error.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const HEX = '0123456789abcdef';
const NOT_A_DIGIT = 255;

const base64Values = digitValues(BASE64);
const hexValues = digitValues(HEX);

function digitValues(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(NOT_A_DIGIT);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}

// Beyond ASCII the table yields undefined, which counts as no digit.
function digit(values: Uint8Array, text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? NOT_A_DIGIT;
}

/** Standard base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += BASE64[group >> 18]! + BASE64[(group >> 12) & 63]!;
    text += left > 1 ? BASE64[(group >> 6) & 63]! : '=';
    text += left > 2 ? BASE64[group & 63]! : '=';
  }
  return text;
}

/**
 * Decodes standard base64 (RFC 4648 §4), canonical form only: padding present, unused bits zero (§3.5), no white space.
 * @throws LogError `malformed`
 */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw malformed('base64', 'the length is not a multiple of four');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const digits = text.length - padding;
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < digits; i++) {
    const value = digit(base64Values, text, i);
    if (value === NOT_A_DIGIT) throw malformed('base64', 'a character outside the alphabet');
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw malformed('base64', 'the unused bits are not zero');
  return bytes;
}

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte >> 4]! + HEX[byte & 15]!;
  return text;
}

/**
 * Decodes hexadecimal, lower case only and an even number of digits.
 * @throws LogError `malformed`
 */
export function decodeHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw malformed('hex', 'an odd number of digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = digit(hexValues, text, 2 * i);
    const low = digit(hexValues, text, 2 * i + 1);
    if (high === NOT_A_DIGIT || low === NOT_A_DIGIT)
      throw malformed('hex', 'not a lower-case hexadecimal digit');
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

const encoder = new TextEncoder();
// Without ignoreBOM the decoder drops a leading U+FEFF in silence, and two different files would read the same.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * UTF-8 of a text.
 * @throws LogError `malformed` on a lone surrogate, which an encoder would silently replace
 */
export function encodeUtf8(text: string): Uint8Array {
  if (hasLoneSurrogate(text)) throw malformed('text', 'a lone surrogate has no UTF-8 form');
  return encoder.encode(text);
}

/**
 * Text of UTF-8 bytes; a byte order mark is kept as a character.
 * @throws LogError `malformed` when the bytes are not valid UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed('text', 'not valid UTF-8');
  }
}

/** Whether a string holds half of a surrogate pair (and so is not a Unicode text). */
export function hasLoneSurrogate(text: string): boolean {
  return /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

/** One array of all parts, in order. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Order of two byte strings: by first differing byte, then by length; negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether two byte strings are the same. Not constant-time: everything compared here is public. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

/**
 * A size or index written in ASCII decimal without leading zeros, as checkpoints and proofs have it.
 * @throws LogError `malformed`, also above 2^53 − 1, where a JavaScript number is no longer exact
 */
export function parseDecimal(text: string, subject: string): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw malformed(subject, 'not a decimal number without leading zeros');
  return value;
}
