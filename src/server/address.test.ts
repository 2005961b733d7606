// Whose word about a caller's address is believed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerOf } from './address.ts';
import { deviceInWords } from './device-words.ts';
import { signInSettings } from './sign-in-settings.ts';

const proxies = (text: string) => signInSettings({ CONSTAT_TRUSTED_PROXY: text }).proxies;

test.each([
  ['nobody is believed without a setting', '', '203.0.113.9', ['198.51.100.1'], '203.0.113.9'],
  ['a named web server is', '203.0.113.9', '203.0.113.9', ['198.51.100.1'], '198.51.100.1'],
  ['IPv4 written as IPv6 is the same', '127.0.0.1', '::ffff:127.0.0.1', ['198.51.100.1'], '198.51.100.1'],
  [
    'what a caller wrote before is not',
    '127.0.0.1',
    '127.0.0.1',
    ['1.1.1.1', '198.51.100.1'],
    '198.51.100.1',
  ],
  [
    'two web servers',
    '127.0.0.1, 10.0.0.0/8',
    '127.0.0.1',
    ['1.1.1.1', '198.51.100.1', '10.2.3.4'],
    '198.51.100.1',
  ],
  ['no address is no caller', '127.0.0.1', '127.0.0.1', ['unknown'], '127.0.0.1'],
  ['one line is one place', '127.0.0.1', '127.0.0.1', ['2001:db8:1:2:3:4:5:6'], '2001:db8:1:2::/64'],
])('%s', (_, setting, peer, said, caller) => {
  expect(callerOf(peer, said, proxies(setting))).toBe(caller);
});

test('whatever a caller writes, the last word is that of the web server', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), fc.ipV4(), (written, real) => {
      fc.pre(real !== '127.0.0.1');
      expect(callerOf('127.0.0.1', [...written, real], proxies('127.0.0.1'))).toBe(real);
      expect(callerOf('203.0.113.9', [...written, real], proxies('127.0.0.1'))).toBe('203.0.113.9');
    }),
  );
});

test('a setting that cannot be meant is refused', () => {
  for (const env of [
    { CONSTAT_TRUSTED_PROXY: 'nginx' },
    { CONSTAT_TRUSTED_PROXY: '10.0.0.0/99' },
    { CONSTAT_IDLE_MINUTES: '0' },
    { CONSTAT_SESSION_HOURS: 'long' },
    { CONSTAT_ADDRESS: 'constat.example.org' },
  ]) {
    expect(() => signInSettings(env)).toThrow(/^CONSTAT_/);
  }
  expect(signInSettings({ CONSTAT_IDLE_MINUTES: '5', CONSTAT_SESSION_HOURS: '2' }).sessions).toEqual({
    idle: 300_000,
    longest: 7_200_000,
  });
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 16; Pixel) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15', 'Safari, macOS'],
  ['curl/8.9.1', null],
  [undefined, null],
])('%s is %s', (agent, words) => {
  expect(deviceInWords(agent)).toBe(words);
});
