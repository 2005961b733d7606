// Changes on their way to the server: shown at once, sent one after another, taken back when the server refuses.
// A change states what it does to records as they are, not what they become, so that it can be shown on top of whatever
// the server answered to the ones before it.
import type { AnyRecord } from '../../ui/record-words.ts';

/** What came back: records as they stand now, and those that are gone. */
export interface Outcome {
  records?: AnyRecord[];
  removed?: string[];
}

/** One change a person made. */
export interface Change {
  /** The records it needs unchanged by others; when one of its changes is refused, later ones to it are dropped too. */
  subjects: string[];
  /** The record as it will be; only called for subjects. */
  show?: (record: AnyRecord) => AnyRecord;
  /** Sends it; `now` gives a subject as the server knows it, with the version to name. */
  send: (now: (id: string) => AnyRecord | undefined) => Promise<Outcome>;
  /** Called with what came back. */
  done?: (outcome: Outcome) => void;
  /** Called when the server refused it, in place of the writer's own `refused`. */
  refused?: (error: unknown) => void;
}

/** Whether everything is saved; `failed` waits for the person or the network. */
export type SaveState = 'saved' | 'saving' | 'failed';

/** What a screen shows of the changes. */
export interface WriteStatus {
  state: SaveState;
  /** How many changes are not saved yet. */
  waiting: number;
  /** Counts every change of what `shown` gives. */
  revision: number;
}

/** What a writer needs from outside. */
export interface WriterSettings {
  /** A record as the server last gave it. */
  read: (id: string) => AnyRecord | undefined;
  /** Takes in what the server answered. */
  keep: (outcome: Outcome) => void;
  /** Called when the server refused a change that has no `refused` of its own. */
  refused: (error: unknown) => void;
  /** Whether an error is no refusal but a missing connection, worth another try. */
  isPassing: (error: unknown) => boolean;
  /** Waits before trying again; its promise may be ended early by `retry`. */
  pause: (attempt: number) => Promise<void>;
}

/** The changes of one dossier on their way to the server. */
export interface Writer {
  add: (change: Change) => void;
  /** A record with all unsaved changes shown on it. */
  shown: (record: AnyRecord) => AnyRecord;
  status: () => WriteStatus;
  subscribe: (listener: () => void) => () => void;
  /** Tries again now what could not be sent. */
  retry: () => void;
  /** Resolves when nothing is on its way any more. */
  settled: () => Promise<void>;
}

/** Makes a writer. */
export function makeWriter(settings: WriterSettings): Writer {
  let changes: Change[] = [];
  let status: WriteStatus = { state: 'saved', waiting: 0, revision: 0 };
  let running: Promise<void> | null = null;
  let wake = () => {};
  const listeners = new Set<() => void>();

  const say = (state: SaveState) => {
    status = { state, waiting: changes.length, revision: status.revision + 1 };
    for (const listener of listeners) listener();
  };

  async function run(): Promise<void> {
    let attempt = 0;
    while (changes.length > 0) {
      const change = changes[0]!;
      try {
        const outcome = await change.send(settings.read);
        attempt = 0;
        settings.keep(outcome);
        changes = changes.slice(1);
        change.done?.(outcome);
        say(changes.length > 0 ? 'saving' : 'saved');
      } catch (error) {
        if (settings.isPassing(error)) {
          say('failed');
          attempt++;
          await Promise.race([settings.pause(attempt), new Promise<void>((resolve) => (wake = resolve))]);
          say('saving');
          continue;
        }
        attempt = 0;
        const touched = new Set(change.subjects);
        changes = changes.slice(1).filter((later) => !later.subjects.some((subject) => touched.has(subject)));
        if (change.refused) change.refused(error);
        else settings.refused(error);
        say(changes.length > 0 ? 'saving' : 'saved');
      }
    }
    running = null;
  }

  return {
    add: (change) => {
      changes = [...changes, change];
      say(status.state === 'failed' ? 'failed' : 'saving');
      running ??= run();
    },
    shown: (record) => {
      let now = record;
      for (const change of changes) {
        if (change.show && change.subjects.includes(record.id)) now = change.show(now);
      }
      return now;
    },
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: () => wake(),
    settled: async () => {
      while (running) await running;
    },
  };
}
