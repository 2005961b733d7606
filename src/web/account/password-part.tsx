// One's password: setting another one, or giving it up for passkeys.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './account.module.css';
import { isLongEnough, NewPasswordField } from './new-password.tsx';

/** The part of the account screen. */
export function PasswordPart({ account }: { account: AnswerOf<'GET /account'> }): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const close = () => {
    setOpen(false);
    setPassword('');
    setAsked(false);
  };
  const set = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('PUT /account/password', { body: { password } }),
    onSuccess: async () => {
      close();
      await changed();
      toasts.show(t('desk.account.password-set'));
    },
  });
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /account/password', {}),
    onSuccess: () => changed(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isLongEnough(password)) set.mutate();
  };
  return (
    <section className={style.part} aria-labelledby="part-password">
      <h2 id="part-password">{t('desk.setup.password')}</h2>
      <p>{t(account.hasPassword ? 'desk.account.password-has' : 'desk.account.password-none')}</p>
      {open && (
        <form className={style.form} onSubmit={submit} noValidate>
          <NewPasswordField
            label={t('desk.account.password-new')}
            value={password}
            onChange={setPassword}
            asked={asked}
          />
          {set.error && <ErrorState problem={set.error} />}
          <div className={layout.row}>
            <Button type="submit" kind="primary" isPending={set.isPending}>
              {t('desk.account.password-save')}
            </Button>
            <Button kind="quiet" onPress={close}>
              {t('desk.cancel')}
            </Button>
          </div>
        </form>
      )}
      {remove.error && <ErrorState problem={remove.error} />}
      {!open && (
        <div className={layout.row}>
          <Button onPress={() => setOpen(true)}>
            {t(account.hasPassword ? 'desk.account.password-change' : 'desk.account.password-add')}
          </Button>
          {account.hasPassword && account.passkeys.length >= 2 && (
            <ConfirmButton
              question={t('desk.account.password-remove-sure')}
              confirm={t('desk.account.remove')}
              isPending={remove.isPending}
              onConfirm={() => remove.mutate()}
            >
              {t('desk.account.password-remove')}
            </ConfirmButton>
          )}
        </div>
      )}
    </section>
  );
}
