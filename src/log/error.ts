// The one error of the log: what was read is not what a correct log would have served.

/**
 * - `malformed`: the bytes do not follow their format.
 * - `missing`: a resource that the checkpoint implies is absent.
 * - `inconsistent`: well-formed bytes that contradict the signed tree.
 */
export type LogErrorCode = 'malformed' | 'missing' | 'inconsistent';

/** Thrown while reading a log; verifiers turn it into a returned finding. `subject` is a path or a format's name. */
export class LogError extends Error {
  override readonly name = 'LogError';
  readonly code: LogErrorCode;
  readonly subject: string;

  constructor(code: LogErrorCode, subject: string, detail: string) {
    super(`${subject}: ${detail}`);
    this.code = code;
    this.subject = subject;
  }
}

/** Builds the `malformed` error of a format, e.g. `malformed('base64', 'the padding is missing')`. */
export function malformed(subject: string, detail: string): LogError {
  return new LogError('malformed', subject, detail);
}
