// Inviting somebody, into a dossier or into the house alone: in which role, for how long; and the link, which is told once.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { DossierRole } from '../../record/account.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Select, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { CopyText } from './copy-text.tsx';
import style from './people.module.css';
import { ROLES } from './roles.ts';

type Made = AnswerOf<'POST /dossiers/:dossier/invitations'>;

const DAYS = ['1', '7', '30'] as const;

/** The form, and after it the link. `dossier` null: into the house alone. */
export function InviteForm({ dossier, onDone }: { dossier: string | null; onDone: () => void }): ReactNode {
  const { t, locale } = useMessages();
  const [role, setRole] = useState<DossierRole>('contributor');
  const [opens, setOpens] = useState(false);
  const [email, setEmail] = useState('');
  const [note, setNote] = useState('');
  const [days, setDays] = useState<(typeof DAYS)[number]>('7');
  const make = useMutation<Made, ApiProblem>({
    mutationFn: () => {
      const asked = {
        email: email.trim() || null,
        note: note.trim() || null,
        days: Number(days),
        language: locale === 'fr' ? ('fr' as const) : ('en' as const),
      };
      return dossier === null
        ? call('POST /invitations', { body: asked })
        : call('POST /dossiers/:dossier/invitations', {
            params: { dossier },
            body: { ...asked, role, opens },
          });
    },
    onSuccess: () => void changed(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  if (make.data) return <Link made={make.data} onDone={onDone} />;
  return (
    <form
      className={style.form}
      aria-label={t('desk.people.invite')}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
      noValidate
    >
      {dossier !== null && (
        <>
          <Select
            label={t('desk.people.role')}
            description={t(`desk.role.${role}.may`)}
            value={role}
            onChange={setRole}
            options={ROLES.map((one) => ({ value: one, label: t(`desk.role.${one}`) }))}
          />
          <Checkbox
            label={t('desk.people.opens')}
            description={t('desk.people.opens-hint')}
            isSelected={opens}
            onChange={setOpens}
          />
        </>
      )}
      <div className={layout.grid}>
        <TextField
          label={t('desk.people.email')}
          description={t('desk.people.email-hint')}
          type="email"
          value={email}
          onChange={setEmail}
          maxLength={254}
          autoComplete="off"
        />
        <TextField
          label={t('desk.people.note')}
          description={t('desk.people.note-hint')}
          value={note}
          onChange={setNote}
          maxLength={500}
        />
      </div>
      <Select
        label={t('desk.people.days')}
        value={days}
        onChange={setDays}
        options={DAYS.map((value) => ({
          value,
          label: t('desk.people.days-count', { count: Number(value) }),
        }))}
      />
      {make.error && <ErrorState problem={make.error} />}
      <p className={layout.row}>
        <Button type="submit" kind="primary" isPending={make.isPending}>
          {t('desk.people.make-link')}
        </Button>
        <Button onPress={onDone}>{t('desk.form.cancel')}</Button>
      </p>
    </form>
  );
}

function Link({ made, onDone }: { made: Made; onDone: () => void }): ReactNode {
  const { t, formatInstant } = useMessages();
  return (
    <section className={style.form} aria-labelledby="invitation-link">
      <h2 id="invitation-link">{t('desk.people.link')}</h2>
      <p>{t('desk.people.link-once', { until: formatInstant(made.invitation.expiresAt) })}</p>
      <CopyText label={t('desk.people.link')} text={made.link} />
      {made.letter !== 'none' && <p>{t(`desk.people.letter.${made.letter}`)}</p>}
      <p>
        <Button onPress={onDone}>{t('desk.people.done')}</Button>
      </p>
    </section>
  );
}
