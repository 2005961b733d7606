// Who a witness is, as fields: what is written in them goes into the seal, and nowhere else.
import type { ReactNode } from 'react';
import type { WitnessIdentity } from '../../record/witness.ts';
import { TextArea, TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';

/** Nothing written down. */
export const NOBODY: WitnessIdentity = { name: null, contact: null, notes: null };

/** The three fields. */
export function IdentityFields({
  value,
  onChange,
}: {
  value: WitnessIdentity;
  onChange: (value: WitnessIdentity) => void;
}): ReactNode {
  const { t } = useMessages();
  const field = (name: keyof WitnessIdentity) => ({
    label: t(`desk.witnesses.identity-${name}`),
    value: value[name] ?? '',
    // Browsers must not keep it for other forms.
    autoComplete: 'off',
    onChange: (text: string) => onChange({ ...value, [name]: text.trim() === '' ? null : text }),
  });
  return (
    <>
      <TextField {...field('name')} maxLength={300} />
      <TextArea {...field('contact')} maxLength={1000} rows={2} />
      <TextArea {...field('notes')} maxLength={10_000} rows={3} />
    </>
  );
}
