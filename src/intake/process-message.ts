// What passes between Constat and its reading process.
import type { ProblemCode } from '../record/problem.ts';
import type { ProposeContext, Suggestions } from '../record/suggestion.ts';
import type { FileFact } from './file-facts.ts';
import type { IntakeLimits } from './limits.ts';
import type { Picture } from './make-picture.ts';
import type { FileNature, Reading } from './reading.ts';

/** One thing to do; a process does one at a time. */
export type ProcessTask =
  | { task: 'read'; bytes: Uint8Array; of: FileNature; limits: IntakeLimits }
  /** `language` is a BCP 47 tag, or null to find it out. */
  | { task: 'propose'; text: string; language: string | null; context: ProposeContext }
  | { task: 'picture'; bytes: Uint8Array; mediaType: string }
  | { task: 'facts'; bytes: Uint8Array; mediaType: string; limits: IntakeLimits }
  | { task: 'prepare' };

/** What came of it. `ready` comes once, unasked, when the process has started. */
export type ProcessAnswer =
  | { ready: true }
  | { prepared: true }
  | { reading: Reading }
  | { picture: Picture }
  | { facts: FileFact[] | null }
  | { suggestions: Suggestions; language: string | null }
  | { problem: { code: ProblemCode; details: Record<string, unknown> } };
