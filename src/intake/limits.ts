// The limits of intake. They are settings: what is generous for a newsroom's server is too much for a laptop.

/** What a file, and the reading of it, may cost. */
export interface IntakeLimits {
  /** Largest file taken in, in bytes. */
  upload: number;
  /** Longest reading of one file, in seconds. */
  seconds: number;
  /** Most memory the reading process may hold, in megabytes. */
  memoryMb: number;
  /** Longest text read out of a file, in bytes of UTF-8. */
  text: number;
  /** Largest size of everything inside a packed file (DOCX, XLSX), in bytes. */
  unpacked: number;
  /** Longest fetching from one address, in seconds. */
  fetchSeconds: number;
}

const MEGABYTE = 1_000_000;

/**
 * The limits from the environment: CONSTAT_MAX_UPLOAD_MB (100), CONSTAT_READ_SECONDS (30),
 * CONSTAT_READ_MEMORY_MB (1024), CONSTAT_MAX_TEXT_MB (20), CONSTAT_MAX_UNPACKED_MB (200),
 * CONSTAT_FETCH_SECONDS (60).
 * Throws when one is set to something that is not a positive number: a limit misread is a limit missing.
 */
export function intakeLimits(environment: NodeJS.ProcessEnv = process.env): IntakeLimits {
  const setting = (name: string, standard: number) => {
    const given = environment[name];
    if (given === undefined || given === '') return standard;
    const value = Number(given);
    if (!(value > 0) || !Number.isFinite(value)) {
      throw new Error(`${name} is “${given}”. Set it to a number above 0, or leave it out for ${standard}.`);
    }
    return value;
  };
  return {
    upload: setting('CONSTAT_MAX_UPLOAD_MB', 100) * MEGABYTE,
    seconds: setting('CONSTAT_READ_SECONDS', 30),
    memoryMb: setting('CONSTAT_READ_MEMORY_MB', 1024),
    text: setting('CONSTAT_MAX_TEXT_MB', 20) * MEGABYTE,
    unpacked: setting('CONSTAT_MAX_UNPACKED_MB', 200) * MEGABYTE,
    fetchSeconds: setting('CONSTAT_FETCH_SECONDS', 60),
  };
}

/** A size as a person reads it: “100 MB”, “2.5 MB”, “640 KB”. */
export function sizeText(bytes: number): string {
  if (bytes >= MEGABYTE) return `${Math.round((bytes / MEGABYTE) * 10) / 10} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} KB`;
}
