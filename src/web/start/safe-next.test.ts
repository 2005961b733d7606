// Where a person is sent after signing in: never to another site.
import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test('leads to addresses of the desk only', () => {
  expect(safeNext('/d/calais/sources?q=port')).toBe('/d/calais/sources?q=port');
  for (const bad of [
    null,
    '',
    'd/calais',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ])
    expect(safeNext(bad)).toBe('/');
});
