// From a tree of HTML elements to text in blocks: what a reader of the page would read, in order, without its machinery.
import type { Layout } from '../record/source.ts';
import type { TextOfBlocks } from './reading.ts';

type Kind = Layout['blocks'][number]['kind'];

const UNSEEN = new Set(
  'script style noscript template head title meta link base svg math iframe frame object embed applet canvas audio video img picture map button input select textarea datalist progress meter dialog'.split(
    ' ',
  ),
);
const FURNITURE = new Set(['nav', 'footer', 'form', 'menu']);
const FURNITURE_ROLES = new Set(
  'navigation banner contentinfo search complementary menu toolbar alert'.split(' '),
);
// Class names are what pages have for structure: these name what stands around an article.
const FURNITURE_NAME =
  /(?:^|[-_\s])(?:share|sharing|social|related|recommended|newsletter|subscribe|subscription|comments?|breadcrumbs?|advert|advertisement|promo|cookies?|login|signin|paywall|pagination|partage|abonnement|commentaires?)(?:[-_\s]|$)/i;
const HEADINGS = new Set(['h2', 'h3', 'h4', 'h5', 'h6']);
const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption'.split(
    ' ',
  ),
);

const ELEMENT = 1;
const TEXT = 3;

/** Adds the blocks of an element to a text. Nothing in the element is run or loaded. */
export function addElement(element: Element, to: TextOfBlocks): void {
  const walk = new Walk(to);
  walk.children(element, 'paragraph');
  walk.flush('paragraph');
}

/** The words of an element as one line. */
export function wordsOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/[ \t\n\r\f]+/g, ' ').trim();
}

class Walk {
  #words = '';
  readonly #to: TextOfBlocks;

  constructor(to: TextOfBlocks) {
    this.#to = to;
  }

  /** Ends the block that is being gathered. */
  flush(kind: Kind): void {
    // Spaces around a line end come from the markup, not from the writer.
    const words = this.#words.replace(/[ \t]*\n[ \t]*/g, '\n').replace(/^[ \t\n]+|[ \t\n]+$/g, '');
    this.#words = '';
    this.#to.add(kind, words);
  }

  children(element: Element, kind: Kind): void {
    for (const node of Array.from(element.childNodes)) {
      if (node.nodeType === TEXT) this.#inline(node.textContent ?? '');
      else if (node.nodeType === ELEMENT) this.#element(node as Element, kind);
    }
  }

  #inline(words: string): void {
    const collapsed = words.replace(/[ \t\n\r\f]+/g, ' ');
    this.#words += /(^|\s)$/.test(this.#words) ? collapsed.replace(/^ /, '') : collapsed;
  }

  #element(element: Element, around: Kind): void {
    const name = element.localName.toLowerCase();
    if (UNSEEN.has(name) || isHidden(element)) return;
    if (name === 'br') this.#words += '\n';
    else if (name === 'q') {
      this.#words += '“';
      this.children(element, around);
      this.#words += '”';
    } else if (name === 'pre') {
      this.flush(around);
      this.#words = element.textContent ?? '';
      this.flush(around);
    } else if (name === 'table' && isDataTable(element)) {
      this.flush(around);
      this.#table(element, around);
    } else if (BLOCKS.has(name)) {
      this.flush(around);
      const kind = kindOf(element, name, around);
      this.children(element, kind);
      this.flush(kind);
    } else this.children(element, around);
  }

  /** A table is one block: a line for each row, cells set apart by tabs. */
  #table(table: Element, around: Kind): void {
    for (const caption of Array.from(table.querySelectorAll('caption')))
      this.#to.add('caption', wordsOf(caption));
    const lines = Array.from(table.querySelectorAll('tr')).map((row) =>
      Array.from(row.querySelectorAll('th, td')).map(wordsOf).join('\t').trimEnd(),
    );
    this.#to.add(
      around === 'furniture' ? around : 'table',
      lines.filter((line) => line.trim() !== '').join('\n'),
    );
  }
}

function isHidden(element: Element): boolean {
  return (
    element.hasAttribute('hidden') ||
    element.getAttribute('aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute('style') ?? '')
  );
}

function kindOf(element: Element, name: string, around: Kind): Kind {
  if (around === 'furniture') return 'furniture';
  const called = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  const role = element.getAttribute('role') ?? '';
  if (FURNITURE.has(name) || FURNITURE_ROLES.has(role) || FURNITURE_NAME.test(called)) return 'furniture';
  if (name === 'figcaption' || name === 'caption') return 'caption';
  if (name === 'h1') return 'title';
  if (HEADINGS.has(name)) return 'heading';
  if (name === 'li' || name === 'dd' || name === 'dt') return 'list-item';
  // A caption's or a list item's inner paragraphs are still the caption or the item.
  return around === 'caption' || around === 'list-item' || around === 'title' || around === 'heading'
    ? around
    : 'paragraph';
}

/** Whether a table holds data: tables that lay out a page have blocks or tables in their cells. */
function isDataTable(table: Element): boolean {
  return table.querySelector('table, div, article, section, h1, h2, h3, ul, ol, td p + p') === null;
}
