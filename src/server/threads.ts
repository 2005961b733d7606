// Threads over HTTP: who said what, in order of time, and how statements answer one another; as JSON, table and picture.
import { z } from 'zod';
import type { Thread, ThreadLink } from '../analysis/thread.ts';
import { type PublicMessages, publicMessages } from '../publish/public-words.ts';
import { bodiesOf, type ThreadToDraw, threadChart } from '../publish/thread-chart.ts';
import { drawnRange, laterInWords, reportsInWords } from '../publish/thread-words.ts';
import { Id } from '../record/common.ts';
import { EdtfDate } from '../record/date.ts';
import { problem } from '../record/problem.ts';
import { RecordQuery } from '../record/record-query.ts';
import { Statement } from '../record/statement.ts';
import { type ThreadFilter, ThreadQuery } from '../record/thread-query.ts';
import { DisagreementState, LinkKind } from '../record/vocabulary.ts';
import { listDisagreements } from '../store/disagreements.ts';
import { readDossier } from '../store/dossiers.ts';
import { listNamed } from '../store/named.ts';
import { listRecords } from '../store/record-list.ts';
import type { Store } from '../store/store.ts';
import { changeTopics } from '../store/topics.ts';
import { findValues } from '../store/values.ts';
import { chunks } from '../store/write.ts';
import { analysisOf } from './analyses.ts';
import { type DisagreementItem, queueOf } from './disagreements.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

/** A thread in a list. */
export const ThreadLine = z
  .object({
    key: z.string(),
    title: z.string(),
    statements: z.int(),
    /** The records behind them: a statement may be reported by several. */
    reports: z.int(),
    /** Who speaks in it, in the order of their first words. */
    speakers: z.array(z.string()),
    /** When its first and last dated statements were made. */
    first: EdtfDate.nullable(),
    last: EdtfDate.nullable(),
    /** Answers that people have drawn. */
    links: z.int(),
    /** Open disagreements that its statements are part of. */
    open: z.int(),
  })
  .meta({ id: 'ThreadLine', title: 'Thread' });
export type ThreadLine = z.infer<typeof ThreadLine>;

const Range = z.object({ from: z.number(), to: z.number() }).nullable();

