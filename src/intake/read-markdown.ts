// Markdown: its words without its marks, in blocks. Front matter gives title, author and date when it has them.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { problem } from '../record/problem.ts';
import type { IntakeLimits } from './limits.ts';
import { packageVersion } from './package-version.ts';
import { readText } from './read-text.ts';
import {
  dayOf,
  languageTag,
  NO_METADATA,
  oneLine,
  type ReadResult,
  TextOfBlocks,
  webAddress,
} from './reading.ts';

type Root = ReturnType<typeof fromMarkdown>;
type RootContent = Root['children'][number];

/** Reads Markdown (CommonMark). Invalid UTF-8 is refused as in plain text. */
export function readMarkdown(bytes: Uint8Array, limits: Pick<IntakeLimits, 'text'>): ReadResult {
  const plain = readText(bytes, limits);
  if (!plain.ok) return plain;
  const { front, body } = splitFrontMatter(plain.text.replace(/^\ufeff/, ''));
  const text = new TextOfBlocks(limits);
  addBlocks(fromMarkdown(body), text);
  if (text.text === '') return { ok: false, problem: problem('read.no-text') };
  const title = text.blocks.find((block) => block.kind === 'title');
  return {
    ok: true,
    text: text.text,
    layout: { blocks: text.blocks, pages: [], runs: [] },
    metadata: {
      ...NO_METADATA,
      title: oneLine(front.get('title') ?? (title && text.text.slice(title.start, title.end)), 500),
      author: oneLine(front.get('author')),
      published: dayOf(front.get('date') ?? front.get('published')),
      language: languageTag(front.get('lang') ?? front.get('language')),
      publisher: oneLine(front.get('publisher')),
      address: webAddress(front.get('url') ?? front.get('source')),
    },
    tool: 'constat markdown',
    toolVersion: `1 (mdast-util-from-markdown ${packageVersion('mdast-util-from-markdown')})`,
  };
}

/** Takes "key: value" lines between --- lines off the top of a text. Other YAML is left out, not misread. */
function splitFrontMatter(text: string): { front: Map<string, string>; body: string } {
  const front = new Map<string, string>();
  const match = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return { front, body: text };
  for (const line of match[1]!.split(/\r?\n/)) {
    const pair = /^([A-Za-z][\w-]*):\s+(.+?)\s*$/.exec(line);
    if (pair) front.set(pair[1]!.toLowerCase(), pair[2]!.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return { front, body: text.slice(match[0].length) };
}

function addBlocks(root: Root, text: TextOfBlocks): void {
  const add = (node: RootContent, inList: boolean): void => {
    switch (node.type) {
      case 'heading':
        text.add(
          node.depth === 1 && !text.blocks.some(({ kind }) => kind === 'title') ? 'title' : 'heading',
          inline(node),
        );
        break;
      case 'paragraph':
        text.add(inList ? 'list-item' : 'paragraph', inline(node));
        break;
      case 'list':
      case 'listItem':
        for (const child of node.children) add(child, true);
        break;
      case 'blockquote':
      case 'footnoteDefinition':
        for (const child of node.children) add(child, inList);
        break;
      case 'code':
        text.add('paragraph', node.value);
        break;
      case 'html':
        text.add('paragraph', withoutTags(node.value));
        break;
      // Link definitions and rules have no words to read.
      default:
        break;
    }
  };
  for (const node of root.children) add(node, false);
}

/** The words of a node: a soft line end is a space, a hard one a line end. */
function inline(node: RootContent): string {
  switch (node.type) {
    case 'text':
      return node.value.replace(/[ \t]*\r?\n[ \t]*/g, ' ');
    case 'inlineCode':
      return node.value;
    case 'break':
      return '\n';
    // Inline HTML is a tag by itself; the words it marks are text nodes beside it.
    case 'html':
      return '';
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    default:
      return 'children' in node ? node.children.map(inline).join('') : '';
  }
}

function withoutTags(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
