// Places where the fault campaign (bench/faults.ts) ends this process as a power failure would: at once, nothing tidied up.
// Only code in this process can arm one; no setting, no environment variable and no request reaches it.

/** Steps of keeping something that a process can die before or after. */
const STEPS = ['blob sync', 'blob rename', 'commit', 'tiles', 'checkpoint'] as const;

/** A place where a process may be made to die. `before file rename` is passed for every file of the log. */
export type FailPoint =
  | `${'before' | 'after'} ${(typeof STEPS)[number]}`
  | 'before file rename'
  | `${'before' | 'after'} key file`;

/** Every place there is. */
export const FAIL_POINTS: readonly FailPoint[] = [
  ...STEPS.flatMap((step) => [`before ${step}`, `after ${step}`] as const),
  'before file rename',
];

let armed: FailPoint | null = null;
let passesLeft = 0;

/** Makes this process kill itself (SIGKILL) when it passes a place for the `pass`-th time from now on. */
export function armFailPoint(point: FailPoint, pass = 1): void {
  armed = point;
  passesLeft = pass;
}

/** Says that a place is passed; nothing happens unless that place is armed. */
export function passFailPoint(point: FailPoint): void {
  if (point === armed && --passesLeft === 0) process.kill(process.pid, 'SIGKILL');
}
