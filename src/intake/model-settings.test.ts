// The settings of the language model: what is refused, what is warned of, what is never shown.
import { describe, expect, test } from 'vitest';
import { modelLines, modelSettings, noticeOf, placeOf } from './model-settings.ts';

const set = (more: Record<string, string>) =>
  modelSettings({ CONSTAT_LLM_URL: 'http://127.0.0.1:8080/v1', CONSTAT_LLM_MODEL: 'small', ...more });

describe('settings', () => {
  test('are none without an address', () => {
    expect(modelSettings({})).toBeNull();
    expect(modelSettings({ CONSTAT_LLM_MODEL: 'small', CONSTAT_LLM_URL: ' ' })).toBeNull();
  });

  test('have standards, and take an address with or without its end', () => {
    const standard = {
      url: 'http://127.0.0.1:8080/v1',
      name: 'small',
      key: undefined,
      seconds: 120,
      window: 4000,
      longest: 200_000,
    };
    expect(set({})).toMatchObject(standard);
    expect(set({ CONSTAT_LLM_URL: 'http://127.0.0.1:8080/v1/' })).toMatchObject(standard);
    expect(set({ CONSTAT_LLM_URL: 'http://127.0.0.1:8080/v1/chat/completions' })).toMatchObject(standard);
    expect(
      set({
        CONSTAT_LLM_SECONDS: '9',
        CONSTAT_LLM_WINDOW: '800',
        CONSTAT_LLM_LONGEST: '5000',
        CONSTAT_LLM_KEY: 'k',
      }),
    ).toMatchObject({
      seconds: 9,
      window: 800,
      longest: 5000,
      key: 'k',
    });
  });

  test.each([
    ['CONSTAT_LLM_URL', { CONSTAT_LLM_URL: 'file:///etc/passwd' }],
    ['CONSTAT_LLM_URL', { CONSTAT_LLM_URL: '127.0.0.1:8080' }],
    ['CONSTAT_LLM_URL', { CONSTAT_LLM_URL: 'javascript:alert(1)' }],
    ['CONSTAT_LLM_URL', { CONSTAT_LLM_URL: 'https://someone:secret@models.example/v1' }],
    ['CONSTAT_LLM_URL', { CONSTAT_LLM_URL: 'https://models.example/v1?key=secret' }],
    ['CONSTAT_LLM_MODEL', { CONSTAT_LLM_MODEL: '' }],
    ['CONSTAT_LLM_KEY', { CONSTAT_LLM_KEY: 'secret\nX-Other: 1' }],
    ['CONSTAT_LLM_SECONDS', { CONSTAT_LLM_SECONDS: 'soon' }],
    ['CONSTAT_LLM_WINDOW', { CONSTAT_LLM_WINDOW: '-1' }],
  ])('%s that cannot be used is refused with a sentence that gives nothing away', (setting, more) => {
    expect(() => set(more)).toThrow(
      expect.objectContaining({ code: 'model.setting', message: expect.stringContaining(setting) }),
    );
    expect(() => set(more)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('where a host stands', () => {
  test.each([
    [
      'machine',
      ['localhost', 'LOCALHOST.', 'llm.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:7f00:1]'],
    ],
    [
      'private',
      [
        '10.0.0.5',
        '172.16.0.1',
        '172.31.255.1',
        '192.168.1.20',
        '100.64.0.1',
        '[fd00::1]',
        '[fe80::1]',
        'ollama',
        'box.local',
        '[::ffff:c0a8:101]',
      ],
    ],
    [
      'elsewhere',
      [
        'api.models.example',
        '8.8.8.8',
        '172.32.0.1',
        '192.169.0.1',
        '100.128.0.1',
        '[2001:db8::1]',
        'localhost.evil.example',
        '127.0.0.1.nip.example',
        '[::ffff:808:808]',
      ],
    ],
  ])('%s', (place, hosts) => {
    for (const host of hosts) expect([host, placeOf(host)]).toEqual([host, place]);
  });

  test('is said when Constat starts, with a warning where texts may be read by others', () => {
    const lines = (url: string) => modelLines(noticeOf({ url, name: 'small' }));
    expect(lines('http://127.0.0.1:8080/v1')).toEqual([
      'Suggestions also come from small at 127.0.0.1:8080; the text of each source is sent there, unless it is sealed.',
    ]);
    expect(lines('https://api.models.example/v1')).toHaveLength(2);
    expect(lines('http://api.models.example/v1')).toHaveLength(3);
    expect(lines('http://192.168.1.20:11434/v1')[1]).toContain('unencrypted');
  });
});
