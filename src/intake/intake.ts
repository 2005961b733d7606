// Intake as the rest of the house sees it: hand a file in, hear how far it has come, wait for it, stop.
import type { Consultation } from '../record/consultation.ts';
import { problem } from '../record/problem.ts';
import type { Source } from '../record/source.ts';
import { askAgain, readConsultation } from '../store/consultations.ts';
import { readDossier } from '../store/dossiers.ts';
import type { DossierWriter } from '../store/records.ts';
import { readAgain, readSource } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { whyWithheld } from './consult.ts';
import { arrivalOf, fetchAddress } from './fetch-address.ts';
import type { FileFact } from './file-facts.ts';
import { type IntakeLimits, intakeLimits } from './limits.ts';
import type { ModelNotice } from './model-settings.ts';
import { PUBLIC_WEB, type Reach } from './public-web.ts';
import { closeReaders, warm } from './read.ts';
import { inReader } from './reader-process.ts';
import { type Arrival, type Received, receive } from './receive.ts';
import { type Consulting, type Progress, startWorker } from './worker.ts';

export type { Progress } from './worker.ts';

/** Intake of a store, at work. */
export interface Intake {
  limits: IntakeLimits;
  /** Takes a file in; see receive.ts for what it throws. Several at once are several calls. */
  receive: (writer: DossierWriter, arrival: Arrival) => Promise<Received>;
  /** Fetches what stands at an address and takes it in; throws what fetch-address.ts and receive.ts do, or `address.off`. */
  receiveFrom: (
    writer: DossierWriter,
    address: string,
    given: Pick<Arrival, 'content' | 'ownOnly'>,
    signal?: AbortSignal,
  ) => Promise<Received>;
  /** What an original says of itself beside its words, by the names it uses; null where that is not looked into. */
  factsOf: (source: Pick<Source, 'original' | 'mediaType'>) => Promise<FileFact[] | null>;
  /** Has a source read again, and its passages found again in the new text. */
  readAgain: (writer: DossierWriter, source: string) => Promise<Source>;
  /** The language model that sources are told to; null when there is none. */
  model: ModelNotice | null;
  /** How it stands between a source and the language model. */
  consultation: (dossier: string, source: string) => Promise<Consultation>;
  /** Has the language model asked about a source (again). Throws `model.off`, `model.withheld` or `source.no-text`. */
  consult: (writer: DossierWriter, source: string) => Promise<Consultation>;
  /** Calls back at each step of any source worked on in this process. Returns how to stop it. */
  onProgress: (listener: (progress: Progress) => void) => () => void;
  /** Resolves with the source when it has been proposed from or could not be read, whichever process did it. */
  settled: (dossier: string, source: string) => Promise<Source>;
  close: () => Promise<void>;
}

/** How often `settled` looks for itself, in case another process does the work. */
const LOOK_MS = 500;

/** Of so many originals it is remembered what they say of themselves. */
const MOST_FACTS = 1000;

/**
 * Opens intake on a store and begins with the jobs that wait there. A reading process is started ahead of the first file.
 * `reach` says which addresses may be fetched from; null for none.
 */
export function openIntake(
  store: Store,
  limits: IntakeLimits = intakeLimits(),
  onError: (error: unknown) => void = () => {},
  consulting: Consulting = { model: null, isAsking: false },
  reach: Reach | null = PUBLIC_WEB,
): Intake {
  const listeners = new Set<(progress: Progress) => void>();
  const report = (progress: Progress) => {
    for (const listener of listeners) listener(progress);
  };
  const onProgress = (listener: (progress: Progress) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const worker = startWorker(store, limits, consulting, report, onError);
  warm(limits).catch(onError);
  const model = consulting.model?.notice ?? null;
  const whyNot = async (dossier: string, source: Source) =>
    whyWithheld(source, await readDossier(store, dossier), model);
  const consultation = async (dossier: string, id: string): Promise<Consultation> => {
    const source = await readSource(store, dossier, id);
    const [withheld, { waiting, last }] = await Promise.all([
      whyNot(dossier, source),
      readConsultation(store, dossier, id),
    ]);
    if (withheld !== null) return { state: withheld, last };
    if (waiting) return { state: 'waiting', last };
    return { state: last === null ? 'none' : last.failure ? 'failed' : 'done', last };
  };
  let closed = false;
  /** By the hash of the original, which never changes. */
  const facts = new Map<string, FileFact[] | null>();
  const take = async (writer: DossierWriter, arrival: Arrival): Promise<Received> => {
    const received = await receive(store, writer, arrival, limits);
    const { id, dossier, createdAt } = received.source;
    if (!received.duplicate) report({ dossier, source: id, step: 'received', failure: null, at: createdAt });
    return received;
  };
  return {
    limits,
    model,
    consultation,
    consult: async (writer, id) => {
      const source = await readSource(store, writer.dossier, id);
      const withheld = await whyNot(writer.dossier, source);
      if (withheld !== null) throw problem(`model.${withheld}`);
      if (source.text === null) throw problem('source.no-text');
      await askAgain(store, writer, id, { model: model!.name, host: model!.host });
      return consultation(writer.dossier, id);
    },
    receive: take,
    receiveFrom: async (writer, address, given, signal) => {
      if (reach === null) throw problem('address.off');
      const costs = { body: limits.upload, seconds: limits.fetchSeconds };
      const fetched = await fetchAddress(address, costs, { reach, ...(signal && { signal }) });
      return take(writer, { ...given, ...arrivalOf(address, fetched, given.content) });
    },
    factsOf: async ({ original, mediaType }) => {
      let told = facts.get(original);
      if (told === undefined) {
        const bytes = await store.blobs.read(original);
        const answer = await inReader({ task: 'facts', bytes, mediaType, limits }, limits);
        // A file that cannot be opened is one of which nothing is known.
        told = 'facts' in answer ? answer.facts : null;
        if (facts.size >= MOST_FACTS) facts.clear();
        facts.set(original, told);
      }
      return told;
    },
    readAgain: (writer, source) => readAgain(store, writer, source),
    onProgress,
    settled: async (dossier, source) => {
      for (;;) {
        const found = await readSource(store, dossier, source);
        if (found.state === 'proposed' || found.state === 'unreadable') return found;
        if (closed) throw problem('read.crashed');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, LOOK_MS);
          const stop = onProgress((progress) => progress.source === source && done());
          function done() {
            clearTimeout(timer);
            stop();
            resolve();
          }
        });
      }
    },
    close: async () => {
      closed = true;
      // Files under way are given up; their jobs are repeated at the next start.
      const working = worker.stop();
      await closeReaders();
      await working;
    },
  };
}
