// The name one is known by, and the address that letters go to.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './account.module.css';

/** The part of the account screen. */
export function NamePart({ account }: { account: AnswerOf<'GET /account'> }): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const [name, setName] = useState(account.name);
  const [email, setEmail] = useState(account.email ?? '');
  const save = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('PATCH /account', { body: { name: name.trim(), email: email.trim() || null } }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.account.saved'));
    },
  });
  const isChanged = name.trim() !== account.name || email.trim() !== (account.email ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && name.trim() !== '') save.mutate();
  };
  return (
    <section className={style.part} aria-labelledby="part-name">
      <h2 id="part-name">{t('desk.account.you')}</h2>
      <form className={style.form} onSubmit={submit} noValidate>
        <TextField
          label={t('desk.setup.name')}
          description={t('desk.setup.name-hint')}
          value={name}
          onChange={setName}
          maxLength={120}
          autoComplete="username"
          error={name.trim() === '' ? t('desk.setup.name-missing') : null}
        />
        <TextField
          label={t('desk.account.email')}
          description={t('desk.account.email-hint')}
          type="email"
          value={email}
          onChange={setEmail}
          maxLength={254}
          autoComplete="email"
        />
        {save.error && <ErrorState problem={save.error} />}
        <div>
          <Button type="submit" isPending={save.isPending} isDisabled={!isChanged || name.trim() === ''}>
            {t('desk.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
