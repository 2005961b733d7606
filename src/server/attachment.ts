// A stored file on its way out: an attachment that no browser opens here, whatever is in it, and streamed whatever its size.
import { Readable } from 'node:stream';

/** What a file is sent as. */
export interface Attached {
  /** The name it is saved under; made safe here. */
  name: string;
  bytes: number;
}

/**
 * The file as an answer: never shown, never kept by a cache, never readable from another site. Should a browser open it all
 * the same, then in a sandbox without script, without origin and without anything to load.
 */
export function attachment(file: Readable, { name, bytes }: Attached): Response {
  return new Response(Readable.toWeb(file) as ReadableStream, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(bytes),
      'Content-Disposition': dispositionOf(name),
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    },
  });
}

/**
 * A Content-Disposition that saves under a name (RFC 6266, RFC 8187). What could end the header, name a folder, hide the
 * ending from the eye (marks of writing direction) or from the system is left out or replaced.
 */
export function dispositionOf(name: string): string {
  const safe =
    name
      .toWellFormed()
      // Control characters, and the marks by which "gpj.exe" is shown as "exe.jpg".
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      .replace(/[/\\:*?"<>|]/g, '_')
      .replace(/^[.\s]+|[.\s]+$/g, '') || 'file';
  const shown = [...safe].slice(0, 200).join('');
  const plain = shown.replace(/[^\x20-\x7e]/g, '_').replace(/[%;]/g, '_');
  const exact = encodeURIComponent(shown).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
