// What the series screen asks and sends: previews, faults as a file, and the import, whose answer comes line by line.

import type { SeriesMapping } from '../../record/series.ts';
import type { ImportLine } from '../../server/series.ts';
import { type AnswerOf, ApiProblem, addressOf, type BodyOf, problemOf } from '../api.ts';

/** What a table would make, as the server tells it. */
export type Preview = AnswerOf<'POST /dossiers/:dossier/sources/:id/series/preview'>;
/** One fault of one row. */
export type Fault = Preview['faults'][number];
/** What is asked of a table: with a mapping, or in which place to guess one. */
export type Asked = BodyOf<'POST /dossiers/:dossier/sources/:id/series/preview'>;
/** What an import did. */
export type Imported = Extract<ImportLine, { imported: unknown }>['imported'];

/** How far an import is. */
export interface ImportProgress {
  done: number;
  total: number;
}

/** Imports a table; `report` hears how far it is. Throws ApiProblem, also where the line breaks before the end. */
export async function importTable(
  at: { dossier: string; id: string },
  body: { mapping: SeriesMapping; leaveOut: boolean },
  report: (progress: ImportProgress) => void,
): Promise<Imported> {
  const address = addressOf('POST /dossiers/:dossier/sources/:id/series', { params: at });
  const lost = (cause: unknown) => {
    if (cause instanceof ApiProblem) return cause;
    return new ApiProblem({
      title: 'Constat does not answer. Check that it runs; nothing you saved is lost.',
      code: 'network',
      status: 0,
    });
  };
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
    if (!response.ok) throw await problemOf(response);
    for await (const line of linesOf(response.body!)) {
      const told = JSON.parse(line) as ImportLine;
      if ('problem' in told) throw new ApiProblem(told.problem);
      if ('imported' in told) return told.imported;
      report(told);
    }
  } catch (error) {
    throw lost(error);
  }
  throw lost(null);
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line !== '') yield line;
  }
}

/** Gives a text to the person as a file. */
export function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
