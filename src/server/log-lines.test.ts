// A log line tells where it went wrong, and none of the words it went wrong over.
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { problem } from '../record/problem.ts';
import { errorLine, openLogger } from './log-lines.ts';

const WORD = 'a name nobody may read';

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

test('what a parser quotes is left out, and where it stood in the code is kept', () => {
  const error = thrownBy(() => JSON.parse(`{"${WORD}`));
  expect(String(error)).not.toBe('');
  const line = errorLine(new Error(`reading ${WORD}\nat ${WORD} (x:1:2)`, { cause: error }));
  expect(JSON.stringify(line)).not.toContain(WORD);
  expect(line.at[0]).toMatch(/^at .*log-lines\.test\.ts/);
  expect(line.cause?.type).toBe('SyntaxError');
});

test('what a database quotes is left out, and which constraint it was is kept', async () => {
  const store = await (await createTestStore('PGlite')).open();
  await sql`create table rows_of_ours (word text, constraint no_such_word check (length(word) < 5))`.execute(
    store.read,
  );
  const failed = await sql`insert into rows_of_ours values (${WORD})`.execute(store.read).then(
    () => null,
    (error: unknown) => error,
  );
  const line = errorLine(failed);
  expect(JSON.stringify(line)).not.toContain(WORD);
  expect(line).toMatchObject({ code: '23514', constraint: 'no_such_word', table: 'rows_of_ours' });
});

test('what the engine or the system says of the code or a file is kept', () => {
  const broken = thrownBy(() => (undefined as unknown as { x: { y: number } }).x.y);
  expect(errorLine(broken).message).toMatch(/undefined/);
  expect(errorLine(problem('source.duplicate', { title: WORD }))).toMatchObject({ code: 'source.duplicate' });
  expect(JSON.stringify(errorLine(problem('source.duplicate', { title: WORD })))).not.toContain(WORD);
});

test('a logger writes its lines so', () => {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  openLogger('info', to).error({ reference: 'ab12', err: new Error(WORD) }, 'request failed');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    reference: 'ab12',
    err: { type: 'Error' },
    msg: 'request failed',
  });
  expect(lines[0]).not.toContain(WORD);
});
