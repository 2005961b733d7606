// Editing a record in its place. Where somebody else saved meanwhile, both changes are put together before anything is lost.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FigureContent } from '../../record/figure.ts';
import type { IncidentContent } from '../../record/incident.ts';
import type { StatementContent } from '../../record/statement.ts';
import { dropDraft } from '../../ui/draft.ts';
import { isSame } from '../../ui/field-words.ts';
import { useMessages } from '../../ui/messages.tsx';
import { RecordForm } from '../../ui/record-form.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useToasts } from '../../ui/toast.tsx';
import { ApiProblem, call, changed } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { chosenOf, SealChoice, sealOf } from '../seals/seal-choice.tsx';
import { useUndo } from '../undo.tsx';
import { MergePanel } from './merge-panel.tsx';
import { ROUTES, useKnownNames } from './record-data.ts';

type Content = Record<string, unknown>;

/**
 * The form of a record that exists; `onDone` is called once it is saved or given up. `row` is the record as the team reads
 * it, `record` as it truly is where it was opened.
 */
export function RecordEditor({
  record,
  row,
  onDone,
}: {
  record: AnyRecord;
  row: AnyRecord;
  onDone: () => void;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const known = useKnownNames();
  const draftKey = `${record.kind}/${record.id}`;
  // The record as it was when the form was opened: what is refreshed behind it must not change what is being written.
  const [base, setBase] = useState(record);
  const [begun] = useState(() => chosenOf(row));
  const [chosen, setChosen] = useState(begun);
  const isSecret = Boolean(row.sealed);
  const [conflict, setConflict] = useState<{ theirs: AnyRecord; mine: Content } | null>(null);

  const save = useMutation<AnyRecord, ApiProblem, { version: number; content: Content }>({
    mutationFn: ({ version, content }) =>
      call(ROUTES[record.kind].edit, {
        params: { dossier: slug, id: record.id },
        // The form has held the content to the schema of this kind of record.
        body: {
          version,
          content: content as Partial<StatementContent & FigureContent & IncidentContent>,
          ...(isSame(begun, chosen) ? {} : { seal: sealOf(chosen) }),
        },
      }) as Promise<AnyRecord>,
    gcTime: isSecret ? 0 : 300_000,
    onSuccess: async (saved) => {
      // However it was saved, through the form or by putting two changes together.
      dropDraft(draftKey);
      await changed();
      // Sealing and lifting are not taken back by undo, which would take back something else.
      const isMoved = !isSame(row.sealed?.fields ?? [], saved.sealed?.fields ?? []);
      toasts.show(
        t('desk.record.saved'),
        isMoved ? {} : { action: { label: t('desk.undo.undo'), run: undo } },
      );
      onDone();
    },
  });

  const trySaving = async (version: number, content: Content): Promise<void> => {
    if (Object.keys(content).length === 0 && isSame(begun, chosen)) return onDone();
    try {
      await save.mutateAsync({ version, content });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'record.version') throw error;
      const theirs = (await call(ROUTES[record.kind].read, {
        params: { dossier: slug, id: record.id },
      })) as AnyRecord;
      setConflict({ theirs, mine: content });
      save.reset();
      // Not saved: the draft stays.
      throw error;
    }
  };

  if (conflict) {
    return (
      <MergePanel
        base={base}
        theirs={conflict.theirs}
        mine={conflict.mine}
        busy={save.isPending}
        problem={save.error}
        onSave={(content) => void trySaving(conflict.theirs.version, content).catch(() => {})}
        onGoOn={() => {
          setBase(conflict.theirs);
          setConflict(null);
        }}
        onReload={() => {
          dropDraft(draftKey);
          void changed();
          onDone();
        }}
      />
    );
  }
  return (
    <RecordForm
      key={base.version}
      noun={record.kind}
      value={base as unknown as Content}
      known={known}
      draftKey={draftKey}
      isSecret={isSecret}
      busy={save.isPending}
      problem={save.error}
      onSave={(_, mine: Content) => trySaving(base.version, mine)}
      onCancel={onDone}
    >
      {row.sensitivity === 'sealed' ? (
        <p>{t('desk.seal.lift-hint')}</p>
      ) : (
        <>
          <p>{t('desk.seal.whole-hint')}</p>
          <SealChoice kind={record.kind} chosen={chosen} onChange={setChosen} />
        </>
      )}
    </RecordForm>
  );
}
