// The name of the account that Constat writes as has to be the one the store uses.
import { expect, test } from 'vitest';
import { SYSTEM_ACCOUNT } from '../store/write.ts';
import { CONSTAT_ACCOUNT } from './person.tsx';

test('the account of Constat is the store’s', () => {
  expect(CONSTAT_ACCOUNT).toBe(SYSTEM_ACCOUNT);
});
