// The life of a record: what may follow what, over all of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStanding, type RecordVerb, statusAfter } from './status.ts';
import { Status } from './vocabulary.ts';

const status = fc.constantFrom(...Status.options);
const verb = fc.constantFrom<RecordVerb>('accept', 'reject', 'edit', 'withdraw');

describe('statusAfter', () => {
  it('only a person’s acceptance makes a suggestion stand', () => {
    fc.assert(
      fc.property(verb, fc.boolean(), (by, published) => {
        const next = statusAfter('suggested', by, published);
        if (next !== null && isStanding(next)) expect(by).toBe('accept');
      }),
    );
  });

  it('what the public has seen never disappears without being withdrawn', () => {
    fc.assert(
      fc.property(fc.array(verb, { maxLength: 12 }), (verbs) => {
        let now: Status = 'accepted';
        for (const by of verbs) now = statusAfter(now, by, true) ?? now;
        expect(['accepted', 'corrected', 'withdrawn']).toContain(now);
      }),
    );
  });

  it('an edit after publication is a correction, before it is work', () => {
    expect(statusAfter('accepted', 'edit', true)).toBe('corrected');
    expect(statusAfter('accepted', 'edit', false)).toBe('accepted');
    expect(statusAfter('suggested', 'edit', false)).toBe('suggested');
  });

  it('what is withdrawn stays withdrawn', () => {
    fc.assert(
      fc.property(verb, fc.boolean(), (by, published) => {
        expect(statusAfter('withdrawn', by, published)).toBeNull();
      }),
    );
  });

  it('gives a known status or null for every pair', () => {
    fc.assert(
      fc.property(status, verb, fc.boolean(), (from, by, published) => {
        const next = statusAfter(from, by, published);
        expect(next === null || Status.options.includes(next)).toBe(true);
      }),
    );
  });
});
