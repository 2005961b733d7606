// What people make of findings: decisions and disagreements filed by hand. Each is an entry; upholding an answer draws its link.
import type { Disagreement, DisagreementDecision, Working } from '../record/disagreement.ts';
import type { LinkEnd } from '../record/link.ts';
import { problem } from '../record/problem.ts';
import type { DisagreementKind, LinkKind } from '../record/vocabulary.ts';
import { refuseForeignEnds } from './foreign.ts';
import { drawLink } from './links.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import { fromRow } from './rows.ts';
import type { Store } from './store.ts';
import { findValue, insertValues, lockValues, removeValues, replaceValues } from './values.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

/** What was found, as the person who decides saw it. */
export interface FoundDisagreement {
  key: string;
  kind: DisagreementKind;
  records: LinkEnd[];
  working: Working;
  foundBy: string | null;
  /** The link that upholding draws from the first record to the second; null where it draws none. */
  link: LinkKind | null;
  /** The version of the decision the person saw; null where there was none yet. */
  version: number | null;
}

/** All decisions of a dossier, and what was filed by hand, oldest first. */
export async function listDisagreements(store: Store, dossier: string): Promise<Disagreement[]> {
  const rows = await store.read
    .selectFrom('disagreements')
    .selectAll()
    .where('dossier', '=', dossier)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => fromRow('disagreement', row));
}

/**
 * Decides about one or many findings, all or none; one step for undo. What is upheld and is an answer draws its link; when
 * it is upheld no longer, that link goes again. Throws `record.version` when somebody decided meanwhile.
 */
export async function decideDisagreements(
  store: Store,
  writer: DossierWriter,
  found: FoundDisagreement[],
  decision: DisagreementDecision,
): Promise<Disagreement[]> {
  return store.write(writer, 'disagreement.edit', async (tx, stamp) => {
    const before = await lockByKey(tx, writer.dossier, found);
    const entries: NewEntry[] = [];
    const changed: Disagreement[] = [];
    for (const one of found) {
      const old = before.get(one.key) ?? null;
      if ((old?.version ?? null) !== one.version) throw problem('record.version');
      const { link: kind, version: _, ...content } = one;
      const drawn = await keepLink(tx, writer, stamp, {
        ends: content.records,
        kind: decision.state === 'upheld' ? kind : null,
        drawn: old?.link ?? null,
        // Where the link stands, analysis may have nothing more to suggest: upheld again, it stays.
        stays: decision.state === 'upheld',
      });
      const after: Disagreement = {
        ...(old ?? firstOf(writer, stamp)),
        ...content,
        ...decision,
        link: drawn.link,
        ...(old && { version: old.version + 1, updatedAt: stamp.at, updatedBy: stamp.by }),
      };
      entries.push(
        rowEntry({ before: old, after }, { action: old ? 'disagreement.edit' : 'disagreement.create' }),
        ...drawn.entries,
      );
      changed.push(after);
    }
    await replaceValues(tx, 'disagreement', changed).catch(refuseJudgedMeanwhile);
    return { entries, result: changed };
  });
}

/** Two judged one finding for the first time in the same moment: the second saw nothing of the first. */
function refuseJudgedMeanwhile(error: unknown): never {
  const violated = error as { code?: string; constraint?: string };
  if (violated.code === '23505' && violated.constraint === 'disagreements_key')
    throw problem('record.version', undefined, error);
  throw error;
}

/** Files a disagreement by hand: it is open until somebody judges it. Its records must be the dossier's. */
export async function fileDisagreement(
  store: Store,
  writer: DossierWriter,
  content: { kind: DisagreementKind; records: LinkEnd[]; words: string },
): Promise<Disagreement> {
  return store.write(writer, 'disagreement.create', async (tx, stamp) => {
    await refuseForeignEnds(tx, writer.dossier, content.records);
    const first = firstOf(writer, stamp);
    const filed: Disagreement = {
      ...first,
      kind: content.kind,
      records: content.records,
      key: first.id,
      // What was filed is the finding; what is made of it later stands beside it.
      working: [{ code: 'filed', values: { words: content.words } }],
      reason: null,
      foundBy: null,
      state: 'open',
      explanation: null,
      link: null,
    };
    await insertValues(tx, 'disagreement', [filed]);
    return { entries: [rowEntry({ before: null, after: filed })], result: filed };
  });
}

function firstOf(writer: DossierWriter, stamp: Stamp) {
  return {
    id: stamp.newId(),
    dossier: writer.dossier,
    version: 1,
    createdAt: stamp.at,
    createdBy: stamp.by,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  };
}

async function lockByKey(
  tx: Tx,
  dossier: string,
  found: FoundDisagreement[],
): Promise<Map<string, Disagreement>> {
  const rows = await tx
    .selectFrom('disagreements')
    .select('id')
    .where('dossier', '=', dossier)
    .where(
      'key',
      'in',
      found.map(({ key }) => key),
    )
    .execute();
  const locked = await lockValues(
    tx,
    'disagreement',
    dossier,
    rows.map(({ id }) => id),
  );
  return new Map(locked.map((value) => [value.key, value]));
}

/**
 * Draws the link of an answer that is upheld now, unless people have drawn it already, or takes away the one that upholding
 * it had drawn. `kind` null: there is to be none.
 */
async function keepLink(
  tx: Tx,
  writer: DossierWriter,
  stamp: Stamp,
  wanted: { ends: LinkEnd[]; kind: LinkKind | null; drawn: string | null; stays: boolean },
): Promise<{ link: string | null; entries: NewEntry[] }> {
  const { kind, drawn } = wanted;
  const [from, to] = wanted.ends;
  const old = drawn === null ? undefined : await findValue(tx, 'link', writer.dossier, drawn);
  if (old && wanted.stays) return { link: old.id, entries: [] };
  if (kind === null || !from || !to) {
    if (!old) return { link: null, entries: [] };
    await removeValues(tx, 'link', writer.dossier, [old.id]);
    return { link: null, entries: [rowEntry({ before: old, after: null }, { action: 'link.remove' })] };
  }
  return drawLink(tx, writer, stamp, { from, to, kind });
}
