// The keeper of the log: gives committed entries their index, writes the tiles, and signs a checkpoint at most a second
// later. Writers never wait for it, and it never signs what does not continue the checkpoint it signed before.
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { encodeBase64, equalBytes } from '../log/bytes.ts';
import { openCheckpoint, signCheckpoint } from '../log/checkpoint.ts';
import { encodeLeaf } from '../log/entry.ts';
import { LogError } from '../log/error.ts';
import { makeProof } from '../log/proof.ts';
import { emptyLog, extend, type LogState, logRoot } from '../log/sequence.ts';
import { type LogFile, parseTilePath, TILE_WIDTH, TileReader } from '../log/tile.ts';
import { verifyConsistency } from '../log/tree.ts';
import { Problem, problem } from '../record/problem.ts';
import { passFailPoint } from './fail-point.ts';
import { storeProblem } from './failure.ts';
import { type LogKey, openLogKey } from './keys.ts';
import { type LogDirectory, logPath, openLogDirectory } from './log-directory.ts';
import type { Tables } from './tables.ts';

/** How the log stands. */
export interface LogStatus {
  origin: string;
  /** The key to verify with, `name+id+key`. */
  vkey: string;
  /** Entries under the newest checkpoint. */
  size: number;
  /** Its root, base64. */
  root: string;
  /** When this process signed or first saw it; null before there is any. */
  at: string | null;
  /** Why nothing more is signed; null while all is well. */
  halted: Problem | null;
  /** Why the last run failed for what may be a passing reason, such as a database that does not answer. */
  failure: string | null;
}

/** The log of an open store. */
export interface LogKeeper {
  /** Says that entries were committed. Returns at once. */
  wake: () => void;
  /** Resolves when every entry committed before the call is under a signed checkpoint. Throws what halted the log. */
  flush: () => Promise<void>;
  status: () => LogStatus;
  /** The newest signed checkpoint. */
  checkpoint: () => Promise<string>;
  /** A tile by its path (`tile/…`), or null when there is none, or when it is no tile's path. */
  tile: (path: string) => Promise<Uint8Array | null>;
  /** A proof file (c2sp.org/tlog-proof) of the entry with this index. Throws `log.not-yet` before it is signed for. */
  proof: (index: number) => Promise<string>;
  /** Proof files of many entries, all against one checkpoint, in the order asked. */
  proofs: (indices: readonly number[]) => Promise<string[]>;
  /** Calls back after each new checkpoint; the returned function ends it. */
  onCheckpoint: (listener: (status: LogStatus) => void) => () => void;
  /** Calls back when the log can no longer be written (disk full, I/O error): the process has to stop. */
  onFatal: (listener: (cause: Problem) => void) => () => void;
  /** Signs for what is committed, as far as that is possible, and stops. */
  close: () => Promise<void>;
}

/** Entries that get their index in one transaction. */
const BATCH = 1000;
/** Shortest time between two runs' starts: under load one checkpoint covers many writes. */
const SPACING_MS = 200;
/**
 * Entries read at a time when the tree is rebuilt: whole bundles, so that no partial one is computed on the way; and
 * few, because questions asked meanwhile wait until a page is hashed (about ten milliseconds).
 */
const PAGE = 4 * TILE_WIDTH;

/** A signed state of the log, and the tree it is of. */
interface Published {
  note: string;
  size: number;
  root: Uint8Array;
  at: string;
  reader: TileReader;
}

/**
 * Opens the log of a data directory. The tree is rebuilt from the database and compared with the published checkpoint
 * before anything is signed; that happens after this returns, and `flush` waits for it.
 * With `shared`, several processes may have the log open on one PostgreSQL and one directory; one at a time signs.
 */
