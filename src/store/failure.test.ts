// What fails below becomes a problem that tells a person what to do; what is none of these stays a defect.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { problem } from '../record/problem.ts';
import { storeProblem } from './failure.ts';
import { SYSTEM_ACCOUNT } from './write.ts';

const failing = (more: object, message = 'it failed') => Object.assign(new Error(message), more);

test.each([
  [{ code: 'ENOSPC', errno: -28 }, 'store.full'],
  [{ code: '53100' }, 'store.full'],
  [{ errno: 51 }, 'store.full'],
  [{ code: 'EIO', errno: -5 }, 'store.disk'],
  [{ code: 'EROFS' }, 'store.read-only'],
  [{ code: '25006' }, 'store.read-only'],
  [{ code: 'EMFILE' }, 'store.busy'],
  [{ code: 'ECONNRESET' }, 'store.unreachable'],
  [{ code: '57P01' }, 'store.unreachable'],
])('%o is %s', (more, code) => {
  const cause = failing(more);
  expect(storeProblem(cause)).toMatchObject({ code, cause });
});

test('an error of the embedded file system is none of JavaScript’s, and is understood', () => {
  expect(storeProblem({ errno: 51 })?.code).toBe('store.full');
  expect(storeProblem({ errno: 29 })?.code).toBe('store.disk');
});

test('what is none of these is no problem of the catalogue', () => {
  for (const error of [
    failing({}),
    failing({ code: '23505' }),
    failing({ errno: -28 }),
    'ENOSPC',
    undefined,
  ]) {
    expect(storeProblem(error)).toBeNull();
  }
  const known = problem('undo.nothing');
  expect(storeProblem(known)).toBe(known);
  expect(storeProblem(new Error('Connection terminated unexpectedly'))?.code).toBe('store.unreachable');
});

forEachDatabase((create) => {
  test('a write to what may only be read is refused in those words', async () => {
    const store = await (await create()).open();
    const writing = store.write(
      { account: SYSTEM_ACCOUNT, dossier: null },
      'dossier.export',
      async (tx, stamp) => {
        await sql`set transaction read only`.execute(tx);
        return { entries: [{ subject: stamp.newId(), payload: {} }], result: null };
      },
    );
    await expect(writing).rejects.toMatchObject({ code: 'store.read-only' });
  });
});
