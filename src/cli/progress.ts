// Progress on stderr for work that takes over a second: a bar where somebody watches, nothing where nobody does.
import { Presets, SingleBar } from 'cli-progress';

/** Says how far a named step is; a total of 0 is not known. */
export type Progress = (step: string, done: number, total: number) => void;

/** Starts watching. Nothing is shown in the first second, nor where stderr is not a terminal. */
export function watchProgress(): { report: Progress; end: () => void } {
  if (!process.stderr.isTTY) return { report: () => {}, end: () => {} };
  const started = performance.now();
  const bar = new SingleBar(
    {
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      format: '{step} {bar} {value}/{total}',
    },
    Presets.shades_classic,
  );
  let shown = false;
  return {
    report: (step, done, total) => {
      if (performance.now() - started < 1000) return;
      if (!shown) bar.start(total, done, { step });
      shown = true;
      bar.setTotal(total);
      bar.update(done, { step });
    },
    end: () => {
      if (shown) bar.stop();
    },
  };
}
