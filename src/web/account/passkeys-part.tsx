// One's passkeys: adding, naming and removing them.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './account.module.css';
import { canUsePasskeys, makePasskey } from './passkey.ts';

type Account = AnswerOf<'GET /account'>;

/** The part of the account screen. */
export function PasskeysPart({ account }: { account: Account }): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const add = useMutation<void, ApiProblem>({
    mutationFn: () =>
      makePasskey(t('desk.account.passkey-name-first', { number: account.passkeys.length + 1 })),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.account.passkey-added'));
    },
  });
  return (
    <section className={style.part} aria-labelledby="part-passkeys">
      <h2 id="part-passkeys">{t('desk.account.passkeys')}</h2>
      <p>{t('desk.account.passkeys-lead')}</p>
      {account.passkeys.length === 0 ? (
        <p className={layout.muted}>{t('desk.account.passkeys-none')}</p>
      ) : (
        <ul className={style.lines}>
          {account.passkeys.map((one) => (
            <PasskeyLine key={one.id} passkey={one} />
          ))}
        </ul>
      )}
      {add.error && <ErrorState problem={add.error} />}
      {canUsePasskeys() ? (
        <div>
          <Button
            kind={account.passkeys.length === 0 ? 'primary' : 'plain'}
            isPending={add.isPending}
            onPress={() => add.mutate()}
          >
            {t('desk.account.passkey-add')}
          </Button>
        </div>
      ) : (
        <p className={layout.muted}>{t('desk.account.passkeys-unable')}</p>
      )}
    </section>
  );
}

function PasskeyLine({ passkey }: { passkey: Account['passkeys'][number] }): ReactNode {
  const { t, formatInstant } = useMessages();
  const [naming, setNaming] = useState(false);
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /account/passkeys/:id', { params: { id: passkey.id } }),
    onSuccess: () => changed(),
  });
  return (
    <li>
      <div className={style.what}>
        {naming ? (
          <PasskeyName passkey={passkey} close={() => setNaming(false)} />
        ) : (
          <p className={style.name}>{passkey.name}</p>
        )}
        <p className={style.facts}>
          <span>{t('desk.account.added', { at: formatInstant(passkey.createdAt, 'day') })}</span>
          <span>
            {passkey.usedAt === null
              ? t('desk.account.never-used')
              : t('desk.account.last-used', { at: formatInstant(passkey.usedAt) })}
          </span>
          {passkey.backedUp && <span>{t('desk.account.synchronised')}</span>}
        </p>
        {remove.error && <ErrorState problem={remove.error} />}
      </div>
      {!naming && (
        <div className={layout.row}>
          <Button
            small
            aria-label={t('desk.account.passkey-rename-one', { name: passkey.name })}
            onPress={() => setNaming(true)}
          >
            {t('desk.account.rename')}
          </Button>
          <ConfirmButton
            small
            question={t('desk.account.passkey-remove-sure', { name: passkey.name })}
            confirm={t('desk.account.remove')}
            isPending={remove.isPending}
            onConfirm={() => remove.mutate()}
          >
            {t('desk.account.remove')}
          </ConfirmButton>
        </div>
      )}
    </li>
  );
}

function PasskeyName({
  passkey,
  close,
}: {
  passkey: Account['passkeys'][number];
  close: () => void;
}): ReactNode {
  const { t } = useMessages();
  const [name, setName] = useState(passkey.name);
  const save = useMutation<unknown, ApiProblem>({
    mutationFn: () =>
      call('PATCH /account/passkeys/:id', { params: { id: passkey.id }, body: { name: name.trim() } }),
    onSuccess: async () => {
      await changed();
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <TextField
        label={t('desk.account.passkey-name')}
        value={name}
        onChange={setName}
        maxLength={80}
        autoFocus
      />
      {save.error && <ErrorState problem={save.error} />}
      <div className={layout.row}>
        <Button small type="submit" kind="primary" isPending={save.isPending} isDisabled={name.trim() === ''}>
          {t('desk.save')}
        </Button>
        <Button small kind="quiet" onPress={close}>
          {t('desk.cancel')}
        </Button>
      </div>
    </form>
  );
}
