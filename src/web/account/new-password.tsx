// A field for a new password, used wherever one is chosen: how long it has to be, and a way to see what one types.
import { type ReactNode, useState } from 'react';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';

/** The shortest that the server takes (src/record/account.ts). */
const SHORTEST = 12;

/** Whether a password is long enough to be sent. */
export function isLongEnough(password: string): boolean {
  return password.length >= SHORTEST;
}

/** The field; `asked`: the person tried to go on, so what is missing is said. */
export function NewPasswordField({
  value,
  onChange,
  asked,
  label,
}: {
  value: string;
  onChange: (value: string) => void;
  asked: boolean;
  label: string;
}): ReactNode {
  const { t } = useMessages();
  const [shown, setShown] = useState(false);
  const short = SHORTEST - value.length;
  return (
    <>
      <TextField
        label={label}
        description={t('desk.setup.password-hint')}
        type={shown ? 'text' : 'password'}
        value={value}
        onChange={onChange}
        autoComplete="new-password"
        maxLength={500}
        error={asked && short > 0 ? t('desk.setup.password-short', { count: short }) : null}
      />
      <Checkbox label={t('desk.setup.show')} isSelected={shown} onChange={setShown} />
    </>
  );
}
