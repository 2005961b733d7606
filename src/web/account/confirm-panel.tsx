// Confirming that it is you, in place: what asked for it waits above the page and goes on by itself once it is confirmed.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { type AnswerOf, type ApiProblem, call, confirmBy, useCall } from '../api.ts';
import style from './account.module.css';
import { canUsePasskeys, signWithPasskey } from './passkey.ts';
import { SignInProblem, useWait } from './wait.tsx';

/** Stands in the shell of everybody who is signed in; shows itself when the server wants a proof. */
export function ConfirmPanel(): ReactNode {
  const [asked, setAsked] = useState<((confirmed: boolean) => void)[]>([]);
  const back = useRef<Element | null>(null);
  useEffect(
    () =>
      confirmBy(
        () =>
          new Promise((resolve) => {
            back.current ??= document.activeElement;
            setAsked((before) => [...before, resolve]);
          }),
      ),
    [],
  );
  const close = useCallback(
    (confirmed: boolean) => {
      for (const resolve of asked) resolve(confirmed);
      setAsked([]);
      // Where one came from, so that the keyboard goes on there.
      if (back.current instanceof HTMLElement) back.current.focus();
      back.current = null;
    },
    [asked],
  );
  return asked.length > 0 ? <Confirming close={close} /> : null;
}

function Confirming({ close }: { close: (confirmed: boolean) => void }): ReactNode {
  const { t } = useMessages();
  const { data } = useCall('GET /account', {});
  const title = useId();
  const own = useRef<HTMLElement>(null);
  useEffect(() => {
    own.current?.focus();
  }, []);
  return (
    <section
      ref={own}
      tabIndex={-1}
      className={style.confirm}
      aria-labelledby={title}
      onKeyDown={(event) => event.key === 'Escape' && close(false)}
    >
      <h2 id={title}>{t('desk.confirm.title')}</h2>
      <p>{t('desk.confirm.lead')}</p>
      {data && <Proofs account={data} close={close} />}
    </section>
  );
}

function Proofs({
  account,
  close,
}: {
  account: AnswerOf<'GET /account'>;
  close: (confirmed: boolean) => void;
}): ReactNode {
  const { t } = useMessages();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const confirm = useMutation<unknown, ApiProblem, 'passkey' | 'password'>({
    mutationFn: async (by) =>
      call('POST /session/confirm', {
        body:
          by === 'passkey'
            ? await signWithPasskey()
            : { password, ...(code.trim() !== '' && { code: code.trim() }) },
      }),
    onSuccess: () => close(true),
    onError: () => setPassword(''),
  });
  const wait = useWait(confirm.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '' && wait === 0) confirm.mutate('password');
  };
  const byPasskey = account.passkeys.length > 0 && canUsePasskeys();
  return (
    <form className={style.proofs} onSubmit={submit} noValidate>
      {byPasskey && (
        <div>
          <Button kind="primary" isPending={confirm.isPending} onPress={() => confirm.mutate('passkey')}>
            {t('desk.confirm.passkey')}
          </Button>
        </div>
      )}
      {account.hasPassword && (
        <TextField
          label={t('desk.setup.password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          autoFocus={!byPasskey}
        />
      )}
      {account.hasPassword && account.totpSince !== null && (
        <TextField
          label={t('desk.sign-in.code')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          maxLength={40}
        />
      )}
      <SignInProblem problem={confirm.error} wait={wait} />
      <div className={layout.row}>
        {account.hasPassword && (
          <Button
            type="submit"
            kind={byPasskey ? 'plain' : 'primary'}
            isPending={confirm.isPending}
            isDisabled={password === '' || wait > 0}
          >
            {t('desk.confirm.button')}
          </Button>
        )}
        <Button kind="quiet" onPress={() => close(false)}>
          {t('desk.cancel')}
        </Button>
      </div>
    </form>
  );
}
