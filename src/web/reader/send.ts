// The requests behind a change: each answers with the records as they stand now.
import type { RecordKind } from '../../record/vocabulary.ts';
import { type AnyRecord, PLURAL } from '../../ui/record-words.ts';
import { type AnswerOf, ApiProblem, type BodyOf, call } from '../api.ts';
import type { Outcome } from './writes.ts';

type Now = (id: string) => AnyRecord | undefined;

/** The record with the version the server knows; a record that is gone is a conflict like any other. */
function current(id: string, now: Now): { id: string; version: number } {
  const record = now(id);
  if (!record)
    throw new ApiProblem({
      title: 'Somebody changed this record meanwhile.',
      code: 'record.version',
      status: 409,
    });
  return { id, version: record.version };
}

/** The same call for each kind of record; the client is typed by address, and the three differ in nothing else. */
const routes = <const Verb extends string, const Rest extends string>(verb: Verb, rest: Rest) =>
  ({
    statement: `${verb} /dossiers/:dossier/${PLURAL.statement}${rest}`,
    figure: `${verb} /dossiers/:dossier/${PLURAL.figure}${rest}`,
    incident: `${verb} /dossiers/:dossier/${PLURAL.incident}${rest}`,
  }) as const;
const ACCEPT = routes('POST', '/accept');
const REJECT = routes('POST', '/reject');
const EDIT = routes('PATCH', '/:id');
const CREATE = routes('POST', '');

/** Accepts or rejects records of one kind, as one step. */
export async function sendJudgement(
  dossier: string,
  kind: RecordKind,
  verb: 'accept' | 'reject',
  ids: readonly string[],
  now: Now,
): Promise<Outcome> {
  const route = (verb === 'accept' ? ACCEPT : REJECT)[kind];
  const body = { records: ids.map((id) => current(id, now)) };
  return call(route, { params: { dossier }, body });
}

/** Changes a record's content, or the passages it rests on. */
export async function sendEdit(
  dossier: string,
  kind: RecordKind,
  id: string,
  now: Now,
  change: { content?: object | undefined; passages?: { source: string; start: number; end: number }[] },
): Promise<Outcome> {
  const { version } = current(id, now);
  const body = {
    version,
    ...(change.content && { content: change.content }),
    ...(change.passages && { passages: change.passages }),
  } as BodyOf<'PATCH /dossiers/:dossier/statements/:id'>;
  const record = await call(EDIT[kind] as typeof EDIT.statement, { params: { dossier, id }, body });
  return { records: [record] };
}

/** Makes a record by hand. */
export async function sendCreate(
  dossier: string,
  kind: RecordKind,
  content: object,
  passages: { source: string; start: number; end: number }[],
): Promise<Outcome> {
  const body = { content, passages } as BodyOf<'POST /dossiers/:dossier/statements'>;
  const record = await call(CREATE[kind] as typeof CREATE.statement, { params: { dossier }, body });
  return { records: [record] };
}

/** What an undo touched: records as they stand now, and other things by name. */
export interface UndoneRows {
  action: string;
  rows: { noun: string; id: string; record: AnyRecord | null; removed: boolean }[];
}

/** Takes back the newest thing this person did in the dossier, or does again what was taken back last. */
export async function sendUndo(
  dossier: string,
  verb: 'undo' | 'redo',
  tell: (undone: UndoneRows) => void,
): Promise<Outcome> {
  const answer: AnswerOf<'POST /dossiers/:dossier/undo'> =
    verb === 'undo'
      ? await call('POST /dossiers/:dossier/undo', { params: { dossier } })
      : await call('POST /dossiers/:dossier/redo', { params: { dossier } });
  const rows = answer.rows.map(({ noun, id, value }) => ({
    noun,
    id,
    record: noun in PLURAL && value !== null ? (value as AnyRecord) : null,
    removed: value === null,
  }));
  tell({ action: answer.action, rows });
  return {
    records: rows.flatMap(({ record }) => (record ? [record] : [])),
    removed: rows.filter((row) => row.removed).map((row) => row.id),
  };
}
