// Citing a record: in words, as BibTeX, as RIS, and as the meta tags that reference managers read.
import type { PublicRecord } from '../record/public-view.ts';
import type { Publication } from '../record/report.ts';
import { headline, type PublicMessages } from './public-words.ts';

/** What a citation needs to know. */
export interface Citation {
  id: string;
  title: string;
  dossier: string;
  /** Who published the dossier; a phrase where nobody gave a name. */
  publisher: string;
  hasPublisher: boolean;
  publication: number;
  /** When that publication was made. */
  at: string;
  /** The address of the version cited, which does not change. */
  address: string;
  language: string | null;
  /** The number in the log, once it has one. */
  index: number | null;
}

/** The citation of a record as it stands in a publication. */
export function citationOf(
  view: PublicRecord,
  publication: Publication,
  of: { address: string; language: string; index: number | null },
  m: PublicMessages,
): Citation {
  return {
    id: view.id,
    title: headline(view, m, 200),
    dossier: publication.title,
    publisher: publication.publishedBy ?? m.t('public.publisher-unnamed'),
    hasPublisher: publication.publishedBy !== null,
    publication: publication.number,
    at: publication.at,
    ...of,
  };
}

/** A sentence to copy. */
export function citationText(citation: Citation, m: PublicMessages): string {
  const { publisher, title, dossier, publication, address, index } = citation;
  const values = {
    publisher,
    title,
    dossier,
    publication,
    address,
    number: publication,
    date: m.date(citation.at),
  };
  const text =
    index === null
      ? m.t('public.cite.text.waiting', values)
      : m.t('public.cite.text', { ...values, index: String(index) });
  // A sentence begins with a capital, whatever the publisher's name begins with.
  return text.charAt(0).toLocaleUpperCase(m.locale) + text.slice(1);
}

const BIBTEX: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

/** Text as BibTeX takes it literally: one line, every character that means something to TeX escaped. */
function bibtexText(text: string): string {
  return oneLine(text).replace(/[\\{}$&#%_^~]/g, (character) => BIBTEX[character]!);
}

const oneLine = (text: string) => text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();

/** The citation as a BibTeX entry (`@misc`, UTF-8). */
export function bibtex(citation: Citation): string {
  const [year, month] = citation.at.split('-');
  const fields: [string, string][] = [
    // Twice braced: a body's name is not to be cut into first and last names; and a title keeps its capitals.
    ...(citation.hasPublisher ? [['author', `{${bibtexText(citation.publisher)}}`] as [string, string]] : []),
    ['title', `{${bibtexText(citation.title)}}`],
    ['howpublished', `In: ${bibtexText(citation.dossier)}, publication ${citation.publication}`],
    ['year', year!],
    ['month', String(Number(month))],
    // An address is printed by \url, which wants no escapes; ours hold no braces.
    ['url', citation.address.replace(/[{}\\\s]/g, encodeURIComponent)],
    ...(citation.index === null ? [] : [['note', `Log entry ${citation.index}`] as [string, string]]),
    ...(citation.language ? [['language', bibtexText(citation.language)] as [string, string]] : []),
  ];
  return `@misc{constat-${citation.id},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`;
}

/** The citation in the RIS format: an electronic source, lines ended by CRLF. */
export function ris(citation: Citation): string {
  const [year, month, day] = citation.at.slice(0, 10).split('-');
  const lines: [string, string | null][] = [
    ['TY', 'ELEC'],
    ['ID', `constat-${citation.id}`],
    ['TI', citation.title],
    // A comma would make RIS readers take the name apart.
    ['AU', citation.hasPublisher ? citation.publisher.replaceAll(',', ' ') : null],
    ['T2', `${citation.dossier}, publication ${citation.publication}`],
    ['PB', citation.hasPublisher ? citation.publisher : null],
    ['PY', year!],
    ['DA', `${year}/${month}/${day}/`],
    ['UR', citation.address],
    ['LA', citation.language],
    ['N1', citation.index === null ? null : `Log entry ${citation.index}`],
    ['ER', ''],
  ];
  return lines
    .flatMap(([tag, value]) => (value === null ? [] : [`${tag}  - ${oneLine(value)}`.trimEnd()]))
    .map((line) => (line === 'ER  -' ? 'ER  - \r\n' : `${line}\r\n`))
    .join('');
}

/** Meta tags by which reference managers (Zotero's button among them) recognise the page. */
export function citationMeta(citation: Citation): [name: string, content: string][] {
  const day = citation.at.slice(0, 10).replaceAll('-', '/');
  return [
    // Without this, Zotero takes whatever has a citation_title for a journal article.
    ['z:itemType', 'webpage'],
    ['citation_title', citation.title],
    ...(citation.hasPublisher
      ? ([
          ['citation_author', citation.publisher],
          ['citation_publisher', citation.publisher],
        ] as [string, string][])
      : []),
    ['citation_publication_date', day],
    ['citation_online_date', day],
    ['citation_public_url', citation.address],
    ['citation_series_title', citation.dossier],
    ...(citation.language ? ([['citation_language', citation.language]] as [string, string][]) : []),
  ];
}
