// The server's own log lines. Whoever reads them may be anybody: they say what kind of thing went wrong and where in the code,
// and nothing that was being read or written. Messages of errors quote it, so they are left out where they may.
import pino, { type DestinationStream, type Logger } from 'pino';
import { Problem } from '../record/problem.ts';

/** What a log line says of an error. */
interface ErrorLine {
  type: string;
  message?: string;
  /** A stable code: of a problem, of the system (ENOENT), of PostgreSQL (23505). */
  code?: string;
  /** Of PostgreSQL: which constraint or table; names of ours. */
  constraint?: string;
  table?: string;
  /** Where in the code, innermost first. */
  at: string[];
  cause?: ErrorLine;
}

/** Errors whose messages the engine or the system writes, about the code or a file of ours. */
function isSafe(error: Error): boolean {
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)
    return true;
  return typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

/** An error without what it quotes: messages of parsers and databases hold the words they stumbled on. */
export function errorLine(error: unknown): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const { code, constraint, table, cause } = error as Error & Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  // Only lines that are frames: above them stands the message, which may have lines of its own.
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at .*(?::\d+:\d+\)?|<anonymous>\)?)$/.test(line));
  return {
    type: error.name,
    ...(isSafe(error) && { message: error.message }),
    ...(text(error instanceof Problem ? error.code : code) && {
      code: error instanceof Problem ? error.code : String(code),
    }),
    ...(text(constraint) && { constraint: String(constraint) }),
    ...(text(table) && { table: String(table) }),
    at: at.map((line) => line.trim()).slice(0, 20),
    ...(cause instanceof Error && { cause: errorLine(cause) }),
  };
}

/** A logger whose lines hold nothing that was read or written; to standard error unless told otherwise. */
export function openLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: null, serializers: { err: errorLine } }, destination);
}

/** Notes the cause of every answer that says no more than that something went wrong here, by the reference that it gives. */
export function failedRequests(logger: Logger): (reference: string, error: unknown) => void {
  return (reference, error) => logger.error({ reference, err: error }, 'request failed');
}
