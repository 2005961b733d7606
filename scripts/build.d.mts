// The types of build.mjs, which is plain JavaScript because it runs before anything is built.

/** Builds dist/ unless it is newer than every source. */
export function ensureBuilt(): Promise<void>;
