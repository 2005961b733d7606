// First drafts from selected words: mode by marks, numbers with their bound, dates where the words have one.
import { describe, expect, test } from 'vitest';
import { FigureContent, numbersFit } from '../record/figure.ts';
import { IncidentContent } from '../record/incident.ts';
import { StatementContent } from '../record/statement.ts';
import {
  contentAfterMove,
  draftFigure,
  draftIncident,
  draftStatement,
  type TextSetting,
} from './record-guess.ts';

const setting: TextSetting = { language: 'en', published: '2021-10-07', publisher: 'A newspaper' };
const french: TextSetting = { language: 'fr', published: null, publisher: null };
const whole = (text: string) => ({ start: 0, end: text.length });
function chosen(text: string, words: string) {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
}

describe('a statement', () => {
  const mode = (text: string, words: string, of = setting) => {
    const draft = draftStatement(text, chosen(text, words), of)!;
    return [draft.content.mode, draft.content.content];
  };

  test('is direct between its marks, whether they were selected or not', () => {
    const text = 'The observer said: “They took the tents.” Nobody replied.';
    expect(mode(text, '“They took the tents.”')).toEqual(['direct', 'They took the tents.']);
    expect(mode(text, 'They took the tents.')).toEqual(['direct', 'They took the tents.']);
    expect(mode(text, ' “They took the tents.” ')).toEqual(['direct', 'They took the tents.']);
    const fr = 'La mairie répond : « Nous ne savons pas. » Rien de plus.';
    expect(mode(fr, '« Nous ne savons pas. »')).toEqual(['direct', 'Nous ne savons pas.']);
    expect(mode(fr, 'Nous ne savons pas')).toEqual(['direct', 'Nous ne savons pas']);
  });

  test('is mixed with marks inside it, and indirect without any', () => {
    const text = 'The mayor said the border was “in the wrong place” and had to move.';
    expect(mode(text, 'the border was “in the wrong place” and had to move')[0]).toBe('mixed');
    expect(mode(text, 'had to move')[0]).toBe('indirect');
    expect(mode('“One,” said the mayor, “two.”', '“One,” said the mayor, “two.”')[0]).toBe('mixed');
  });

  test('is nothing where only white space was selected', () => {
    expect(draftStatement('a  b', { start: 1, end: 3 }, setting)).toBeNull();
  });

  test('can be saved as it is, reported by whoever published it', () => {
    const text = 'They took the tents.';
    const { content } = draftStatement(text, whole(text), setting)!;
    expect(StatementContent.safeParse(content).error).toBeUndefined();
    expect(content.reporter).toEqual({ actor: null, name: 'A newspaper', role: null });
    expect(draftStatement(text, whole(text), french)!.content.reporter).toBeNull();
  });
});

describe('a figure', () => {
  const read = (text: string, of = setting) => {
    const { value, low, high, bound, unit, counted, period } = draftFigure(text, whole(text), of)!.content;
    return { value, low, high, bound, unit, counted, period };
  };

  test('has its number, bound, unit and what is counted', () => {
    expect(read('up to 2,300 migrants')).toMatchObject({
      value: 2300,
      bound: 'at-most',
      counted: 'migrants',
    });
    expect(read('entre 1 500 et 2 000 personnes', french)).toMatchObject({
      low: 1500,
      high: 2000,
      bound: 'range',
    });
    expect(read('£12 million')).toMatchObject({ value: 12_000_000, unit: 'GBP' });
  });

  test('takes a bare number as it stands, and none where there is none', () => {
    expect(read('500')).toMatchObject({ value: 500, bound: 'exact', counted: '' });
    expect(read('several people')).toMatchObject({ value: null });
    expect(read('many people in October 2014')).toMatchObject({ value: null, period: '2014-10' });
  });

  test('can be saved once it says what is counted', () => {
    for (const text of ['up to 2,300 migrants', '1,500 to 2,000 people', '£12 million', '500 tents']) {
      const { content } = draftFigure(text, whole(text), setting)!;
      expect(numbersFit(content)).toBe(true);
      expect(FigureContent.safeParse({ ...content, counted: 'things' }).error).toBeUndefined();
    }
  });
});

describe('an incident', () => {
  test('is titled by its words, on one line, and dated by them', () => {
    const text = 'Police evicted the camp\n  near the hospital on 28 September 2021.';
    const { content } = draftIncident(text, whole(text), setting)!;
    expect(content).toMatchObject({
      title: 'Police evicted the camp near the hospital on 28 September 2021',
      occurredOn: '2021-09-28',
    });
    expect(IncidentContent.safeParse(content).error).toBeUndefined();
  });

  test('has a title that ends at a word where the selection is long', () => {
    const text = 'tents '.repeat(100);
    expect(draftIncident(text, whole(text), setting)!.content.title).toMatch(/^(?:tents )+tents…$/);
  });
});

test('the words of a direct quotation follow its passage until somebody changes them', () => {
  const direct = { kind: 'statement', mode: 'direct' as const, content: 'We count' };
  expect(contentAfterMove(direct, 'We count', 'We count 500')).toEqual({ content: 'We count 500' });
  expect(contentAfterMove(direct, 'We counted', 'We counted 500')).toBeUndefined();
  expect(contentAfterMove({ ...direct, mode: 'indirect' }, 'We count', 'We count 500')).toBeUndefined();
  expect(contentAfterMove({ kind: 'figure' }, 'We count', 'We count 500')).toBeUndefined();
});