/** A thread with all that is in it. */
export const ThreadInFull = z
  .object({
    key: z.string(),
    title: z.string(),
    speakers: z.array(z.object({ name: z.string(), actor: Id.nullable() })),
    statements: z.array(
      z.object({
        id: Id,
        reports: z.array(Id),
        independent: z.int(),
        speaker: z.int(),
        /** First and last instant it may have been said, in milliseconds since 1970. */
        range: Range,
        /** In words: how much later than the one before it, and how often it was reported; null where there is nothing to tell. */
        later: z.string().nullable(),
        reported: z.string().nullable(),
      }),
    ),
    links: z.array(
      z.object({
        from: Id,
        to: Id,
        link: LinkKind,
        basis: z.enum(['drawn', 'suggested']),
        /** Of a suggested one: the key to decide about it by, what was decided, and the version of that decision. */
        finding: z.string().nullable(),
        state: DisagreementState.nullable(),
        version: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'Thread', title: 'Thread with its statements' });
export type ThreadInFull = z.infer<typeof ThreadInFull>;

const OneThread = InDossier.extend({ key: z.string().max(300) });
const InLanguage = z.object({
  /** The language of the picture. */
  lang: z.enum(['en', 'fr']).default('en'),
});

/** More statements than this are not drawn: a picture of them would show nothing. */
const MOST_DRAWN = 400;
/** Statements that a search in the words of records looks through threads with. */
const MOST_FOUND = 500;

/** The threads of a dossier with what is known of them, the one spoken in last first. */
async function readThreads(store: Store, dossier: string) {
  const decisions = await listDisagreements(store, dossier);
  // Everything that analysis says is read at once: it is shared and moves on.
  const analysis = await analysisOf(store, dossier);
  const queue = queueOf(analysis, decisions);
  const threads = [...analysis.statements.threads()].sort(
    (a, b) => endOf(b) - endOf(a) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
  const threadOf = new Map<string, Thread>();
  for (const thread of threads)
    for (const { reports } of thread.statements) for (const id of reports) threadOf.set(id, thread);
  const open = new Map<Thread, number>();
  for (const { state, records } of queue) {
    if (state !== 'open') continue;
    for (const thread of new Set(records.flatMap(({ id }) => threadOf.get(id) ?? [])))
      open.set(thread, (open.get(thread) ?? 0) + 1);
  }
  return { threads, threadOf, open, queue };
}

function endOf({ range }: Thread): number {
  const known = drawnRange(range);
  return known === null ? -Infinity : known.to;
}

const isAlone = ({ statements, links }: Thread) => statements.length < 2 && links.length === 0;

async function narrowed(store: Store, dossier: string, filter: ThreadFilter) {
  const all = await readThreads(store, dossier);
  const wanted = filter.q?.toLocaleLowerCase();
  const inWords = new Set<Thread>();
  if (wanted) {
    const query = RecordQuery.parse({ q: filter.q, limit: MOST_FOUND });
    const { records } = await listRecords(store, 'statement', dossier, query);
    for (const { id } of records) {
      const thread = all.threadOf.get(id);
      if (thread) inWords.add(thread);
    }
  }
  const found = all.threads.filter(
    (thread) =>
      (filter.alone || !isAlone(thread)) &&
      (!filter.open || all.open.has(thread)) &&
      (!wanted ||
        inWords.has(thread) ||
        thread.title.toLocaleLowerCase().includes(wanted) ||
        thread.speakers.some(({ name }) => name.toLocaleLowerCase().includes(wanted))),
  );
  return {
    ...all,
    /** Before the choice of speakers: so that each choice can say what it would leave. */
    found,
    chosen: found.filter(
      ({ speakers }) =>
        filter.speaker.length === 0 || speakers.some(({ name }) => filter.speaker.includes(name)),
    ),
  };
}

async function linesOf(
  store: Store,
  dossier: string,
  threads: readonly Thread[],
  open: ReadonlyMap<Thread, number>,
): Promise<ThreadLine[]> {
  const ends = threads.map(({ statements }) => {
    const dated = statements.filter(({ range }) => range !== null);
    return [dated[0]?.id, dated.at(-1)?.id] as const;
  });
  const dates = new Map<string, string | null>();
  for (const ids of chunks([...new Set(ends.flat().filter((id) => id !== undefined))]))
    for (const { id, saidOn } of await findValues(store.read, 'statement', dossier, ids))
      dates.set(id, saidOn);
  return threads.map((thread, index): ThreadLine => {
    const [first, last] = ends[index]!.map((id) => (id === undefined ? null : (dates.get(id) ?? null)));
    return {
      ...{ key: thread.key, title: thread.title, first: first ?? null, last: last ?? null },
      statements: thread.statements.length,
      reports: thread.statements.reduce((sum, { reports }) => sum + reports.length, 0),
      speakers: thread.speakers.map(({ name }) => name),
      links: thread.links.filter(({ basis }) => basis === 'drawn').length,
      open: open.get(thread) ?? 0,
    };
  });
}

/** The item of the queue that stands for a suggested answer: by its key, or by what it says where the key has changed. */
function itemOf(link: ThreadLink, queue: readonly DisagreementItem[]): DisagreementItem | undefined {
  return (
    queue.find(({ key }) => key === link.finding) ??
    queue.find(
      ({ records, link: kind }) =>
        kind === link.link && records[0]?.id === link.from && records[1]?.id === link.to,
    )
  );
}

/** A thread in full, its records, and the picture's material. Throws `not-found`. */
async function readThread(store: Store, dossier: string, key: string, m: PublicMessages) {
  const { threads, queue } = await readThreads(store, dossier);
  const thread = threads.find((one) => one.key === key);
  if (!thread) throw problem('not-found', { what: 'thread' });
  const told = new Map(thread.statements.flatMap(({ id, reports }) => reports.map((one) => [one, id])));
  const full: ThreadInFull = {
    ...{ key: thread.key, title: thread.title, speakers: thread.speakers },
    statements: thread.statements.map((one, index) => ({
      ...one,
      range: drawnRange(one.range),
      later: index === 0 ? null : laterInWords(thread.statements[index - 1]!.range, one.range, m),
      reported: reportsInWords(one, m),
    })),
    links: thread.links.map((link) => {
      const item = link.basis === 'suggested' ? itemOf(link, queue) : undefined;
      return {
        ...{ from: told.get(link.from) ?? link.from, to: told.get(link.to) ?? link.to, link: link.link },
        basis: link.basis,
        finding: item?.key ?? null,
        state: item?.state ?? null,
        version: item?.decision?.version ?? null,
      };
    }),
  };
  const records: Statement[] = [];
  for (const ids of chunks([...told.keys()]))
    records.push(...(await findValues(store.read, 'statement', dossier, ids)));
  const actors = await listNamed(store, 'actor', dossier);
  const drawn: ThreadToDraw = {
    thread: full,
    statements: new Map(records.map((record) => [record.id, record])),
    // What was turned down is no part of the picture.
    links: full.links.filter(({ basis, state }) => basis === 'drawn' || state === 'open'),
    groups: bodiesOf(full.speakers, actors),
  };
  return { full, records, drawn };
}

export const threads = {
  'GET /dossiers/:dossier/threads': endpoint({
    summary: 'Who said what: the threads of a dossier’s statements, the one spoken in last first',
    permission: 'record.read',
    params: InDossier,
    query: ThreadQuery,
    answer: z.object({
      threads: z.array(ThreadLine),
      next: z.string().nullable(),
      total: z.int(),
      /** Statements that stand alone, and are left out unless asked for. */
      alone: z.int(),
      /** Who speaks in how many of the threads found. */
      speakers: z.array(z.object({ name: z.string(), count: z.int() })),
    }),
    csv: {
      table: 'thread',
      name: 'threads',
      pages: async function* ({ store, params, query }) {
        const { id } = await readDossier(store, params.dossier);
        const { chosen, open } = await narrowed(store, id, query);
        for (let from = 0; from < chosen.length; from += 500)
          yield await linesOf(store, id, chosen.slice(from, from + 500), open);
      },
    },
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const { threads: all, found, chosen, open } = await narrowed(store, id, query);
      const after = query.cursor === undefined ? -1 : chosen.findIndex(({ key }) => key === query.cursor);
      if (query.cursor !== undefined && after < 0) throw problem('request.cursor');
      const page = chosen.slice(after + 1, after + 1 + query.limit);
      const speakers = new Map<string, number>();
      for (const thread of found)
        for (const { name } of thread.speakers) speakers.set(name, (speakers.get(name) ?? 0) + 1);
      return {
        threads: await linesOf(store, id, page, open),
        next: after + 1 + page.length < chosen.length ? page.at(-1)!.key : null,
        total: chosen.length,
        alone: all.filter(isAlone).length,
        speakers: [...speakers]
          .map(([name, count]) => ({ name, count }))
          .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
          .slice(0, 100),
      };
    },
  }),
  'GET /dossiers/:dossier/threads/of/:statement': endpoint({
    summary: 'The thread that a statement is in; null where it is in none, or alone in its own',
    permission: 'record.read',
    params: InDossier.extend({ statement: Id }),
    answer: z.object({ thread: z.object({ key: z.string(), title: z.string() }).nullable() }),
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const thread = (await analysisOf(store, id)).statements.threadOf(params.statement);
      if (thread === null || isAlone(thread)) return { thread: null };
      return { thread: { key: thread.key, title: thread.title } };
    },
  }),
  'GET /dossiers/:dossier/threads/:key': endpoint({
    summary: 'One thread: its statements in full, how they answer one another, and the same as a picture',
    permission: 'record.read',
    params: OneThread,
    query: InLanguage,
    answer: z.object({
      thread: ThreadInFull,
      /** Every record that reports one of its statements. */
      records: z.array(Statement),
      /** SVG; its marks lead to `#statement-<id>`. Null where there is too much to draw. */
      picture: z.string().nullable(),
    }),
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const m = publicMessages(query.lang);
      const { full, records, drawn } = await readThread(store, id, params.key, m);
      const isDrawn = full.statements.length <= MOST_DRAWN;
      const picture = isDrawn ? threadChart(drawn, m, (one) => `#statement-${one}`) : null;
      return { thread: full, records, picture };
    },
  }),
  'GET /dossiers/:dossier/threads/:key/picture.svg': endpoint({
    summary: 'The picture of a thread as a file',
    permission: 'record.read',
    params: OneThread,
    query: InLanguage,
    answer: null,
    handle: async ({ store, params, query, context }) => {
      const { id } = await readDossier(store, params.dossier);
      const m = publicMessages(query.lang);
      const { drawn } = await readThread(store, id, params.key, m);
      return context.body(threadChart(drawn, m, null), 200, {
        'Content-Type': 'image/svg+xml',
        'Content-Disposition': 'attachment; filename="thread.svg"',
        'Cache-Control': 'no-store',
      });
    },
  }),
  'GET /dossiers/:dossier/threads/:key/statements': endpoint({
    summary: 'The statements of a thread, one row each, in order of time',
    permission: 'record.read',
    params: OneThread,
    answer: z.object({ statements: z.array(Statement) }),
    csv: {
      table: 'thread-statement',
      name: 'thread',
      pages: async function* ({ store, params }) {
        const { id } = await readDossier(store, params.dossier);
        yield rowsOf(await readThread(store, id, params.key, publicMessages('en')));
      },
    },
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const { full, drawn } = await readThread(store, id, params.key, publicMessages('en'));
      const byId = drawn.statements as ReadonlyMap<string, Statement>;
      return { statements: full.statements.flatMap((one) => byId.get(one.id) ?? []) };
    },
  }),
  'POST /dossiers/:dossier/threads/topics': endpoint({
    summary: 'Give topics to statements or take topics from them, all or none; one step for undo',
    permission: 'record.write',
    params: InDossier,
    body: z
      .object({
        statements: z
          .array(z.object({ id: Id, version: z.int() }))
          .min(1)
          .max(500),
        add: z.array(z.string().trim().min(1).max(120)).max(20).default([]),
        remove: z.array(z.string().min(1).max(120)).max(20).default([]),
      })
      .refine(({ add, remove }) => add.length + remove.length > 0, {
        path: ['add'],
        message: 'Name a topic to give or to take away.',
      }),
    answer: z.object({ statements: z.array(Statement) }),
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return { statements: await changeTopics(store, writer(id), body.statements, body) };
    },
  }),
};

/** The rows of a thread's table: when, who, what, how often reported, and what it answers how. */
function rowsOf({ full, drawn }: Awaited<ReturnType<typeof readThread>>): object[] {
  const byId = drawn.statements as ReadonlyMap<string, Statement>;
  return full.statements.flatMap((one, index) => {
    const record = byId.get(one.id);
    if (!record) return [];
    const links = drawn.links.filter(({ from }) => from === one.id);
    const reporters = one.reports.flatMap((id) => byId.get(id)?.reporter?.name ?? []);
    return [
      {
        ...record,
        number: index + 1,
        words: record.content,
        reports: one.reports.length,
        independent: one.independent,
        reporters: [...new Set(reporters)],
        answers: links.map(({ to }) => to),
        how: links.map(({ link }) => link),
        basis: links.map(({ basis }) => basis),
      },
    ];
  });
}
