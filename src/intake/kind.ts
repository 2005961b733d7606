// What a file is, by its content: its first bytes and, for zip files, the names in its directory. Never by its name.
// One exception: Markdown and tables are plain text that no byte tells apart, so among plain texts the name decides.
import { CSV, TSV, XLSX } from '../record/source.ts';

/** The media type of a DOCX file. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** How much of a file's beginning and end `mediaTypeOf` looks at. */
export const HEAD_LENGTH = 64 * 1024;
export const TAIL_LENGTH = 128 * 1024;

const SIGNATURES: [mediaType: string, at: number, bytes: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['image/bmp', 0, 'BM'],
  ['image/heic', 4, 'ftypheic'],
  ['image/heic', 4, 'ftypmif1'],
  ['image/avif', 4, 'ftypavif'],
  ['video/mp4', 4, 'ftyp'],
  ['video/x-matroska', 0, '\x1a\x45\xdf\xa3'],
  ['video/x-msvideo', 8, 'AVI '],
  ['audio/wav', 8, 'WAVE'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/flac', 0, 'fLaC'],
  ['application/gzip', 0, '\x1f\x8b'],
  ['application/x-7z-compressed', 0, "7z\xbc\xaf'\x1c"],
  ['application/vnd.rar', 0, 'Rar!'],
  ['application/x-xz', 0, '\xfd7zXZ\0'],
  ['application/zstd', 0, '\x28\xb5\x2f\xfd'],
  ['application/rtf', 0, '{\\rtf'],
  ['application/postscript', 0, '%!PS'],
  ['application/x-elf', 0, '\x7fELF'],
  ['application/vnd.sqlite3', 0, 'SQLite format 3\0'],
];

// Zip files say what they are by the names in them, found in the directory at the end, and, when that is cut off,
// at the beginning.
const PACKED: [mediaType: string, name: string][] = [
  ['application/vnd.oasis.opendocument.text', 'mimetypeapplication/vnd.oasis.opendocument.text'],
  [
    'application/vnd.oasis.opendocument.spreadsheet',
    'mimetypeapplication/vnd.oasis.opendocument.spreadsheet',
  ],
  ['application/epub+zip', 'mimetypeapplication/epub+zip'],
  [DOCX, 'word/document.xml'],
  [XLSX, 'xl/workbook.xml'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'ppt/presentation.xml'],
];

/** The images a picture for publication can be made of. What is drawn by instructions (SVG) becomes pixels. */
const PICTURABLE = new Set([
  ...['image/jpeg', 'image/png', 'image/webp', 'image/tiff', 'image/gif', 'image/avif', 'image/svg+xml'],
]);

/** Whether a picture can be made of files of this type. */
export function isPicturable(mediaType: string): boolean {
  return PICTURABLE.has(mediaType);
}

// The openings by which browsers know HTML (WHATWG MIME Sniffing, §7.1), and those of pages saved in pieces.
const HTML =
  /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|script|iframe|h[1-6]|div|article|main|section|title|meta|style|table|p)[\s>/]/i;
const SVG = /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype svg[^>]*>\s*)?<svg[\s>]/i;

/**
 * The media type of a file from its beginning (up to 64 KB) and end (up to 128 KB). `fileName` only tells Markdown
 * and tables from other plain text. What is neither text nor known is application/octet-stream.
 */
export function mediaTypeOf(head: Buffer, tail: Buffer, fileName: string | null): string {
  if (head.subarray(0, 1024).includes('%PDF-')) return 'application/pdf';
  const opening = head.subarray(0, 64).toString('latin1');
  if (opening.startsWith('PK\x03\x04') || opening.startsWith('PK\x05\x06')) return packedType(head, tail);
  if (opening.startsWith('\xd0\xcf\x11\xe0')) return oleType(head, tail);
  // "BM" also opens words; a bitmap's header holds a zero after its size.
  const signature = SIGNATURES.find(
    ([type, at, bytes]) => opening.startsWith(bytes, at) && (type !== 'image/bmp' || head.includes(0)),
  );
  if (signature) return signature[0];
  return textType(head, fileName);
}

function packedType(head: Buffer, tail: Buffer): string {
  const known = PACKED.find(([, name]) => tail.includes(name) || head.includes(name));
  return known?.[0] ?? 'application/zip';
}

// Office files with a password are OLE files that hold a stream of this name (MS-OFFCRYPTO §2.3.4.4).
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
/** An office document behind a password. */
export const ENCRYPTED_OFFICE = 'application/vnd.ms-office.encrypted';

function oleType(head: Buffer, tail: Buffer): string {
  if (head.includes(ENCRYPTED) || tail.includes(ENCRYPTED)) return ENCRYPTED_OFFICE;
  return head.includes(Buffer.from('WordDocument', 'utf16le')) ||
    tail.includes(Buffer.from('WordDocument', 'utf16le'))
    ? 'application/msword'
    : 'application/x-ole-storage';
}

function textType(head: Buffer, fileName: string | null): string {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!wide && head.includes(0)) return 'application/octet-stream';
  const opening = head
    .subarray(0, 4096)
    .toString(wide ? 'utf16le' : 'latin1')
    .replace(/^(?:\xef\xbb\xbf|\ufeff)/, '')
    .trimStart();
  if (SVG.test(opening)) return 'image/svg+xml';
  if (HTML.test(opening)) return 'text/html';
  if (/\.(md|markdown|mdown)$/i.test(fileName ?? '')) return 'text/markdown';
  if (/\.csv$/i.test(fileName ?? '')) return CSV;
  if (/\.(tsv|tab)$/i.test(fileName ?? '')) return TSV;
  return 'text/plain';
}
