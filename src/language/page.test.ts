// Titles, captions and the furniture around a text.
import { describe, expect, it } from 'vitest';
import type { ProposeContext } from '../record/suggestion.ts';
import { readPage } from './page.ts';
import { propose } from './propose.ts';
import { readText } from './text-model.ts';

const kinds = (text: string, context: ProposeContext = {}) =>
  readPage(readText(text, 'en'), context).map(({ kind }) => kind);

describe('readPage', () => {
  it('tells the parts of a page by their words', () => {
    const page = [
      'Town should open the gym, council says',
      'By A. Writer and B. Writer',
      'Published: 8 November 2019 07:00',
      'The gate on Wednesday. Photo: Some Agency/AFP',
      'The council asked for beds on Wednesday, and for buses to reach them.',
      'What happens next',
      'Nobody knows when the gym will open, the council said.',
      'Read more: other stories',
      'We use cookies to make this page work.',
      'Member comments',
      'I disagree, "this is all wrong," my neighbour said.',
    ];
    expect(kinds(page.join('\n\n'))).toEqual([
      'title',
      'furniture',
      'furniture',
      'caption',
      'body',
      'heading',
      'body',
      'furniture',
      'furniture',
      'furniture',
      'furniture',
    ]);
  });

  it('reads a paragraph that is printed twice once', () => {
    const standfirst = 'The council asked for beds on Wednesday, it said.';
    expect(kinds(`${standfirst}\n\nThe mayor agreed to it.\n\n${standfirst}`)).toEqual([
      'body',
      'body',
      'furniture',
    ]);
  });

  it('believes the reader about blocks, and the context about the title', () => {
    const text = 'Some words here.\n\nMore words here.';
    expect(kinds(text, { blocks: [{ start: 0, end: 16, kind: 'caption' }] })).toEqual(['caption', 'body']);
    expect(kinds(text, { title: 'More words here.' })).toEqual(['body', 'title']);
  });

  it('a title is proposed from with less confidence', () => {
    const [inTitle, inBody] = [
      propose('Gym will open in March, council says\n\nA text.', 'en', {}),
      propose('The gym will open in March, the council says.', 'en', {}),
    ].map((found) => found.statements[0]!);
    expect(inTitle!.speaker).toBe('council');
    expect(inTitle!.confidence).toBeLessThan(inBody!.confidence);
  });
});
