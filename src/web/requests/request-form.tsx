// The form of a request: whom, what, by which means and by when; and the records it is about.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { LinkEnd } from '../../record/link.ts';
import { type Request, RequestContent } from '../../record/request.ts';
import { useMessages } from '../../ui/messages.tsx';
import { SchemaForm } from '../../ui/record-form.tsx';
import { Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { endsIn, RecordChooser } from '../record/record-chooser.tsx';
import { useKnownNames, useRecord } from '../record/record-data.ts';
import { useUndo } from '../undo.tsx';
import { partyOf, today } from './request-words.ts';
import style from './requests.module.css';

/** Records are chosen by their words, below the fields; what came of a new request is not known yet. */
const CHANGED = RequestContent.omit({ about: true, answer: true });
const NEW = CHANGED.omit({ outcome: true, answeredOn: true });

/** The form of a new request; its address may name what it is about. */
export function NewRequest(): ReactNode {
  const [search] = useSearchParams();
  const [about] = useState(() => endsIn(search, 'about'));
  const [first] = about;
  const record = useRecord(first?.kind ?? 'statement', first?.id ?? null);
  if (first && !record.data && !record.error) return <Loading />;
  const party = record.data && partyOf(record.data);
  return <RequestForm request={null} begun={{ about, ...(party && { askedOf: party }) }} />;
}

/** The form of a request; `begun` is what is known of a new one already. */
export function RequestForm({
  request,
  begun = {},
  onDone,
}: {
  request: Request | null;
  begun?: Partial<RequestContent>;
  onDone?: () => void;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [, navigate] = useLocation();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const known = useKnownNames();
  const [about, setAbout] = useState<LinkEnd[]>(request?.about ?? begun.about ?? []);
  const [value] = useState(() => request ?? { askedOn: today(), means: 'email', ...begun });
  const leave = onDone ?? (() => navigate(`/d/${slug}/right-of-reply`));
  const save = useMutation<unknown, ApiProblem, { content: RequestContent; some: Partial<RequestContent> }>({
    mutationFn: ({ content, some }): Promise<unknown> =>
      request === null
        ? call('POST /dossiers/:dossier/requests', {
            params: { dossier: slug },
            body: { ...content, about, outcome: 'waiting', answeredOn: null, answer: null },
          })
        : call('PATCH /dossiers/:dossier/requests/:id', {
            params: { dossier: slug, id: request.id },
            body: { version: request.version, content: { ...some, about } },
          }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.requests.marked'), { action: { label: t('desk.undo.undo'), run: undo } });
      leave();
    },
  });
  const form = (
    <div className={style.form}>
      <SchemaForm
        noun="request"
        schema={request === null ? NEW : CHANGED}
        value={value as Record<string, unknown>}
        known={known}
        busy={save.isPending}
        problem={save.error}
        draftKey={`request/${request?.id ?? `new:${about[0]?.id ?? ''}`}`}
        saveLabel={t('desk.requests.save')}
        onSave={(content, some) => save.mutateAsync({ content, some })}
        onCancel={leave}
      >
        <RecordChooser label={t('desk.requests.about-which')} value={about} onChange={setAbout} />
      </SchemaForm>
    </div>
  );
  return request === null ? <Room title={t('desk.requests.new')}>{form}</Room> : form;
}
