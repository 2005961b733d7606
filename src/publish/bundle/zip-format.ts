// The one way Constat writes a zip: stored, undated, without comments, extra fields (but ZIP64 where sizes demand it) or
// gaps. Every byte that is not content follows from names, sizes and CRCs, so a reader can write it again and compare.
// After APPNOTE.TXT 6.3.10 (sections in brackets); docs/decisions/0007-a-strict-zip.md says why.
import { concatBytes, encodeUtf8 } from '../../log/bytes.ts';

/** A file in the zip. `offset` is where its local header begins. */
export interface ZipEntry {
  path: string;
  size: number;
  crc: number;
  offset: number;
}

/** The marker that says "see the ZIP64 field", and so the first size that needs one. */
const LIMIT_32 = 0xffffffff;
const LIMIT_16 = 0xffff;

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;

/** Bytes of the fixed parts. */
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
export const END_SIZE = 22;
export const END_64_SIZE = 56;
export const LOCATOR_SIZE = 20;

/** Names are UTF-8 [4.4.4, bit 11]; nothing else is set. */
const FLAGS = 0x0800;
/** 1 January 1980, the first day a zip can name [4.4.6]: when a bundle was made is in its seal. */
const DATE = 0x0021;
const VERSION = 20;
const VERSION_64 = 45;
/** Made on "Unix" [4.4.2], so that the mode below is read: an ordinary file, 0644. */
const UNIX = 3 << 8;
const MODE = 0o100644 * 0x10000;

/** Longest path; far below what any file system takes. */
const MAX_PATH = 200;
// Letters, digits, dot, hyphen, underscore; no segment begins with a dot, so none is "..", and no file is hidden.
const SAFE_PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
// Windows opens devices under these names, whatever follows the dot.
const DEVICE = /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\/|$)/i;

/** Whether a path is one that Constat writes: relative, and harmless on every system it may be unpacked on. */
export function isSafePath(path: string): boolean {
  return path.length <= MAX_PATH && SAFE_PATH.test(path) && !DEVICE.test(path) && !/\.(?:\/|$)/.test(path);
}

/** Writes little-endian numbers one after another. */
class Fields {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }
  u16(...values: number[]): this {
    for (const value of values) {
      this.#view.setUint16(this.#at, value, true);
      this.#at += 2;
    }
    return this;
  }
  u32(...values: number[]): this {
    for (const value of values) {
      this.#view.setUint32(this.#at, value, true);
      this.#at += 4;
    }
    return this;
  }
  u64(...values: number[]): this {
    for (const value of values) {
      this.#view.setBigUint64(this.#at, BigInt(value), true);
      this.#at += 8;
    }
    return this;
  }
}

const short = (value: number): number => Math.min(value, LIMIT_32);

/** The ZIP64 field [4.5.3] with these values; no bytes when there are none. */
function extra64(values: number[]): Uint8Array {
  if (values.length === 0) return new Uint8Array(0);
  return new Fields(4 + 8 * values.length).u16(1, 8 * values.length).u64(...values).bytes;
}

/** What stands before a file's content [4.3.7]. */
export function localHeader({ path, size, crc }: Omit<ZipEntry, 'offset'>): Uint8Array {
  const name = encodeUtf8(path);
  const extra = extra64(size >= LIMIT_32 ? [size, size] : []);
  const fixed = new Fields(LOCAL_SIZE)
    .u32(LOCAL_HEADER)
    .u16(extra.length > 0 ? VERSION_64 : VERSION, FLAGS, 0, 0, DATE)
    .u32(crc, short(size), short(size))
    .u16(name.length, extra.length);
  return concatBytes([fixed.bytes, name, extra]);
}

/** How many bytes stand before a file's content. Safe paths are ASCII, so a character is a byte. */
export function localHeaderSize({ path, size }: Pick<ZipEntry, 'path' | 'size'>): number {
  return LOCAL_SIZE + path.length + (size >= LIMIT_32 ? 20 : 0);
}

