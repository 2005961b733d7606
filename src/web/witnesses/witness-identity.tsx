// Who a witness is: sealed. Whoever is named opens it, saying why; the log keeps that they did. It is shown until they leave
// or close it, and kept nowhere in the browser.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { WitnessIdentity as Identity } from '../../record/witness.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Notice } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { IdentityFields, NOBODY } from './identity-fields.tsx';
import { type ShownWitness, useRights, type WitnessDetails } from './witness-data.ts';
import style from './witnesses.module.css';

type Opened = AnswerOf<'POST /dossiers/:dossier/seals/:subject/open'>;

/** The section of a witness's page. */
export function WitnessIdentity({ witness }: { witness: ShownWitness }): ReactNode {
  const { t } = useMessages();
  const { opens, writes } = useRights();
  const [opened, setOpened] = useState<Identity | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const isSealed = witness.identity.length > 0;
  return (
    <section aria-labelledby="identity">
      <h2 id="identity" className={style.heading}>
        {t('desk.witnesses.identity')}
      </h2>
      {!isSealed && !isEditing && <p className={style.lead}>{t('desk.witnesses.identity-none')}</p>}
      {isSealed && opened === null && (
        <p className={style.lead}>
          {t('desk.witnesses.identity-sealed', {
            fields: witness.identity
              .map((name) => t(`desk.witnesses.identity-${name as keyof Identity}`))
              .join(', '),
          })}
        </p>
      )}
      {!opens && <p className={style.small}>{t('desk.witnesses.identity-not-named')}</p>}
      {isEditing ? (
        <IdentityForm
          witness={witness}
          begun={opened ?? NOBODY}
          onDone={() => {
            setEditing(false);
            setOpened(null);
          }}
        />
      ) : opened !== null ? (
        <OpenedIdentity identity={opened} />
      ) : null}
      {isAsking && (
        <OpenForm
          witness={witness}
          onOpened={(identity) => {
            setOpened(identity);
            setAsking(false);
          }}
          onCancel={() => setAsking(false)}
        />
      )}
      {opens && !isAsking && !isEditing && (
        <p className={style.verbs}>
          {isSealed && opened === null && (
            <Button small onPress={() => setAsking(true)}>
              {t('desk.witnesses.open')}
            </Button>
          )}
          {writes && (!isSealed || opened !== null) && (
            <Button small onPress={() => setEditing(true)}>
              {t(isSealed ? 'desk.record.edit' : 'desk.witnesses.identity-write')}
            </Button>
          )}
          {opened !== null && (
            <Button small kind="quiet" onPress={() => setOpened(null)}>
              {t('desk.witnesses.close')}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function OpenedIdentity({ identity }: { identity: Identity }): ReactNode {
  const { t } = useMessages();
  return (
    <Notice tone="warning">
      <p className={style.small}>{t('desk.witnesses.opened')}</p>
      <dl className={style.identity}>
        {(['name', 'contact', 'notes'] as const).map(
          (name) =>
            identity[name] !== null && (
              <div key={name}>
                <dt>{t(`desk.witnesses.identity-${name}`)}</dt>
                <dd dir="auto">{identity[name]}</dd>
              </div>
            ),
        )}
      </dl>
    </Notice>
  );
}

function OpenForm({
  witness,
  onOpened,
  onCancel,
}: {
  witness: ShownWitness;
  onOpened: (identity: Identity) => void;
  onCancel: () => void;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [reason, setReason] = useState('');
  const open = useMutation<Opened, ApiProblem>({
    // Not kept by the cache of answers once this form is gone.
    gcTime: 0,
    mutationFn: () =>
      call('POST /dossiers/:dossier/seals/:subject/open', {
        params: { dossier: slug, subject: witness.id },
        body: { reason },
      }),
    onSuccess: ({ fields }) => {
      onOpened({ ...NOBODY, ...fields } as Identity);
      void changed();
    },
  });
  return (
    <form
      className={style.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        open.mutate();
      }}
    >
      <TextField
        autoFocus
        label={t('desk.witnesses.open-why')}
        description={t('desk.witnesses.open-hint')}
        maxLength={1000}
        isRequired
        value={reason}
        onChange={setReason}
      />
      {open.error && <ErrorState problem={open.error} />}
      <p className={style.verbs}>
        <Button type="submit" kind="primary" isPending={open.isPending}>
          {t('desk.witnesses.open')}
        </Button>
        <Button onPress={onCancel}>{t('desk.cancel')}</Button>
      </p>
    </form>
  );
}

function IdentityForm({
  witness,
  begun,
  onDone,
}: {
  witness: ShownWitness;
  begun: Identity;
  onDone: () => void;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const [value, setValue] = useState(begun);
  const save = useMutation<WitnessDetails, ApiProblem>({
    gcTime: 0,
    mutationFn: () =>
      call('PUT /dossiers/:dossier/witnesses/:id/identity', {
        params: { dossier: slug, id: witness.id },
        body: { version: witness.version, identity: value },
      }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.witnesses.identity-saved'));
      onDone();
    },
  });
  return (
    <form
      className={style.form}
      autoComplete="off"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <IdentityFields value={value} onChange={setValue} />
      {save.error && <ErrorState problem={save.error} />}
      <p className={style.verbs}>
        <Button type="submit" kind="primary" isPending={save.isPending}>
          {t('desk.witnesses.seal')}
        </Button>
        <Button onPress={onDone}>{t('desk.cancel')}</Button>
      </p>
    </form>
  );
}
