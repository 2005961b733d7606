// Checks one bundle away from the page, so that the page stays alive meanwhile.
import { blobSource } from '../../publish/bundle/byte-source.ts';
import type { Chosen } from '../../publish/bundle/open-bundle.ts';
import type { Report } from '../../publish/bundle/report.ts';
import { verifyBundle, verifyFolder } from '../../publish/bundle/verify.ts';

/** What the page asks. */
export interface CheckRequest {
  chosen: Chosen;
  vkey: string | undefined;
}

/** How far it is, the outcome, or why there is none. */
export type CheckAnswer = { done: number; total: number } | { report: Report } | { failure: string };

const answer = (message: CheckAnswer) => self.postMessage(message);

self.onmessage = async ({ data: { chosen, vkey } }: MessageEvent<CheckRequest>) => {
  const options = { vkey, onProgress: (done: number, total: number) => answer({ done, total }) };
  try {
    const report = Array.isArray(chosen)
      ? await verifyFolder(chosen, options)
      : await verifyBundle(blobSource(chosen), options);
    answer({ report });
  } catch (error) {
    answer({ failure: error instanceof Error ? error.message : String(error) });
  }
};
