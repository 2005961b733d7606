// Canonical JSON against the examples of RFC 8785, the leaf, and what an entry still proves after erasure.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as entry from './entry.ts';
import { LogError } from './error.ts';

const head: entry.EntryHead = {
  at: '2026-11-23T08:15:30.123Z',
  who: 'person-1',
  action: 'statement.accept',
  dossier: 'dossier-1',
  subject: 'statement-1',
};
const headSalt = new Uint8Array(entry.SALT_SIZE).fill(1);
const salt = new Uint8Array(entry.SALT_SIZE).fill(2);
const payload = { status: 'accepted', count: [500, null, 1.5], note: 'é“”' };
const leaf = entry.makeLeaf(head, headSalt, payload, salt);

describe('canonical JSON (RFC 8785)', () => {
  test('the example of §3.2.2', () => {
    const value = {
      // biome-ignore lint/correctness/noPrecisionLoss: the RFC's own example
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(entry.canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('the order of keys of §3.2.3, by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(entry.canonicalJson(value)))).toHaveLength(7);
    expect(entry.canonicalJson(value).match(/"[^"]*"(?=:")/g)).toEqual(
      ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'].map((key) => `"${key}"`),
    );
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555555', '333333333.3333333'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the number %s of appendix B', (bits, text) => {
    expect(entry.canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  test('neither the order of keys nor a trip through JSON changes it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = entry.canonicalJson(value);
        expect(entry.canonicalJson(JSON.parse(text))).toBe(text);
        expect(entry.canonicalJson(reversed(JSON.parse(JSON.stringify(value))))).toBe(text);
      }),
    );
  });

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', [Number.NEGATIVE_INFINITY]],
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['undefined in an array', [undefined]],
    // biome-ignore lint/suspicious/noSparseArray: a hole is the point
    ['a hole', [1, , 2]],
    ['half a surrogate pair', '\ud83d'],
    ['half a surrogate pair in a key', { '\ude00': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['toJSON', { toJSON: () => 1 }],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
    ['a symbol key', { [Symbol('x')]: 1 }],
    ['bytes', new Uint8Array(2)],
    ['endless nesting', JSON.parse('['.repeat(300) + ']'.repeat(300))],
  ])('refuses %s', (_name, value) => {
    expect(() => entry.canonicalJson(value)).toThrow(LogError);
  });

  test('takes plain data, also with a key named __proto__ or without a prototype', () => {
    expect(entry.canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe(
      '{"__proto__":{"a":2},"b":1}',
    );
    expect(entry.canonicalJson(Object.assign(Object.create(null), { a: [] }))).toBe('{"a":[]}');
  });
});

describe('leaf', () => {
  test('is two commitments that anybody can recompute, and nothing else', () => {
    const hash = (bytes: Uint8Array, json: string) =>
      createHash('sha256').update(bytes).update(json).digest('base64');
    const headJson =
      '{"action":"statement.accept","at":"2026-11-23T08:15:30.123Z","dossier":"dossier-1",' +
      '"subject":"statement-1","who":"person-1"}';
    const payloadJson = '{"count":[500,null,1.5],"note":"é“”","status":"accepted"}';
    expect(new TextDecoder().decode(leaf)).toBe(
      `constat-entry@v1\n${hash(headSalt, headJson)}\n${hash(salt, payloadJson)}\n`,
    );
  });

  test('is read strictly', () => {
    const { headCommitment, payloadCommitment } = entry.parseLeaf(leaf);
    expect(headCommitment).toEqual(entry.commit(headSalt, head));
    expect(payloadCommitment).toEqual(entry.commit(salt, payload));
    expect(entry.encodeLeaf({ headCommitment, payloadCommitment })).toEqual(leaf);
    expect(() => entry.encodeLeaf({ headCommitment, payloadCommitment: salt.slice(1) })).toThrow(RangeError);
    const text = new TextDecoder().decode(leaf);
    for (const bad of [
      '',
      text.slice(0, -1),
      `${text}\n`,
      `${text}x`,
      ` ${text}`,
      `\ufeff${text}`,
      text.replace('@v1', '@v2'),
      text.replace('\n', '\r\n'),
      text.replace('=\n', '\n'),
      text.replace(/\n.*\n/, '\nAAAA\n'),
      'constat-entry@v1\n\n\n',
    ])
      expect(() => entry.parseLeaf(new TextEncoder().encode(bad)), JSON.stringify(bad)).toThrow(LogError);
    expect(() => entry.parseLeaf(Uint8Array.of(255))).toThrow(LogError);
  });

  test('is not made of a bad head, salt or payload', () => {
    const bad: unknown[] = [
      { ...head, at: '2026-11-23T08:15:30Z' },
      { ...head, at: '2026-02-30T08:15:30.123Z' },
      { ...head, at: '2026-11-23T09:15:30.123+01:00' },
      { ...head, who: '' },
      { ...head, subject: 5 },
      { ...head, dossier: undefined },
      { ...head, extra: 1 },
      { at: head.at, who: 'a', action: 'b', dossier: null },
    ];
    for (const value of bad)
      expect(() => entry.makeLeaf(value as entry.EntryHead, headSalt, payload, salt)).toThrow(LogError);
    expect(() => entry.makeLeaf(head, headSalt, undefined, salt)).toThrow(LogError);
    expect(() => entry.makeLeaf(head, headSalt.slice(1), payload, salt)).toThrow(RangeError);
    expect(() => entry.makeLeaf(head, headSalt, payload, new Uint8Array(0))).toThrow(RangeError);
    expect(() => entry.makeLeaf(head, salt, payload, salt)).toThrow(RangeError);
    expect(entry.makeLeaf({ ...head, dossier: null }, headSalt, null, salt)).toHaveLength(107);
  });
});

describe('checking an entry', () => {
  const check = (changed: Partial<entry.Entry>) =>
    entry.checkEntry({ head, headSalt, payload, salt, ...changed }, leaf);

  test('as it was written', () => {
    expect(check({})).toEqual({ head: true, payload: 'matches' });
    expect(check({ payload: JSON.parse(JSON.stringify(payload)) })).toEqual({
      head: true,
      payload: 'matches',
    });
  });

  test('after erasure the head is still provable', () => {
    expect(entry.checkEntry({ head, headSalt }, leaf)).toEqual({ head: true, payload: 'erased' });
    expect(check({ payload: null, salt: null })).toEqual({ head: true, payload: 'erased' });
  });

  test('any change shows', () => {
    expect(check({ payload: { ...payload, status: 'rejected' } })).toEqual({
      head: true,
      payload: 'differs',
    });
    expect(check({ salt: salt.with(3, 9) })).toEqual({ head: true, payload: 'differs' });
    expect(check({ salt: null })).toEqual({ head: true, payload: 'differs' });
    expect(entry.checkEntry({ head, headSalt, salt }, leaf)).toEqual({ head: true, payload: 'differs' });
    expect(check({ headSalt: headSalt.slice(1) })).toEqual({ head: false, payload: 'matches' });
    expect(check({ headSalt: salt })).toEqual({ head: false, payload: 'matches' });
    for (const [key, value] of Object.entries({
      at: '2026-11-23T08:15:30.124Z',
      who: 'b',
      action: 'x',
      subject: 'y',
    }))
      expect(check({ head: { ...head, [key]: value } }), key).toEqual({ head: false, payload: 'matches' });
    expect(check({ head: { ...head, dossier: null } }).head).toBe(false);
    expect(check({ head: { ...head, extra: 1 } as entry.EntryHead }).head).toBe(false);
    expect(check({ payload: { bad: Number.NaN } }).payload).toBe('differs');
  });

  test('a payload that is JSON null is not an erased one', () => {
    const ofNull = entry.makeLeaf(head, headSalt, null, salt);
    expect(entry.checkEntry({ head, headSalt, payload: null, salt }, ofNull).payload).toBe('matches');
  });

  test('a leaf that commits to something else than a head proves no head', () => {
    const odd = { ...head, at: 'yesterday' };
    const lines = [entry.commit(headSalt, odd), entry.commit(salt, payload)].map((hash) =>
      Buffer.from(hash).toString('base64'),
    );
    const oddLeaf = new TextEncoder().encode(`constat-entry@v1\n${lines.join('\n')}\n`);
    expect(entry.checkEntry({ head: odd, headSalt, payload, salt }, oddLeaf)).toEqual({
      head: false,
      payload: 'matches',
    });
  });

  test('a head and a payload cannot stand for each other', () => {
    const turned = entry.makeLeaf(head, headSalt, head, salt);
    const { headCommitment, payloadCommitment } = entry.parseLeaf(turned);
    expect(headCommitment).not.toEqual(payloadCommitment);
  });

  test('a head that is no object proves nothing, and is no accident', () => {
    const leaf = entry.makeLeaf(head, headSalt, { a: 1 }, salt);
    for (const bad of [null, undefined, 'head', 7, []])
      expect(entry.checkEntry({ head: bad as never, headSalt }, leaf).head).toBe(false);
  });

  test('what is not a leaf is refused, not compared', () => {
    expect(() => entry.checkEntry({ head, headSalt }, new Uint8Array(3))).toThrow(LogError);
  });
});

/** The same JSON with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
