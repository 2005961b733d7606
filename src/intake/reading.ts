// What comes out of reading a file, whatever its format: text, what stands where in it, and what it says of itself.
import { dateRange } from '../record/date.ts';
import { type Problem, problem } from '../record/problem.ts';
import type { Layout } from '../record/source.ts';
import { type IntakeLimits, sizeText } from './limits.ts';

/** What a file says of itself; null where it says nothing. Dates are EDTF, the language a BCP 47 tag. */
export interface Metadata {
  title: string | null;
  author: string | null;
  published: string | null;
  language: string | null;
  publisher: string | null;
  address: string | null;
}

/** Nothing known. */
export const NO_METADATA: Metadata = {
  title: null,
  author: null,
  published: null,
  language: null,
  publisher: null,
  address: null,
};

/** A file, read. Every offset of the layout counts UTF-16 code units of the text. */
export interface Reading {
  ok: true;
  text: string;
  layout: Layout;
  metadata: Metadata;
  tool: string;
  toolVersion: string;
}

/** A file, read, or why not. */
export type ReadResult = Reading | { ok: false; problem: Problem };

/** What is known of a file before it is read. */
export interface FileNature {
  fileName: string | null;
  mediaType: string;
}

type Kind = Layout['blocks'][number]['kind'];

/** A text put together block by block, with the place of each. Blocks are set apart by a blank line, list items by a line end. */
export class TextOfBlocks {
  text = '';
  readonly blocks: Layout['blocks'] = [];
  readonly #most: number;

  constructor(limits: Pick<IntakeLimits, 'text'>) {
    this.#most = limits.text;
  }

  /** Adds a block and returns where it starts, or null when there is nothing in it. Throws `read.too-long`. */
  add(kind: Kind, words: string): number | null {
    if (words.trim() === '') return null;
    const both = kind === 'list-item' && this.blocks.at(-1)?.kind === 'list-item';
    if (this.text !== '') this.text += both ? '\n' : '\n\n';
    const start = this.text.length;
    this.text += words;
    if (this.text.length > this.#most) throw tooLong({ text: this.#most });
    this.blocks.push({ start, end: this.text.length, kind });
    return start;
  }
}

/** The problem of a text over the limit. */
export function tooLong(limits: Pick<IntakeLimits, 'text'>): Problem {
  return problem('read.too-long', { limit: sizeText(limits.text) });
}

/** White space as one space, trimmed; null when nothing is left, cut at `most` characters. */
export function oneLine(words: string | null | undefined, most = 300): string | null {
  const line = words?.replace(/\s+/g, ' ').trim() ?? '';
  if (line === '') return null;
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}

/** A language tag as people write it in files ("en_GB", "FR") as BCP 47, or null. */
export function languageTag(words: string | null | undefined): string | null {
  const [language = '', ...rest] = (words ?? '').trim().replaceAll('_', '-').split('-');
  if (!/^[a-z]{2,3}$/i.test(language)) return null;
  const parts = rest.filter((part) => /^[a-z0-9]{2,8}$/i.test(part));
  return [language.toLowerCase(), ...parts].join('-');
}

/** The day of a timestamp as its writer's calendar had it, EDTF, or null: "2014-10-29T23:10:00+01:00" → "2014-10-29". */
export function dayOf(words: string | null | undefined): string | null {
  const match = /^\s*(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?=$|[\sT+\-Z])/.exec(words ?? '');
  if (!match) return null;
  const day = match.slice(1).filter(Boolean).join('-');
  return dateRange(day) === null ? null : day;
}

/** A web address, or null. */
export function webAddress(words: string | null | undefined): string | null {
  try {
    const url = new URL((words ?? '').trim());
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
    return isWeb && url.href.length <= 2000 ? url.href : null;
  } catch {
    return null;
  }
}
