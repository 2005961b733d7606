// A button for what cannot be taken back: the first press asks, in its place, and only the second does it.
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import style from './confirm-button.module.css';
import { useMessages } from './messages.tsx';

/** `question` says what is lost; `confirm` is the word on the button that does it. */
export function ConfirmButton({
  children,
  question,
  confirm,
  onConfirm,
  isPending,
  isDisabled,
  small,
}: {
  children: ReactNode;
  question: string;
  confirm: string;
  onConfirm: () => void;
  isPending?: boolean;
  isDisabled?: boolean;
  small?: boolean;
}): ReactNode {
  const { t } = useMessages();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button small={small ?? false} isDisabled={isDisabled ?? false} onPress={() => setAsking(true)}>
        {children}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields; these are two buttons and a question.
    <span role="group" aria-label={question} className={style.asking}>
      <span className={style.question}>{question}</span>
      <Button
        small={small ?? false}
        kind="danger"
        isPending={isPending ?? false}
        autoFocus
        onPress={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {confirm}
      </Button>
      <Button small={small ?? false} kind="quiet" onPress={() => setAsking(false)}>
        {t('desk.form.cancel')}
      </Button>
    </span>
  );
}
