// A job is taken by one at a time, given back when its taker is gone, and free again when the clock was wrong.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { takeJob } from './jobs.ts';
import { newId, SYSTEM_ACCOUNT } from './write.ts';

forEachDatabase((create) => {
  test('a job is another’s until its time is over, and not for years', async () => {
    const store = await (await create()).open();
    await store.write({ account: SYSTEM_ACCOUNT, dossier: newId() }, 'source.add', async (_tx, stamp) => ({
      entries: [{ subject: stamp.newId(), payload: {}, job: 'read' }],
      result: null,
    }));
    const taken = await takeJob(store, 60);
    expect(taken).toMatchObject({ job: 'read', tries: 1 });
    expect(await takeJob(store, 60)).toBeNull();
    const until = (span: string) =>
      sql`update entries set job_until = now() + ${span}::interval where job is not null`.execute(store.read);
    await until('12 hours');
    expect(await takeJob(store, 60)).toBeNull();
    await until('-1 second');
    expect(await takeJob(store, 60)).toMatchObject({ entry: taken!.entry, tries: 2 });
    // Taken while the clock was ten years ahead.
    await until('10 years');
    expect(await takeJob(store, 60)).toMatchObject({ entry: taken!.entry, tries: 3 });
  });
});
