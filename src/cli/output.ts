// How commands speak: results on stdout, words for the person on stderr, exit 0 / 1 finding / 2 usage / 3 refused input.
import { Problem } from '../record/problem.ts';

/** Exit codes of every command. */
export const EXIT = { done: 0, finding: 1, usage: 2, refused: 3 } as const;

/** Prints a result as JSON, or as the lines a person reads. */
export function print(json: boolean, value: unknown, lines: () => string[]): void {
  process.stdout.write(
    json
      ? `${JSON.stringify(value, null, 2)}\n`
      : lines()
          .map((line) => `${line}\n`)
          .join(''),
  );
}

/** Says something to the person without disturbing the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a command's action: a problem becomes its sentence (or its JSON) and exit code 3. */
export async function run(json: boolean, action: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await action();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (json)
      print(true, { problem: { code: error.code, title: error.message, details: error.details } }, () => []);
    say(error.message);
    process.exitCode = EXIT.refused;
  }
}
