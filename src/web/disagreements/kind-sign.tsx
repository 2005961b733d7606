// The kind of a disagreement: a word and a sign, so that a long list can be read by its edge.
import type { ReactNode } from 'react';
import type { DisagreementKind } from '../../record/vocabulary.ts';
import { useMessages } from '../../ui/messages.tsx';
import style from './disagreements.module.css';

const SIGNS: Record<DisagreementKind, string> = {
  'figures-differ': '≠',
  'scope-differs': '∥',
  'arithmetic-does-not-hold': 'Σ',
  'later-clarified': '→',
  denied: '¬',
  rejected: '×',
  'explained-otherwise': '∨',
  'no-response': '…',
  duplicate: '=',
};

/** The sign and the words of a kind. */
export function KindSign({ kind }: { kind: DisagreementKind }): ReactNode {
  const { t } = useMessages();
  return (
    <span className={style.kind}>
      <span aria-hidden="true" className={style.sign}>
        {SIGNS[kind]}
      </span>
      {t(`words.disagreement-kind.${kind}`)}
    </span>
  );
}
