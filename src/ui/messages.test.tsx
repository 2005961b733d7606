// How a screen speaks: numbers, sizes and dates in each language, and what it does with keys it does not know.
import { describe, expect, test } from 'vitest';
import french from '../../locales/fr.json';
import { wordsOf } from './messages.tsx';

const en = wordsOf('en', {});
const fr = wordsOf('fr', french);
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('words', () => {
  test('a language without a message says it in English', () => {
    expect(wordsOf('fr', {}).t('desk.state.retry')).toBe(en.t('desk.state.retry'));
    expect(fr.t('desk.state.retry')).not.toBe(en.t('desk.state.retry'));
  });

  test('tell which keys exist', () => {
    expect(en.has('problem.not-found')).toBe(true);
    expect(en.has('problem.of-tomorrow')).toBe(false);
    expect(en.has('toString')).toBe(false);
  });

  test('sizes go by powers of a thousand', () => {
    expect(en.formatBytes(0)).toBe('0 bytes');
    expect(en.formatBytes(1)).toBe('1 byte');
    expect(en.formatBytes(999)).toBe('999 bytes');
    expect(en.formatBytes(1000)).toBe('1 kB');
    expect(en.formatBytes(2_640)).toBe('2.6 kB');
    expect(en.formatBytes(12_345_678)).toBe('12 MB');
    expect(plain(fr.formatBytes(2_640))).toBe('2,6 ko');
  });

  test('dates say what EDTF means, and stay as they are where it has no words', () => {
    expect(en.formatDate('2014-10')).toBe('October 2014');
    expect(fr.formatDate('2014-10')).toBe('octobre 2014');
    expect(en.formatDate('2016~')).toBe('about 2016');
    expect(en.formatDate('not a date')).toBe('not a date');
  });
});
