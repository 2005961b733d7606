// Where a person goes on to after signing in.

/** Where to go on to: an address of the desk, never of another site. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
