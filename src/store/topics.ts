// What statements are about: a topic given to many or taken from them at once, as one step.
import { problem } from '../record/problem.ts';
import type { Statement } from '../record/statement.ts';
import { statusAfter } from '../record/status.ts';
import { type DossierWriter, publishedOf, type RecordAt, rowEntry } from './records.ts';
import type { Store } from './store.ts';
import { lockValues, replaceValues } from './values.ts';

/** The most topics a statement has; as its schema says. */
const MOST = 20;

/**
 * Gives topics to statements and takes topics from them, all or none; one step for undo. What has them so already stays as it
 * is, without an entry. Throws `record.version`, `record.status` or `not-found`.
 */
export async function changeTopics(
  store: Store,
  writer: DossierWriter,
  statements: RecordAt[],
  { add, remove }: { add: string[]; remove: string[] },
): Promise<Statement[]> {
  return store.write(writer, 'statement.edit', async (tx, stamp) => {
    const ids = [...new Set(statements.map(({ id }) => id))];
    if (ids.length < statements.length) throw problem('record.version');
    const found = new Map(
      (await lockValues(tx, 'statement', writer.dossier, ids)).map((statement) => [statement.id, statement]),
    );
    const published = await publishedOf(tx, writer.dossier, ids);
    const changes = statements.flatMap(({ id, version }) => {
      const before = found.get(id);
      if (!before) throw problem('not-found', { what: 'statement' });
      if (before.version !== version) throw problem('record.version');
      const topics = [...new Set([...before.topics.filter((topic) => !remove.includes(topic)), ...add])];
      if (topics.length > MOST)
        throw problem('request.invalid', {
          where: 'body.add',
          why: `A statement is about at most ${MOST} topics. Take one from it first.`,
        });
      if (topics.join('\n') === before.topics.join('\n')) return [];
      const status = statusAfter(before.status, 'edit', published.has(id));
      if (status === null) throw problem('record.status', { status: before.status, verb: 'edit' });
      const after: Statement = {
        ...{ ...before, topics, status, version: before.version + 1 },
        ...{ updatedAt: stamp.at, updatedBy: stamp.by },
      };
      return [{ before, after }];
    });
    const result = changes.map(({ after }) => after);
    await replaceValues(tx, 'statement', result);
    return { entries: changes.map((change) => rowEntry(change)), result };
  });
}