/** A file's line in the directory at the end [4.3.12]. */
export function centralHeader({ path, size, crc, offset }: ZipEntry): Uint8Array {
  const name = encodeUtf8(path);
  const extra = extra64([...(size >= LIMIT_32 ? [size, size] : []), ...(offset >= LIMIT_32 ? [offset] : [])]);
  const version = extra.length > 0 ? VERSION_64 : VERSION;
  const fixed = new Fields(CENTRAL_SIZE)
    .u32(CENTRAL_HEADER)
    .u16(UNIX | version, version, FLAGS, 0, 0, DATE)
    .u32(crc, short(size), short(size))
    .u16(name.length, extra.length, 0, 0, 0)
    .u32(MODE, short(offset));
  return concatBytes([fixed.bytes, name, extra]);
}

/** What ends the zip: the ZIP64 records where they are needed [4.3.14, 4.3.15], and the end record [4.3.16]. */
export function endRecords(count: number, directorySize: number, directoryOffset: number): Uint8Array {
  const parts: Uint8Array[] = [];
  if (needsEnd64(count, directorySize, directoryOffset)) {
    const end64 = new Fields(END_64_SIZE)
      .u32(END_64)
      // The record's size without these first twelve bytes.
      .u64(END_64_SIZE - 12)
      .u16(UNIX | VERSION_64, VERSION_64)
      .u32(0, 0)
      .u64(count, count, directorySize, directoryOffset);
    const locator = new Fields(LOCATOR_SIZE)
      .u32(END_64_LOCATOR, 0)
      .u64(directoryOffset + directorySize)
      .u32(1);
    parts.push(end64.bytes, locator.bytes);
  }
  const shortCount = Math.min(count, LIMIT_16);
  const end = new Fields(END_SIZE)
    .u32(END)
    .u16(0, 0, shortCount, shortCount)
    .u32(short(directorySize), short(directoryOffset))
    .u16(0);
  return concatBytes([...parts, end.bytes]);
}

function needsEnd64(count: number, directorySize: number, directoryOffset: number): boolean {
  return count >= LIMIT_16 || directorySize >= LIMIT_32 || directoryOffset >= LIMIT_32;
}

/** Where the directory lies and how many files it has, or null when these bytes are not an end record of ours. */
export function readEnd(bytes: Uint8Array): { count: number; size: number; offset: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length !== END_SIZE || view.getUint32(0, true) !== END || view.getUint16(20, true) !== 0)
    return null;
  return {
    count: view.getUint16(10, true),
    size: view.getUint32(12, true),
    offset: view.getUint32(16, true),
  };
}

/** Whether an end record says that the numbers are in the ZIP64 record before it. */
export function pointsToEnd64(end: { count: number; size: number; offset: number }): boolean {
  return end.count === LIMIT_16 || end.size === LIMIT_32 || end.offset === LIMIT_32;
}

/** The same from a ZIP64 end record. */
export function readEnd64(bytes: Uint8Array): { count: number; size: number; offset: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length !== END_64_SIZE || view.getUint32(0, true) !== END_64) return null;
  const [count, size, offset] = [32, 40, 48].map((at) => Number(view.getBigUint64(at, true)));
  if (![count, size, offset].every(Number.isSafeInteger)) return null;
  return { count: count!, size: size!, offset: offset! };
}

/** Reads the directory line at `at`; null when it is none. Which bytes it may have is decided by writing it again. */
export function readCentral(bytes: Uint8Array, at: number): { entry: ZipEntry; next: number } | null {
  if (at + CENTRAL_SIZE > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  if (view.getUint32(0, true) !== CENTRAL_HEADER) return null;
  const nameLength = view.getUint16(28, true);
  const extraLength = view.getUint16(30, true);
  const length = CENTRAL_SIZE + nameLength + extraLength;
  if (at + length > bytes.length || nameLength > MAX_PATH || extraLength > 28) return null;
  const name = bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
  // Safe paths are ASCII; anything else is refused by whoever looks at the path.
  const path = String.fromCharCode(...name);
  let wide = CENTRAL_SIZE + nameLength + 4;
  const widen = (value: number): number => {
    if (value !== LIMIT_32 || wide + 8 > length) return value;
    wide += 8;
    return Number(view.getBigUint64(wide - 8, true));
  };
  const size = widen(view.getUint32(24, true));
  if (size >= LIMIT_32) wide += 8;
  const offset = widen(view.getUint32(42, true));
  return { entry: { path, size, crc: view.getUint32(16, true), offset }, next: at + length };
}
