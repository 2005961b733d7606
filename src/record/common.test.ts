// Ids sort by the time they were given and look like UUID version 7.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Id, makeId, WebAddress } from './common.ts';

const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const time = fc.integer({ min: 0, max: 2 ** 47 });

describe('makeId', () => {
  it('is a UUID of version 7 that sorts by time', () => {
    fc.assert(
      fc.property(time, time, random, random, (a, b, ra, rb) => {
        const [first, second] = [makeId(a, ra), makeId(b, rb)];
        expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
        expect(Id.safeParse(first).success).toBe(true);
        if (a < b) expect(first < second).toBe(true);
        expect(Number.parseInt(first.replaceAll('-', '').slice(0, 12), 16)).toBe(a);
      }),
    );
  });
});

describe('WebAddress', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'example.org'])(
    'refuses %s',
    (address) => {
      expect(WebAddress.safeParse(address).success).toBe(false);
    },
  );
  it('takes http and https', () => {
    expect(WebAddress.safeParse('https://example.org/a?b=1').success).toBe(true);
  });
});
