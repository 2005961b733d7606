// The second factor beside a password: an app with codes, and recovery codes for the day it is lost.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Notice } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './account.module.css';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SignInProblem, useWait } from './wait.tsx';

type Account = AnswerOf<'GET /account'>;
/** Below this many, new recovery codes are advised. */
const FEW = 4;

/** The part of the account screen. */
export function CodesPart({ account }: { account: Account }): ReactNode {
  const { t } = useMessages();
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <section className={style.part} aria-labelledby="part-codes">
      <h2 id="part-codes">{t('desk.account.codes')}</h2>
      {codes !== null ? (
        <RecoveryCodes codes={codes} close={() => setCodes(null)} />
      ) : account.totpSince === null ? (
        <NoCodes account={account} show={setCodes} />
      ) : (
        <Codes account={account} since={account.totpSince} show={setCodes} />
      )}
    </section>
  );
}

function NoCodes({ account, show }: { account: Account; show: (codes: string[]) => void }): ReactNode {
  const { t } = useMessages();
  const begin = useMutation<AnswerOf<'POST /account/totp'>, ApiProblem>({
    mutationFn: () => call('POST /account/totp', { body: {} }),
  });
  if (!account.hasPassword) return <p className={layout.muted}>{t('desk.account.codes-unneeded')}</p>;
  if (begin.data) return <FirstCode begun={begin.data} show={show} cancel={() => begin.reset()} />;
  return (
    <>
      <p>{t('desk.account.codes-lead')}</p>
      {begin.error && <ErrorState problem={begin.error} />}
      <div>
        <Button isPending={begin.isPending} onPress={() => begin.mutate()}>
          {t('desk.account.codes-add')}
        </Button>
      </div>
    </>
  );
}

function FirstCode({
  begun,
  show,
  cancel,
}: {
  begun: AnswerOf<'POST /account/totp'>;
  show: (codes: string[]) => void;
  cancel: () => void;
}): ReactNode {
  const { t } = useMessages();
  const [code, setCode] = useState('');
  const confirm = useMutation<AnswerOf<'POST /account/totp/confirm'>, ApiProblem>({
    mutationFn: () =>
      call('POST /account/totp/confirm', { body: { ticket: begun.ticket, code: code.trim() } }),
    onSuccess: ({ codes }) => {
      show(codes);
      void changed();
    },
    onError: () => setCode(''),
  });
  const wait = useWait(confirm.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '' && wait === 0) confirm.mutate();
  };
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <p>{t('desk.account.codes-scan')}</p>
      <QrCode modules={begun.qr} label={t('desk.account.codes-picture')} />
      <p>
        {t('desk.account.codes-secret')} <code className={style.secret}>{spaced(begun.secret)}</code>
      </p>
      <TextField
        label={t('desk.account.codes-first')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        autoFocus
      />
      <SignInProblem problem={confirm.error} wait={wait} />
      <div className={layout.row}>
        <Button
          type="submit"
          kind="primary"
          isPending={confirm.isPending}
          isDisabled={code.trim() === '' || wait > 0}
        >
          {t('desk.account.codes-confirm')}
        </Button>
        <Button kind="quiet" onPress={cancel}>
          {t('desk.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** In fours, to be copied by hand. */
const spaced = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

function Codes({
  account,
  since,
  show,
}: {
  account: Account;
  since: string;
  show: (codes: string[]) => void;
}): ReactNode {
  const { t, formatInstant } = useMessages();
  const renew = useMutation<AnswerOf<'POST /account/recovery-codes'>, ApiProblem>({
    mutationFn: () => call('POST /account/recovery-codes', { body: {} }),
    onSuccess: ({ codes }) => {
      show(codes);
      void changed();
    },
  });
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /account/totp', {}),
    onSuccess: () => changed(),
  });
  const problem = renew.error ?? remove.error;
  return (
    <>
      <p>{t('desk.account.codes-since', { at: formatInstant(since, 'day') })}</p>
      {account.recoveryCodes < FEW ? (
        <Notice tone="warning">
          <p>{t('desk.account.recovery-few', { count: account.recoveryCodes })}</p>
        </Notice>
      ) : (
        <p>{t('desk.account.recovery-left', { count: account.recoveryCodes })}</p>
      )}
      {problem && <ErrorState problem={problem} />}
      <div className={layout.row}>
        <ConfirmButton
          question={t('desk.account.recovery-renew-sure')}
          confirm={t('desk.account.recovery-renew')}
          isPending={renew.isPending}
          onConfirm={() => renew.mutate()}
        >
          {t('desk.account.recovery-renew')}
        </ConfirmButton>
        <ConfirmButton
          question={t('desk.account.codes-remove-sure')}
          confirm={t('desk.account.remove')}
          isPending={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          {t('desk.account.codes-remove')}
        </ConfirmButton>
      </div>
    </>
  );
}
