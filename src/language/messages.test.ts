// Messages: one language each, pinned to the Gregorian calendar and Latin digits wherever they are shown.
import { describe, expect, test } from 'vitest';
import { makeMessages, preferredLocale } from './messages.ts';

const english = {
  greeting: 'Hello {name}',
  tents: '{count, plural, one {# tent} other {# tents}}',
  plain: 'Yes',
};

describe('messages', () => {
  test('fill placeholders, count, and fall back where a language lacks one', () => {
    const french = makeMessages('fr', { tents: '{count, plural, one {# tente} other {# tentes}}' }, english);
    expect(french.t('tents', { count: 0 })).toBe('0 tente');
    expect(french.t('tents', { count: 2300 }).replace(/\s/g, ' ')).toBe('2 300 tentes');
    expect(french.t('greeting', { name: 'you' })).toBe('Hello you');
    expect(french.t('plain')).toBe('Yes');
  });

  test('refuse a placeholder nobody filled', () => {
    expect(() => makeMessages('en', {}, english).t('greeting')).toThrow(/name/);
  });

  test('count years and write digits alike in every language', () => {
    const at = '2025-03-21T00:00:00.000Z';
    for (const locale of ['en', 'fr', 'ar', 'fa', 'ps', 'prs', 'ckb', 'ti', 'th']) {
      const m = makeMessages(locale, { day: '{at, date, long}', n: '{n, number}' }, { day: '', n: '' });
      expect(m.date(at), locale).toMatch(/\b2025\b/);
      expect(m.date(at), locale).toMatch(/\b21\b/);
      expect(m.t('day', { at: new Date(at) }), locale).toMatch(/\b2025\b/);
      expect(m.number(2300).replace(/\D/g, ''), locale).toBe('2300');
      expect(m.t('n', { n: 2300 }).replace(/\D/g, ''), locale).toBe('2300');
    }
  });

  test('know their direction', () => {
    const direction = (locale: string) => makeMessages(locale, {}, {}).direction;
    expect(['ar', 'fa', 'ps', 'ckb', 'ur'].map(direction)).toEqual(Array(5).fill('rtl'));
    expect(['en', 'fr', 'ku', 'ti'].map(direction)).toEqual(Array(4).fill('ltr'));
  });

  test('count in Arabic by its six forms', () => {
    const m = makeMessages(
      'ar',
      { n: '{n, plural, zero {0} one {1} two {2} few {few} many {many} other {other}}' },
      { n: '' },
    );
    expect([0, 1, 2, 3, 11, 100].map((n) => m.t('n', { n }))).toEqual([
      '0',
      '1',
      '2',
      'few',
      'many',
      'other',
    ]);
  });
});

test('the best language is chosen as the reader ranks them', () => {
  const offered = ['en', 'fr', 'ar'] as const;
  expect(preferredLocale('fr-CA,fr;q=0.9,en;q=0.5', offered)).toBe('fr');
  expect(preferredLocale('de, ar;q=0.3, en;q=0.2', offered)).toBe('ar');
  expect(preferredLocale('en;q=0, fr;q=0.1', offered)).toBe('fr');
  expect(preferredLocale('de', offered)).toBeNull();
  expect(preferredLocale(undefined, offered)).toBeNull();
  expect(preferredLocale(`${'x,'.repeat(10_000)}en;q=abc`, offered)).toBeNull();
});
