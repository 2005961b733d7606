// What a failure of disk, system or database means for a person: the problem from the catalogue that says what to do.
import { Problem, problem } from '../record/problem.ts';

/** "File exists": the embedded database tells it of a file that it was making when it could open no more. */
const HALF_MADE = '58P02';

/** Codes of the operating system, of PostgreSQL (SQLSTATE), and numbers of the embedded database's file system (WASI). */
const MEANINGS: [Parameters<typeof problem>[0] & `store.${string}`, readonly (string | number)[]][] = [
  ['store.full', ['ENOSPC', 'EDQUOT', '53100', 51, 19]],
  ['store.disk', ['EIO', '58030', 29]],
  ['store.read-only', ['EROFS', '25006', 69]],
  ['store.busy', ['EMFILE', 'ENFILE', '53000', '53300', 33, 41, HALF_MADE]],
  [
    'store.unreachable',
    [
      'ECONNREFUSED',
      'ECONNRESET',
      'EPIPE',
      'ETIMEDOUT',
      '57P01',
      '57P02',
      '57P03',
      '08000',
      '08003',
      '08006',
      '08P01',
    ],
  ],
];

/** The driver's words for a connection that broke; they have no code. */
const BROKEN = /^(Connection terminated|Client has encountered a connection error|connection is closed)/i;

/** The problem that a failure is, or null when it is none of these (and so a defect). */
export function storeProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  // Errors of the embedded database's file system are objects of its own.
  if (typeof error !== 'object' || error === null) return null;
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  for (const [meaning, codes] of MEANINGS) {
    // Node's own errors have both, and there the number means something else.
    const sign = (code ?? errno) as string | number;
    if (codes.includes(sign)) return problem(meaning as 'store.full', undefined, error);
  }
  const isBroken = error instanceof Error && BROKEN.test(error.message);
  return isBroken ? problem('store.unreachable', undefined, error) : null;
}
