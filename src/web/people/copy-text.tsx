// A text to be copied: shown whole, selected by a click, and copied by a button.
import { type ReactNode, useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { useToasts } from '../../ui/toast.tsx';
import style from './people.module.css';

/** The text with its button. */
export function CopyText({ label, text }: { label: string; text: string }): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toasts.show(t('desk.people.copied'));
    } catch {
      toasts.show(t('desk.log.not-copied'), { tone: 'problem' });
    }
  };
  return (
    <div className={style.copy}>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input id={id} readOnly value={text} onFocus={(event) => event.target.select()} />
      <Button kind="primary" autoFocus onPress={() => void copy()}>
        {t('desk.people.copy')}
      </Button>
    </div>
  );
}
