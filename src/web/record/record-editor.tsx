// Editing a record in its place. Where somebody else saved meanwhile, both changes are put together before anything is lost.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FigureContent } from '../../record/figure.ts';
import type { IncidentContent } from '../../record/incident.ts';
import type { StatementContent } from '../../record/statement.ts';
import { dropDraft } from '../../ui/draft.ts';
import { useMessages } from '../../ui/messages.tsx';
import { RecordForm } from '../../ui/record-form.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useToasts } from '../../ui/toast.tsx';
import { ApiProblem, call, changed } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';
import { MergePanel } from './merge-panel.tsx';
import { ROUTES, useKnownNames } from './record-data.ts';

type Content = Record<string, unknown>;

/** The form of a record that exists; `onDone` is called once it is saved or given up. */
export function RecordEditor({ record, onDone }: { record: AnyRecord; onDone: () => void }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const known = useKnownNames();
  const draftKey = `${record.kind}/${record.id}`;
  // The record as it was when the form was opened: what is refreshed behind it must not change what is being written.
  const [base, setBase] = useState(record);
  const [conflict, setConflict] = useState<{ theirs: AnyRecord; mine: Content } | null>(null);

  const save = useMutation<AnyRecord, ApiProblem, { version: number; content: Content }>({
    mutationFn: ({ version, content }) =>
      call(ROUTES[record.kind].edit, {
        params: { dossier: slug, id: record.id },
        // The form has held the content to the schema of this kind of record.
        body: { version, content: content as Partial<StatementContent & FigureContent & IncidentContent> },
      }) as Promise<AnyRecord>,
    onSuccess: async () => {
      // However it was saved, through the form or by putting two changes together.
      dropDraft(draftKey);
      await changed();
      toasts.show(t('desk.record.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
      onDone();
    },
  });

  const trySaving = async (version: number, content: Content): Promise<void> => {
    if (Object.keys(content).length === 0) return onDone();
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
      busy={save.isPending}
      problem={save.error}
      onSave={(_, mine: Content) => trySaving(base.version, mine)}
      onCancel={onDone}
    />
  );
}
