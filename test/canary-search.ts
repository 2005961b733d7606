/** Canaries: words that are nowhere else, planted where nothing may get out, and found again in whatever form they left. */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** What every canary begins with. Letters and digits only: URLs, JSON, HTML and CSV leave it as it is. */
const MARK = 'zqxcanary';
/** Digits after the mark. */
const DIGITS = 6;

/** The n-th canary. */
export function canary(n: number): string {
  return MARK + String(n).padStart(DIGITS, '0');
}

/** A form a text can take, and how to read a canary that begins at an offset. */
interface Form {
  name: string;
  pattern: Buffer;
  /** Bytes of a whole canary in this form, from the pattern on; and those bytes as text. */
  length: number;
  read: (bytes: Buffer) => string;
}

const LENGTH = MARK.length + DIGITS;

function forms(): Form[] {
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const list: Form[] = [
    {
      name: 'as it is',
      pattern: Buffer.from(MARK),
      length: LENGTH,
      read: (bytes) => bytes.toString('latin1'),
    },
    {
      name: 'UTF-16 LE',
      pattern: Buffer.from(MARK, 'utf16le'),
      length: LENGTH * 2,
      read: (bytes) => bytes.toString('utf16le'),
    },
    {
      name: 'UTF-16 BE',
      pattern: utf16be(MARK),
      length: LENGTH * 2,
      read: (bytes) => Buffer.from(bytes).swap16().toString('utf16le'),
    },
    {
      name: 'hexadecimal',
      pattern: Buffer.from(Buffer.from(MARK).toString('hex')),
      length: LENGTH * 2,
      read: (bytes) => Buffer.from(bytes.toString('latin1'), 'hex').toString('latin1'),
    },
  ];
  // Three bytes make four signs, so that a text has three forms, by where in a group of three it begins.
  for (const before of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(before, 'a'), Buffer.from(MARK)]).toString('base64');
    // Signs that depend on the mark alone: those of whole groups after the first, where something stands before it.
    const from = before === 0 ? 0 : 4;
    const to = Math.floor((before + MARK.length) / 3) * 4;
    const skipped = before === 0 ? 0 : 3 - before;
    const left = LENGTH - skipped;
    for (const url of [false, true]) {
      const pattern = whole.slice(from, to);
      if (url && !/[+/]/.test(pattern)) continue;
      list.push({
        name: `base64, ${before}`,
        pattern: Buffer.from(url ? pattern.replaceAll('+', '-').replaceAll('/', '_') : pattern),
        length: Math.ceil(left / 3) * 4,
        read: (bytes) =>
          MARK.slice(0, skipped) + Buffer.from(bytes.toString('latin1'), 'base64').toString('latin1'),
      });
    }
  }
  return list;
}

const FORMS = forms();
const WHOLE = new RegExp(`^${MARK}\\d{${DIGITS}}`);

/** The canaries in some bytes, in every form, also inside what is packed (gzip, zip, PNG and PDF streams); each with where. */
export function findCanaries(bytes: Uint8Array, depth = 0): Map<string, string> {
  const found = new Map<string, string>();
  // Search folds case, and so may whatever writes what it found.
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const folded = Buffer.from(raw);
  for (let at = 0; at < folded.length; at++) {
    const byte = folded[at]!;
    if (byte >= 0x41 && byte <= 0x5a) folded[at] = byte + 32;
  }
  for (const form of FORMS) {
    const haystack = form.name.startsWith('base64') ? raw : folded;
    for (let at = haystack.indexOf(form.pattern); at !== -1; at = haystack.indexOf(form.pattern, at + 1)) {
      const [word] = WHOLE.exec(form.read(haystack.subarray(at, at + form.length))) ?? [];
      if (word !== undefined && !found.has(word)) found.set(word, form.name);
    }
  }
  if (depth < 4)
    for (const part of unpacked(raw))
      for (const [word, where] of findCanaries(part, depth + 1))
        if (!found.has(word)) found.set(word, `packed, ${where}`);
  return found;
}

/** What is packed in some bytes, as far as it unpacks. */
function* unpacked(bytes: Buffer): Generator<Buffer> {
  const attempt = (unpack: () => Buffer): Buffer | null => {
    try {
      return unpack();
    } catch {
      return null;
    }
  };
  const limits = { maxOutputLength: 50_000_000 };
  for (let at = bytes.indexOf('1f8b08', 0, 'hex'); at !== -1; at = bytes.indexOf('1f8b08', at + 1, 'hex')) {
    const part = attempt(() => gunzipSync(bytes.subarray(at), limits));
    if (part) yield part;
  }
  // Entries of zips whose data is deflated: local header, APPNOTE.TXT §4.3.7.
  for (
    let at = bytes.indexOf('504b0304', 0, 'hex');
    at !== -1;
    at = bytes.indexOf('504b0304', at + 1, 'hex')
  ) {
    if (bytes.length < at + 30 || bytes.readUInt16LE(at + 8) !== 8) continue;
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const part = attempt(() => inflateRawSync(bytes.subarray(from), { ...limits, finishFlush: 2 }));
    if (part) yield part;
  }
  // Streams of PDF files.
  for (let at = bytes.indexOf('stream\n'); at !== -1; at = bytes.indexOf('stream\n', at + 1)) {
    const part = attempt(() => inflateSync(bytes.subarray(at + 7), { ...limits, finishFlush: 2 }));
    if (part) yield part;
  }
  // Text chunks of PNG files that are packed: zTXt has a keyword, a zero, the method, then zlib.
  for (let at = bytes.indexOf('zTXt'); at !== -1; at = bytes.indexOf('zTXt', at + 1)) {
    const zero = bytes.indexOf(0, at + 4);
    const part =
      zero === -1
        ? null
        : attempt(() => inflateSync(bytes.subarray(zero + 2), { ...limits, finishFlush: 2 }));
    if (part) yield part;
  }
}

/** Whether some bytes hold a secret that is no canary, as it is, in hexadecimal or in base64 by itself. */
export function holdsSecret(bytes: Uint8Array, secret: string): boolean {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = Buffer.from(secret);
  return [
    text,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(text.toString('hex')),
    Buffer.from(text.toString('base64').replace(/=+$/, '')),
  ].some((form) => raw.includes(form));
}
