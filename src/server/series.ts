// Series over HTTP: what a table seems to be and which figures it would make; its faults; and the import itself, whose answer
// tells its progress line by line, since the embedded database answers nobody else until it is done.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { SeriesMapping } from '../record/series.ts';
import { readDossier } from '../store/dossiers.ts';
import { type Imported, importSeries } from '../store/series.ts';
import { InDossier } from './dossiers.ts';
import { endpoint, problemResponse } from './endpoint.ts';
import {
  guess,
  importOf,
  makeReady,
  planOf,
  preview,
  SeriesFault,
  SeriesLayout,
  SeriesPreview,
} from './series-table.ts';
import { openTable, rowsAt, TableRows } from './table-file.ts';

const OneSource = InDossier.extend({ id: Id });

export const series = {
  'GET /dossiers/:dossier/sources/:id/rows': endpoint({
    summary:
      'Rows of a table with the figures that rest on them; with ?record= those around the row of one figure',
    permission: 'record.read',
    params: OneSource,
    query: z.object({
      sheet: z.coerce.number().int().min(0).default(0),
      first: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      record: Id.optional(),
    }),
    answer: TableRows,
    handle: async ({ store, params, query }) => {
      const table = await openTable(store, (await readDossier(store, params.dossier)).id, params.id);
      return rowsAt(store, table, query);
    },
  }),
  'POST /dossiers/:dossier/sources/:id/series/preview': endpoint({
    summary: 'Which figures a table would make; without a mapping, with one that is guessed',
    permission: 'record.write',
    params: OneSource,
    body: z.object({ mapping: SeriesMapping.nullable(), layout: SeriesLayout.default({}) }),
    answer: SeriesPreview,
    handle: async ({ store, params, body }) => {
      const table = await openTable(store, (await readDossier(store, params.dossier)).id, params.id);
      const { mapping, remembered } = body.mapping
        ? { mapping: body.mapping, remembered: false }
        : await guess(store, table, body.layout);
      return { ...(await preview(store, table, mapping)), remembered };
    },
  }),
  'POST /dossiers/:dossier/sources/:id/series/faults': endpoint({
    summary: 'Everything that is wrong with the rows of a table under a mapping',
    permission: 'record.write',
    params: OneSource,
    body: z.object({ mapping: SeriesMapping }),
    answer: z.object({ faults: z.array(SeriesFault) }),
    handle: async ({ store, params, body }) => {
      const table = await openTable(store, (await readDossier(store, params.dossier)).id, params.id);
      const { faults } = await planOf(await makeReady(store, table, body.mapping));
      return { faults };
    },
  }),
  'POST /dossiers/:dossier/sources/:id/series': endpoint({
    summary:
      'Import the figures of a table, all or none; the answer is a line of JSON for each step: {"done","total"} …, then {"imported"} or {"problem"}',
    permission: 'record.write',
    params: OneSource,
    body: z.object({ mapping: SeriesMapping, leaveOut: z.boolean().default(false) }),
    answer: null,
    handle: async ({ store, services, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      const table = await openTable(store, id, params.id);
      const ready = await makeReady(store, table, body.mapping);
      if (ready.lacks !== null) throw problem(ready.lacks);
      const plan = await planOf(ready);
      if (plan.faulty > 0 && !body.leaveOut) throw problem('series.faults', { rows: plan.faulty });
      const work = importOf(ready, plan);
      return lines(
        (report) => importSeries(store, writer(id), work, report),
        async (error) => (await problemResponse(error, services).json()) as object,
      );
    },
  }),
};

/** One line of an import's answer. */
export type ImportLine =
  | { done: number; total: number }
  | { imported: Imported }
  | { problem: { title: string; code: string; status: number; details: Record<string, unknown> } };

/** A line is told this often; more would only be drawn and thrown away. */
const TELL_MS = 200;

/** An answer that grows line by line while the work goes on. Whoever stops listening does not stop the work. */
function lines(
  work: (report: (done: number, total: number) => void) => Promise<Imported>,
  problemOf: (error: unknown) => Promise<object>,
): Response {
  let listening = true;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (line: object) => {
        if (listening) controller.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
      };
      let told = 0;
      const report = (done: number, total: number) => {
        if (done > 0 && done < total && Date.now() - told < TELL_MS) return;
        told = Date.now();
        tell({ done, total } satisfies ImportLine);
      };
      try {
        tell({ imported: await work(report) } satisfies ImportLine);
      } catch (error) {
        tell({ problem: await problemOf(error) });
      }
      if (listening) controller.close();
    },
    cancel() {
      listening = false;
    },
  });
  return new Response(body, {
    headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
