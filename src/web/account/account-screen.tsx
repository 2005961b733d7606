// One's own account: who one is here, how one signs in, and where one is signed in.
import type { ReactNode } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import style from './account.module.css';
import { CodesPart } from './codes-part.tsx';
import { HousePart } from './house-part.tsx';
import { NamePart } from './name-part.tsx';
import { PasskeysPart } from './passkeys-part.tsx';
import { PasswordPart } from './password-part.tsx';
import { SessionsPart } from './sessions-part.tsx';

/** The screen; `needs`: the house asks for a second factor, and nothing else works before there is one. */
export function AccountScreen({ needs }: { needs?: boolean }): ReactNode {
  const { t } = useMessages();
  const { data, error, refetch } = useCall('GET /account', {});
  useTitle(t('desk.account.title'));
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.account.title')}</h1>
      {needs && (
        <Notice tone="warning">
          <p>{t('desk.account.needs')}</p>
        </Notice>
      )}
      {error && <ErrorState problem={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          {!needs && <NamePart key={`${data.name} ${data.email}`} account={data} />}
          <PasskeysPart account={data} />
          <CodesPart account={data} />
          {!needs && <PasswordPart account={data} />}
          <SessionsPart account={data} />
          {!needs && data.role === 'owner' && <HousePart account={data} />}
        </>
      )}
    </main>
  );
}
