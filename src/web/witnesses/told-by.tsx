// Which witness told a source: chosen among the dossier's pseudonyms, saved at once, and taken back by undo.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Source } from '../../record/source.ts';
import { Select } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';
import { useRights, witnessHref } from './witness-data.ts';

type Told = Pick<Source, 'id' | 'version' | 'witness'>;

function useWitnesses() {
  const { slug } = useDossier();
  const { reads } = useRights();
  const { data } = useCall(
    'GET /dossiers/:dossier/witnesses',
    { params: { dossier: slug } },
    { enabled: reads, keepPrevious: true },
  );
  return data?.witnesses;
}

/** The choice; nothing where there is no witness yet. */
export function ToldByChoice({
  source,
  className,
}: {
  source: Told;
  className?: string | undefined;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { writes } = useRights();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const witnesses = useWitnesses();
  const save = useMutation<Source, ApiProblem, string | null>({
    mutationFn: (witness) =>
      call('PUT /dossiers/:dossier/sources/:id/witness', {
        params: { dossier: slug, id: source.id },
        body: { version: source.version, witness },
      }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.source.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
    },
  });
  if (!witnesses || (witnesses.length === 0 && !source.witness)) return null;
  const isThere = witnesses.some(({ id }) => id === source.witness);
  return (
    <div className={className}>
      <Select
        label={t('desk.witnesses.told-by')}
        description={t('desk.witnesses.told-by-hint')}
        value={source.witness ?? ''}
        isDisabled={save.isPending || (Boolean(source.witness) && !writes)}
        onChange={(id) => save.mutate(id === '' ? null : id)}
        options={[
          { value: '', label: t('desk.witnesses.told-by-nobody') },
          ...(source.witness && !isThere
            ? [{ value: source.witness, label: t('desk.witnesses.told-by-gone') }]
            : []),
          ...witnesses.map(({ id, pseudonym }) => ({ value: id, label: pseudonym })),
        ]}
      />
      {save.error && <ErrorState problem={save.error} />}
    </div>
  );
}

/** The witness who told a source, as one of its facts; nothing where none did, or for those who may not know. */
export function ToldBy({ witness }: { witness: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { reads } = useRights();
  const found = useWitnesses()?.find(({ id }) => id === witness);
  if (!reads) return null;
  return (
    <span>
      {found ? (
        <Link href={witnessHref(slug, witness)}>
          {t('desk.witnesses.told-by-one', { pseudonym: found.pseudonym })}
        </Link>
      ) : (
        t('desk.witnesses.told-by-gone')
      )}
    </span>
  );
}
