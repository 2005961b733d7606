// Numbers as people write them: "2,300", "2 300", "2.300,50", "−5". What was read is always shown back in words.

/**
 * Reads a number written by hand; null when it is none. Spaces of every width and apostrophes only group digits.
 * Where both a comma and a point stand, the last of them begins the decimals. One that stands alone before exactly
 * three digits can be read both ways ("2,300"): then the habit of the reader's language decides.
 * @example readNumber('2,300', 'en') // 2300
 * @example readNumber('2,3', 'en') // 2.3
 */
export function readNumber(text: string, locale: string): number | null {
  const written = text
    .trim()
    .replace(/[\s\u00a0\u2009\u202f'’]/gu, '')
    .replace(/^[−–]/u, '-');
  if (!/^[+-]?\d[\d.,]*$/.test(written)) return null;
  const marks: string[] = written.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return Number(written);
  const other = last === ',' ? '.' : ',';
  const count = marks.filter((mark) => mark === last).length;
  const isDecimal = marks.includes(other)
    ? count === 1
    : count === 1 && (!/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(written) || last === decimalMark(locale));
  const group = isDecimal ? other : last;
  const [whole, decimals] = isDecimal ? splitLast(written, last) : [written, ''];
  // Groups are of three digits; "1,23,4" is a slip of the hand, not a number.
  const groups = whole.replace(/^[+-]/, '').split(group);
  if (whole.includes(isDecimal ? last : other) || !/^\d*$/.test(decimals)) return null;
  if (groups.length > 1 && !groups.every((one, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(one)))
    return null;
  return Number(`${whole.startsWith('-') ? '-' : ''}${groups.join('')}${decimals ? `.${decimals}` : ''}`);
}

function splitLast(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

function decimalMark(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')!.value;
}
