// Cells of numbers as people write them: "2,300", « 2 300 », "1.234,5", "+50 %", "£12m". What cannot be read says why.

/** The sign between a number's whole part and its decimals. */
export type DecimalMark = '.' | ',';

/** Why a cell is no number. */
export type NumberProblem = 'not-a-number' | 'too-large' | 'mixed-marks';

/** A number in a cell: its value, how many decimals were printed, and the unit that stood with it. */
export interface CellNumber {
  value: number;
  decimals: number;
  /** "%", an ISO 4217 code, or null. */
  unit: string | null;
}

const BLANK =
  /^(?:|[-–—.…?]+|n\/?[ad]|nan|null|none|nil|nc|n\.?c\.?|n\.?d\.?|unknown|inconnue?|nr|#n\/a|\.\.)$/i;

/** Whether a cell says that there is nothing in it. */
export function isBlank(cell: string): boolean {
  return BLANK.test(cell.trim());
}

const SYMBOLS: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  $: 'USD',
  eur: 'EUR',
  gbp: 'GBP',
  usd: 'USD',
  euros: 'EUR',
  euro: 'EUR',
  '%': '%',
};
const SCALES: Record<string, number> = {
  k: 1e3,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  bn: 1e9,
  md: 1e9,
  mds: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  billion: 1e9,
};
/** Counts beyond this are no counts, and sums of them are not exact. */
const LARGEST = 1e15;

const UNIT = '(?:%|€|£|\\$|eur(?:os?)?|gbp|usd)';
const SCALE = '(?:k|mn?|mio|millions?|bn|mds?|milliards?|billion)';
const CELL = new RegExp(
  `^(${UNIT})?\\s*([+−–-]?)\\s*(${UNIT})?\\s*(\\d[\\d.,'’ \\u00a0\\u202f\\u2009]*?)(e[+-]?\\d+)?\\s*(${SCALE})?\\s*(${UNIT})?$`,
  'i',
);

/**
 * The number in a cell, or why it is none. `mark` is the column's decimal mark, where it is known; without it, a single
 * comma before three digits separates thousands, as a single point before three digits does not.
 * @example readNumber('2 300,5', ',') // { value: 2300.5, decimals: 1, unit: null }
 */
export function readNumber(cell: string, mark?: DecimalMark | null): CellNumber | { problem: NumberProblem } {
  const text = cell.trim();
  const parts = CELL.exec(text);
  if (!parts) return { problem: 'not-a-number' };
  const [, before, sign, inner, written, power, scale, behind] = parts;
  const digits = readDigits(written!, mark ?? null);
  if (typeof digits === 'string') return { problem: digits };
  const units = [before, inner, behind].filter((one) => one !== undefined);
  if (units.length > 1) return { problem: 'not-a-number' };
  const times = scale === undefined ? 1 : SCALES[scale.toLowerCase()]!;
  // The power is read with the digits: 2.3 × 10² worked out is not quite 230.
  const whole = power === undefined ? digits.text : `${digits.text}${power}`;
  const value = scaled(whole, times) * (/[−–-]/.test(sign!) ? -1 : 1);
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST) return { problem: 'too-large' };
  const zeros = Math.round(Math.log10(times)) + (power === undefined ? 0 : Number(power.slice(1)));
  return {
    value: value === 0 ? 0 : value,
    decimals: Math.max(0, digits.decimals - zeros),
    unit: units[0] === undefined ? null : SYMBOLS[units[0].toLowerCase()]!,
  };
}

/** "62.7" times a million without the error of a product of floating point. */
function scaled(text: string, times: number): number {
  return times === 1 || /e/i.test(text)
    ? Number(text) * times
    : Number(`${text}e${Math.round(Math.log10(times))}`);
}

function readDigits(
  written: string,
  mark: DecimalMark | null,
): { text: string; decimals: number } | NumberProblem {
  const text = written.replace(/[\s\u00a0\u202f\u2009]+/g, ' ').trim();
  const spaced = text.replace(/(\d)[ '’](?=\d{3}(?!\d))/g, '$1');
  if (/[ '’]/.test(spaced)) return 'not-a-number';
  const [points, commas] = [count(spaced, '.'), count(spaced, ',')];
  let decimal: DecimalMark | null;
  if (points > 0 && commas > 0) {
    decimal = spaced.lastIndexOf('.') > spaced.lastIndexOf(',') ? '.' : ',';
    if (mark !== null && mark !== decimal) return 'mixed-marks';
  } else if (points > 1) decimal = ',';
  else if (commas > 1) decimal = '.';
  else if (commas === 1) decimal = mark ?? (/^[1-9]\d{0,2},\d{3}$/.test(spaced) ? '.' : ',');
  else if (points === 1) decimal = mark ?? '.';
  else decimal = mark ?? '.';
  if (mark !== null && decimal !== mark && (points > 1 || commas > 1)) return 'mixed-marks';
  const group = decimal === '.' ? ',' : '.';
  const [whole = '', fraction, more] = spaced.split(decimal);
  if (more !== undefined || fraction?.includes(group)) return 'not-a-number';
  if (whole.includes(group) && !new RegExp(`^\\d{1,3}(?:\\${group}\\d{3})+$`).test(whole)) {
    // "12.5" in a column of decimal commas is written by the other custom.
    return new RegExp(`^\\d+\\${group}\\d+$`).test(whole) && fraction === undefined
      ? 'mixed-marks'
      : 'not-a-number';
  }
  const plain = whole.replaceAll(group, '');
  return { text: fraction === undefined ? plain : `${plain}.${fraction}`, decimals: fraction?.length ?? 0 };
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

/**
 * The decimal mark of a column, from the cells that can only be read one way; 'mixed' where some say one and some the
 * other, null where none says. The one that more cells say is `mark` then.
 */
export function decimalMarkOf(cells: Iterable<string>): { mark: DecimalMark | null; mixed: boolean } {
  let [points, commas] = [0, 0];
  for (const cell of cells) {
    const told = markIn(cell);
    if (told === '.') points++;
    else if (told === ',') commas++;
  }
  const mark = points === 0 && commas === 0 ? null : points >= commas ? '.' : ',';
  return { mark, mixed: points > 0 && commas > 0 };
}

/** The decimal mark that a cell by itself can only have. */
function markIn(cell: string): DecimalMark | null {
  if (!/[.,]/.test(cell)) return null;
  const text =
    /\d[\d.,'’ \u00a0\u202f\u2009]*/.exec(cell)?.[0].replace(/[\s'’\u00a0\u202f\u2009]/g, '') ?? '';
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last < 0) return null;
  const [points, commas] = [count(text, '.'), count(text, ',')];
  const own = text[last] as DecimalMark;
  if (points > 0 && commas > 0) return own;
  // Marks that come more than once separate thousands.
  if (points > 1 || commas > 1) return own === '.' ? ',' : '.';
  // "1,234" may be either; "1,2" and "12345,678" cannot separate thousands.
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(text) ? null : own;
}
