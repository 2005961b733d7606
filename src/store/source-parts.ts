// A source's text in parts, for search: a tsvector has a size limit, and a snippet is cut from a part.

/** The longest part, in UTF-16 code units. */
const PART_LENGTH = 20_000;

/** Cuts a text into parts of at most `most` characters, at white space where there is any. The parts joined are the text. */
export function textParts(text: string, most = PART_LENGTH): { start: number; words: string }[] {
  const parts: { start: number; words: string }[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.length - start <= most ? text.length : cut(text, start, start + most);
    parts.push({ start, words: text.slice(start, end) });
    start = end;
  }
  return parts;
}

/** The last place after white space before `limit`; without any in the second half, `limit` itself, outside a surrogate pair. */
function cut(text: string, start: number, limit: number): number {
  for (let end = limit; end > start + (limit - start) / 2; end--) {
    if (/\s/.test(text[end - 1]!)) return end;
  }
  const last = text.charCodeAt(limit - 1);
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
}
