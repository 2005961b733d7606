// Who proposed a record, in words: the rules or a language model, each with its version.
import type { Provenance } from '../record/common.ts';
import { SERIES_IMPORT } from '../record/series.ts';
import { fieldLabel } from './field-words.ts';
import type { Words } from './messages.tsx';

/** A proposer with its version: for a language model, the model's name. */
export function proposerInWords(
  { proposer, version }: Pick<Provenance, 'proposer' | 'version'>,
  { t }: Words,
): string {
  if (proposer === 'constat-rules') return t('desk.proposer.rules', { version });
  if (proposer === SERIES_IMPORT.proposer) return t('desk.proposer.series');
  if (proposer === 'llm') return t('desk.proposer.model', { version });
  return `${proposer} ${version}`;
}

/** All who proposed the same. */
export function proposersInWords(provenance: Provenance, words: Words): string {
  const first = proposerInWords(provenance, words);
  const also = provenance.also ?? [];
  if (also.length === 0) return first;
  const others = also.map((one) => proposerInWords(one, words)).join(', ');
  return words.t('desk.proposer.also', { first, others });
}

/** The fields that were filled by another than the first, and by whom; one sentence part for each proposer. */
export function filledInWords(provenance: Provenance, kind: string, words: Words): string[] {
  return (provenance.also ?? []).flatMap((one) => {
    if (one.filled.length === 0) return [];
    const fields = one.filled.map((name) => fieldLabel({ name, owner: kind, title: name }, words)).join(', ');
    return words.t('desk.proposer.filled', { fields, proposer: proposerInWords(one, words) });
  });
}
