// Recovery codes, shown once: to be printed or kept as a file, apart from the app they stand in for.
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { Notice } from '../../ui/state.tsx';
import style from './account.module.css';

/** The codes; `close` once they are kept. */
export function RecoveryCodes({ codes, close }: { codes: string[]; close: () => void }): ReactNode {
  const { t } = useMessages();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.focus(), []);
  const save = () => {
    const text = [t('desk.account.recovery-file', { host: window.location.host }), '', ...codes, ''].join(
      '\r\n',
    );
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'constat-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <>
      <Notice tone="warning">
        <p>{t('desk.account.recovery-once')}</p>
      </Notice>
      <ul ref={list} tabIndex={-1} className={style.codes} aria-label={t('desk.account.recovery')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes(layout.row, 'no-print')}>
        <Button onPress={save}>{t('desk.account.recovery-save')}</Button>
        <Button onPress={() => window.print()}>{t('desk.account.recovery-print')}</Button>
        <Button kind="primary" onPress={close}>
          {t('desk.account.recovery-kept')}
        </Button>
      </div>
    </>
  );
}