export async function openLog(
  kysely: Kysely<Tables>,
  options: { directory: string; origin?: string | undefined; shared?: boolean },
): Promise<LogKeeper> {
  const key = await openLogKey(options.directory, options.origin);
  const files = openLogDirectory(logPath(options.directory));
  const keeper = new Keeper(kysely, files, key, options.shared ?? false);
  await keeper.begin();
  return {
    wake: () => keeper.wake(),
    flush: () => keeper.flush(),
    status: () => keeper.status(),
    checkpoint: async () => (await keeper.current()).note,
    tile: async (path) => {
      try {
        return await files.tile(path);
      } catch (error) {
        if (error instanceof LogError) return null;
        throw error;
      }
    },
    proof: async (index) => (await keeper.proofs([index]))[0]!,
    proofs: (indices) => keeper.proofs(indices),
    onCheckpoint: (listener) => subscribe(keeper.checkpointListeners, listener),
    onFatal: (listener) => subscribe(keeper.fatalListeners, listener),
    close: () => keeper.close(),
  };
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

class Keeper {
  readonly checkpointListeners = new Set<(status: LogStatus) => void>();
  readonly fatalListeners = new Set<(cause: Problem) => void>();
  readonly #kysely: Kysely<Tables>;
  readonly #files: LogDirectory;
  readonly #key: LogKey;
  readonly #shared: boolean;
  #failure: string | null = null;
  /** The tree as far as it has been computed: never behind what is published. */
  #tree: LogState = emptyLog;
  #published: Published | null = null;
  #halted: Problem | null = null;
  #closed = false;
  #verified: Promise<void> = Promise.resolve();
  /** The run that is going on, if one is; it never rejects. */
  #running: Promise<void> | null = null;
  #lastStart = 0;
  #scheduled: NodeJS.Timeout | null = null;
  #poll: NodeJS.Timeout | null = null;

  constructor(kysely: Kysely<Tables>, files: LogDirectory, key: LogKey, shared: boolean) {
    this.#kysely = kysely;
    this.#files = files;
    this.#key = key;
    this.#shared = shared;
  }

  /** Reads the published checkpoint, signs the one of an empty log, and starts the comparison with the database. */
  async begin(): Promise<void> {
    await this.#kysely.transaction().execute(async (tx) => {
      // Waits for the turn: two processes that start at once must not sign the empty log over a longer one.
      await sql`select pg_advisory_xact_lock(hashtext('constat.log'))`.execute(tx);
      const size = await this.#sequenced(tx);
      const note = await this.#files.checkpoint();
      if (note !== null) this.#see(note);
      else if (size === 0) await this.#sign(emptyLog);
      else this.#halt(`the database has ${size} entries of it, but this folder no checkpoint.`);
      const published = this.#published?.size ?? 0;
      if (published > size) this.#halt(`${published} entries were signed for, the database has ${size}.`);
    });
    this.#verified = this.#verify().catch((error: unknown) => this.#judge(error));
    // Entries of other processes, and of a run that failed for a passing reason, are found by looking.
    this.#poll = setInterval(() => this.wake(), 1000);
    this.#poll.unref();
    this.wake();
  }

  status(): LogStatus {
    const { size, root, at } = this.#published ?? { size: 0, root: logRoot(emptyLog), at: null };
    const { origin, vkey } = this.#key;
    return { origin, vkey, size, root: encodeBase64(root), at, halted: this.#halted, failure: this.#failure };
  }

  async current(): Promise<Published> {
    // Another process may have signed since.
    if (this.#shared) await this.#look();
    if (this.#published === null) throw this.#halted ?? problem('log.not-yet');
    return this.#published;
  }

  async proofs(indices: readonly number[]): Promise<string[]> {
    const { size, reader, note } = await this.current();
    if (indices.some((index) => index >= size)) throw problem('log.not-yet');
    const proofs: string[] = [];
    for (const index of indices) proofs.push(await makeProof(reader, index, note));
    return proofs;
  }

  wake(): void {
    if (this.#closed || this.#halted || this.#scheduled) return;
    const wait = Math.max(0, this.#lastStart + SPACING_MS - Date.now());
    this.#scheduled = setTimeout(() => {
      this.#scheduled = null;
      // Why it failed stands in the status; the next look tries again.
      this.#run().catch(() => {});
    }, wait);
  }

  async flush(): Promise<void> {
    for (;;) {
      // A run of its own, as one that goes on may have looked before the newest commit.
      if (await this.#run()) return;
      if (this.#halted) throw this.#halted;
      await pause(50);
      if (await this.#othersAreDone()) return;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#poll) clearInterval(this.#poll);
    try {
      await this.flush();
    } catch {
      // What is not signed for now will be after the next start; a halted log has said why already.
    }
    this.#closed = true;
    if (this.#scheduled) clearTimeout(this.#scheduled);
    await this.#running;
  }

  /** Runs once, after the run that may be going on. True when all that was committed before is signed for. */
  async #run(): Promise<boolean> {
    while (this.#running) await this.#running;
    if (this.#halted || this.#closed) return false;
    this.#lastStart = Date.now();
    const run = this.#verified.then(() => this.#catchUp());
    this.#running = run.then(
      () => {
        this.#failure = null;
      },
      (error: unknown) => this.#judge(error),
    );
    try {
      await this.#running;
      return await run;
    } finally {
      this.#running = null;
    }
  }

  async #catchUp(): Promise<boolean> {
    for (;;) {
      if (this.#halted) return false;
      const given = await this.#giveIndices();
      if (given === null) return false;
      if (!(await this.#publish())) return false;
      if (given < BATCH) return true;
    }
  }

  /**
   * Gives the next indices to entries without one. Null when another process is at it. On PostgreSQL entries become
   * visible in another order than their positions; the order in which they get here is the order of the log.
   */
  async #giveIndices(): Promise<number | null> {
    return this.#kysely.transaction().execute(async (tx) => {
      if (!(await takeTurn(tx))) return null;
      const size = await this.#sequenced(tx);
      const { numAffectedRows } = await sql`
        update entries set log_index = next.index
        from (
          select id, ${size}::bigint + row_number() over (order by position) - 1 as index
          from (select id, position from entries where log_index is null order by position limit ${BATCH}) waiting
        ) next
        where entries.id = next.id`.execute(tx);
      const given = Number(numAffectedRows ?? 0);
      if (given > 0) {
        await tx
          .updateTable('logState')
          .set({ size: size + given })
          .execute();
      }
      return given;
    });
  }

  /** Writes tiles and signs for every entry with an index. False when another process is at it. */
  async #publish(): Promise<boolean> {
    if (!this.#shared) {
      await this.#publishAlone(async () => {});
      return true;
    }
    // The turn lasts as long as the transaction: no other process signs while this one writes.
    return this.#kysely.transaction().execute(async (tx) => {
      if (!(await takeTurn(tx))) return false;
      await this.#look();
      if (this.#halted) return false;
      await this.#publishAlone(async () => {
        // When the connection is lost, so is the turn; this then throws, and nothing is signed.
        await sql`select 1`.execute(tx);
      });
      return true;
    });
  }

  async #publishAlone(stillMyTurn: () => Promise<void>): Promise<void> {
    const size = await this.#sequenced(this.#kysely);
    const before = this.#published!;
    // What another process has signed for is part of the tree from here on, if it really is.
    while (this.#tree.size < before.size) await this.#grow(before.size);
    if (this.#tree.size === before.size && !equalBytes(logRoot(this.#tree), before.root)) {
      throw inconsistent(`the database has another history of the first ${before.size} entries.`);
    }
    if (size === before.size) return;
    if (size < before.size) {
      throw inconsistent(`${before.size} entries were signed for, the database has ${size}.`);
    }
    const written: LogFile[] = [];
    while (this.#tree.size < size) written.push(...(await this.#grow(size)));
    const root = logRoot(this.#tree);
    // Read back from the files: what is signed for is what is served.
    const reader = new TileReader(size, root, fetchFrom(this.#files));
    const proof = await reader.proveConsistency(before.size);
    if (before.size > 0 && !verifyConsistency(before.size, size, before.root, root, proof)) {
      throw inconsistent(`the tree of ${size} entries does not begin with the one of ${before.size}.`);
    }
    await reader.readPartialTiles();
    await stillMyTurn();
    await this.#sign(this.#tree);
    await this.#files.dropPartials(written);
  }

  /** Takes the entries up to `size` (a page of them at most) into the tree and writes their tiles. */
  async #grow(size: number): Promise<LogFile[]> {
    const grown = extend(this.#tree, await readLeaves(this.#kysely, this.#tree.size, size));
    passFailPoint('before tiles');
    await this.#files.writeTiles(grown.tiles);
    passFailPoint('after tiles');
    this.#tree = grown.state;
    return grown.tiles;
  }

  /**
   * Rebuilds the tree from the database up to the published size, compares the roots, and puts back tiles that are
   * missing. Costs about a second for 100,000 entries, in the background of a started store.
   */
  async #verify(): Promise<void> {
    const published = this.#published;
    if (this.#halted || published === null) return;
    const tree = await rebuildTree(this.#kysely, emptyLog, published.size, async (files) => {
      await this.#files.mendTiles(files);
      return !this.#closed;
    });
    if (tree === null) return;
    if (!equalBytes(logRoot(tree), published.root)) {
      throw inconsistent(`the database has another history of the first ${published.size} entries.`);
    }
    this.#tree = tree;
  }

  async #sign(tree: LogState): Promise<void> {
    const root = logRoot(tree);
    const note = signCheckpoint(this.#key.origin, tree.size, root, this.#key.signer);
    passFailPoint('before checkpoint');
    await this.#files.publish(note);
    passFailPoint('after checkpoint');
    this.#accept(note, tree.size, root);
  }

  /** Takes note of a checkpoint that another process, or this one earlier, has signed. */
  #see(note: string): void {
    const opened = openCheckpoint(note, this.#key.signer);
    if (opened.ok) this.#accept(note, opened.checkpoint.size, opened.checkpoint.root);
    else this.#halt(`the published checkpoint is not of this key (${opened.detail}).`);
  }

  /** Looks for a checkpoint of another process. */
  async #look(): Promise<void> {
    const note = await this.#files.checkpoint();
    if (note !== null && note !== this.#published?.note) this.#see(note);
  }

  #accept(note: string, size: number, root: Uint8Array): void {
    const reader = new TileReader(size, root, fetchFrom(this.#files));
    this.#published = { note, size, root, at: new Date().toISOString(), reader };
    for (const listener of this.checkpointListeners) listener(this.status());
  }

  /** In a shared log: whether another process has signed for all that is committed. */
  async #othersAreDone(): Promise<boolean> {
    if (!this.#shared) return false;
    const waiting = await this.#kysely
      .selectFrom('entries')
      .select('id')
      .where('logIndex', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (waiting) return false;
    const size = await this.#sequenced(this.#kysely);
    await this.#look();
    return (this.#published?.size ?? 0) >= size;
  }

  async #sequenced(kysely: Kysely<Tables>): Promise<number> {
    return (await kysely.selectFrom('logState').select('size').executeTakeFirstOrThrow()).size;
  }

  #halt(why: string, cause?: unknown): void {
    this.#halted ??= problem('log.inconsistent', { why }, cause);
  }

  /** What a failure means. A database that does not answer is asked again; all else ends the signing. */
  #judge(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    if (error instanceof Problem) {
      this.#halted ??= error;
    } else if (error instanceof LogError) {
      this.#halt(`${error.message}.`, error);
    } else if (isDiskError(error)) {
      this.#halted ??= storeProblem(error) ?? problem('internal', { reference: error.code! }, error);
      for (const listener of this.fatalListeners) listener(this.#halted);
    }
  }
}

/**
 * The leaves with the indices [from, to), at most a page of them, up to the end of a bundle.
 * Throws `log.inconsistent` when one is missing.
 */
async function readLeaves(kysely: Kysely<Tables>, from: number, to: number): Promise<Uint8Array[]> {
  const end = Math.min(to, from - (from % TILE_WIDTH) + PAGE);
  const rows = await kysely
    .selectFrom('entries')
    .select(['logIndex', 'headCommitment', 'commitment'])
    .where('logIndex', '>=', from)
    .where('logIndex', '<', end)
    .orderBy('logIndex')
    .execute();
  for (let at = 0; at < end - from; at++) {
    if (rows[at]?.logIndex !== from + at)
      throw inconsistent(`entry ${from + at} is missing in the database.`);
  }
  return rows.map((row) =>
    encodeLeaf({ headCommitment: row.headCommitment, payloadCommitment: row.commitment }),
  );
}

/**
 * The tree of the first `size` entries as the database has them, continuing from `tree`. `visit` gets the files of that
 * tree as they come; when it says false, the work stops and null is returned.
 * Throws `log.inconsistent` when an entry is missing.
 */
export async function rebuildTree(
  kysely: Kysely<Tables>,
  tree: LogState,
  size: number,
  visit: (files: LogFile[]) => Promise<boolean> = async () => true,
): Promise<LogState | null> {
  let state = tree;
  while (state.size < size) {
    const grown = extend(state, await readLeaves(kysely, state.size, size));
    state = grown.state;
    // A partial tile at the end of a page is none of the tree's files, unless the tree ends there.
    const isEnd = state.size === size;
    const files = grown.tiles.filter(({ path }) => isEnd || parseTilePath(path).width === TILE_WIDTH);
    if (!(await visit(files))) return null;
  }
  return state;
}

/** The sequencer's turn among the processes of one database, until the transaction ends; false when it is another's. */
async function takeTurn(tx: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{
    mine: boolean;
  }>`select pg_try_advisory_xact_lock(hashtext('constat.log')) as mine`.execute(tx);
  return rows[0]!.mine;
}

function inconsistent(why: string): Problem {
  return problem('log.inconsistent', { why });
}

function fetchFrom(files: LogDirectory): (path: string) => Promise<Uint8Array | undefined> {
  return async (path) => (await files.tile(path)) ?? undefined;
}

/** Whether an error says that the disk no longer takes what is written. After a failed fsync nothing may be tried again. */
function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  const codes = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
