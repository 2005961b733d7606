// What the owner of the house asks of everybody who signs in.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Checkbox } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './account.module.css';

/** The part of the account screen, for the owner of the house. */
export function HousePart({ account }: { account: AnswerOf<'GET /account'> }): ReactNode {
  const { t } = useMessages();
  const set = useMutation<unknown, ApiProblem, boolean>({
    mutationFn: (required) =>
      call('PUT /house/sign-in', { body: { secondFactor: required ? 'required' : 'optional' } }),
    onSuccess: () => changed(),
  });
  return (
    <section className={style.part} aria-labelledby="part-house">
      <h2 id="part-house">{t('desk.account.house')}</h2>
      <Checkbox
        label={t('desk.account.house-second-factor')}
        description={t('desk.account.house-second-factor-hint')}
        isSelected={account.secondFactorRequired}
        isDisabled={set.isPending}
        onChange={(required) => set.mutate(required)}
      />
      {set.error && <ErrorState problem={set.error} />}
    </section>
  );
}
