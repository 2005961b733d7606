// Class names put together.

/** The names that are there, as one `class` attribute; undefined when there is none. */
export function classes(...names: (string | false | null | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined;
}
