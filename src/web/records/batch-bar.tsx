// What can be done with the chosen records, with how many it would concern; one decision is one step back.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { judgeable, MOST_AT_ONCE, VERBS, type Verb } from '../record/record-data.ts';
import style from './records.module.css';
import type { Selection } from './selection.ts';

const KEYS: Partial<Record<Verb, string>> = { accept: 'a', reject: 'r' };

/** The bar of the chosen records; nothing while none is chosen. */
export function BatchBar({
  selection,
  isPending,
  onJudge,
  onClear,
}: {
  selection: Selection;
  isPending: boolean;
  onJudge: (verb: Verb) => void;
  onClear: () => void;
}): ReactNode {
  const { t } = useMessages();
  if (selection.size === 0) return null;
  const chosen = [...selection.values()];
  const isTooMany = chosen.length > MOST_AT_ONCE;
  return (
    <section className={style.batch} aria-label={t('desk.list.chosen', { count: chosen.length })}>
      <p role="status">
        {isTooMany
          ? t('desk.list.too-many', { count: chosen.length, most: MOST_AT_ONCE })
          : t('desk.list.chosen', { count: chosen.length })}
      </p>
      <div>
        {VERBS.map((verb) => {
          const count = judgeable(chosen, verb).length;
          if (count === 0) return null;
          if (verb === 'withdraw') {
            return (
              <ConfirmButton
                key={verb}
                small
                isDisabled={isTooMany}
                isPending={isPending}
                question={t('desk.record.withdraw-question', { count })}
                confirm={t('desk.record.withdraw')}
                onConfirm={() => onJudge(verb)}
              >
                {t('desk.list.batch.withdraw', { count })}
              </ConfirmButton>
            );
          }
          return (
            <Button
              key={verb}
              small
              kind={verb === 'accept' ? 'primary' : 'plain'}
              isDisabled={isTooMany}
              isPending={isPending}
              {...(KEYS[verb] && { shortcut: KEYS[verb] })}
              onPress={() => onJudge(verb)}
            >
              {t(`desk.list.batch.${verb}`, { count })}
            </Button>
          );
        })}
        <Button small kind="quiet" onPress={onClear}>
          {t('desk.list.unchoose')}
        </Button>
      </div>
    </section>
  );
}
