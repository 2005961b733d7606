// The pen charts are drawn with: inks by light and dark, elements, words, and the shapes that tell parties apart.
import type { parseHTML } from 'linkedom';

/** Colours of parties by light and by dark, each at least 3:1 against its paper; the last is for all beyond the eighth. */
export const SERIES_COLOURS: readonly { light: string; dark: string }[] = [
  { light: '#1d5a99', dark: '#8fbdec' },
  { light: '#a1331f', dark: '#f1957f' },
  { light: '#835500', dark: '#e2b350' },
  { light: '#22663a', dark: '#86cf9c' },
  { light: '#743a80', dark: '#d3a0dd' },
  { light: '#0d6770', dark: '#7fcfd4' },
  { light: '#a02c60', dark: '#f09cc0' },
  { light: '#4d4a42', dark: '#cbc5b8' },
  { light: '#6e6a60', dark: '#a8a297' },
];
export const INKS = {
  ink: { light: '#1c1a17', dark: '#e9e5dc' },
  soft: { light: '#5b564d', dark: '#aaa498' },
  rule: { light: '#ddd8cb', dark: '#33373c' },
  base: { light: '#8b867a', dark: '#777d85' },
  paper: { light: '#fbfaf6', dark: '#16181b' },
} as const;
/** The party a mark belongs to, as a colour and a shape: beyond the eighth they share one. */
export const styleOf = (series: number) => Math.min(series, SERIES_COLOURS.length - 1);

/** The rules that colour charts by dark, and say where the focus is; for the stylesheets of pages and of files. */
export function chartRules(dark: string): string {
  const rules = SERIES_COLOURS.map(
    (colour, index) =>
      `.chart .fill-${index}{fill:${colour.dark}}.chart .line-${index}{stroke:${colour.dark}}`,
  );
  for (const [name, colour] of Object.entries(INKS))
    rules.push(`.chart .fill-${name}{fill:${colour.dark}}.chart .line-${name}{stroke:${colour.dark}}`);
  return `${dark}{${rules.join('')}}${CHART_RULES}`;
}

const CHART_RULES = [
  '.chart{display:block;inline-size:100%;block-size:auto;overflow:visible}',
  '.chart .mark{outline:none}',
  '.chart .ring{fill:none;stroke:none}',
  '.chart .mark:hover .ring{stroke:currentColor;stroke-width:1;stroke-dasharray:2 2}',
  '.chart .mark:focus .ring{stroke:currentColor;stroke-width:2.5;stroke-dasharray:none}',
].join('');

export const FONT =
  "'Source Sans 3','Source Sans 3 Variable','Noto Sans Arabic','Noto Sans Arabic Variable',sans-serif";
export const SIZE = 13;

/** Right-to-left words keep their own order inside a chart that runs from left to right. */
export const isolated = (words: string) => `\u2067${words}\u2069`;

/** Makes elements of an SVG. */
export class Pen {
  readonly #document: ReturnType<typeof parseHTML>['document'];
  readonly isRightToLeft: boolean;
  constructor(document: ReturnType<typeof parseHTML>['document'], isRightToLeft: boolean) {
    this.#document = document;
    this.isRightToLeft = isRightToLeft;
  }

  element(name: string, attributes: Record<string, string | number>, ...inside: Element[]): Element {
    const element = this.#document.createElementNS('http://www.w3.org/2000/svg', name) as unknown as Element;
    for (const [key, value] of Object.entries(attributes))
      element.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
    element.append(...inside);
    return element;
  }

  /** Words at a place; `ink` is one of the inks, or a party's number. */
  text(
    words: string,
    x: number,
    y: number,
    more: Record<string, string | number> & { ink?: Ink } = {},
  ): Element {
    const { ink = 'ink', ...attributes } = more;
    const element = this.element('text', { x, y, ...this.filled(ink), ...attributes });
    element.textContent = this.isRightToLeft ? isolated(words) : words;
    return element;
  }

  filled(ink: Ink): Record<string, string> {
    return { class: `fill-${ink}`, fill: lightOf(ink) };
  }

  lined(ink: Ink): Record<string, string> {
    return { class: `line-${ink}`, stroke: lightOf(ink), fill: 'none' };
  }
}

export type Ink = keyof typeof INKS | number;
const lightOf = (ink: Ink) => (typeof ink === 'number' ? SERIES_COLOURS[ink]!.light : INKS[ink].light);

/** How wide words come out, roughly and rather too wide: there is nobody to measure them, and a file may meet other fonts. */
export function widthOf(words: string, size: number): number {
  let ems = 0;
  for (const character of words) {
    if (/[ilj.,:;'’|!\s\u200f]/.test(character)) ems += 0.27;
    else if (/[mwMW%@—]/.test(character)) ems += 0.83;
    else if (/[A-ZÀ-Ý\u0600-\u06ff]/.test(character)) ems += 0.6;
    else ems += 0.51;
  }
  return ems * size * 1.13;
}

/** Words cut into lines that fit; the last is cut short where there are too many. */
export function wrap(words: string, size: number, width: number, most = Infinity): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]}…`];
}
