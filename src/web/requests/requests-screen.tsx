// The right of reply: who was asked what, when, by which means, and whether an answer came; by date.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'wouter';
import { z } from 'zod';
import { replyState } from '../../analysis/statements/request-state.ts';
import type { LinkEnd } from '../../record/link.ts';
import type { Request } from '../../record/request.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { DateField } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { headlineOf, partyInWords } from '../../ui/record-words.ts';
import { useSearchState } from '../../ui/search-state.ts';
import { ShowChoice } from '../../ui/show-choice.tsx';
import { EmptyState, ErrorState, Loading, useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, addressOf, call, changed, useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { RecordChooser } from '../record/record-chooser.tsx';
import { recordHref, useRecord } from '../record/record-data.ts';
import { useUndo } from '../undo.tsx';
import { askingHref, useEditRequest } from './request-data.ts';
import { NewRequest, RequestForm } from './request-form.tsx';
import { byDate, STATES, stateInWords, today } from './request-words.ts';
import style from './requests.module.css';

const View = z.object({
  show: z.enum(['all', 'overdue', 'waiting', 'answered', 'declined', 'no-response']).default('all'),
});
const LIST = 'GET /dossiers/:dossier/requests';

/** The screen; its address may be that of the form. */
export function RightOfReplyScreen(): ReactNode {
  const { '*': rest } = useParams<{ '*'?: string }>();
  return rest === 'new' ? <NewRequest /> : <Requests />;
}

function Requests(): ReactNode {
  const { t } = useMessages();
  const { slug, title } = useDossier();
  const mayWrite = useMay()('record.write');
  const [view, setView] = useSearchState(View);
  const params = { dossier: slug };
  const { data, error, refetch } = useCall(LIST, { params });
  const day = today();
  const all = byDate(data?.items ?? []);
  const shown = all.filter((request) => view.show === 'all' || replyState(request, day) === view.show);
  const count = (state: (typeof STATES)[number]) =>
    all.filter((request) => replyState(request, day) === state).length;
  const add = mayWrite && (
    <LinkButton kind="primary" small={all.length > 0} href={askingHref(slug)}>
      {t('desk.requests.add')}
    </LinkButton>
  );
  return (
    <Room
      title={t('desk.room.right-of-reply')}
      actions={
        all.length > 0 && (
          <>
            <LinkButton small download href={addressOf(LIST, { params }, '.csv')}>
              {t('desk.requests.csv')}
            </LinkButton>
            {add}
          </>
        )
      }
    >
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : all.length === 0 ? (
        <EmptyState title={t('desk.requests.none')} action={add}>
          <p>{t('desk.requests.none-words')}</p>
        </EmptyState>
      ) : (
        <div className={style.screen}>
          <p className={style.printed}>
            {t('desk.requests.sheet')} · {title}
          </p>
          <p className={style.lead}>{t('desk.requests.lead')}</p>
          <ShowChoice
            legend={t('desk.requests.states')}
            value={view.show}
            options={(['all', ...STATES] as const).map((show) => ({
              value: show,
              label: t(`desk.requests.show.${show}`),
              count: show === 'all' ? all.length : count(show),
            }))}
            onChange={(show) => setView({ show })}
          />
          {shown.length === 0 ? (
            <p className={style.lead}>{t('desk.requests.none-like')}</p>
          ) : (
            <ol className={style.list}>
              {shown.map((request) => (
                <Line key={request.id} request={request} day={day} />
              ))}
            </ol>
          )}
        </div>
      )}
    </Room>
  );
}

function Line({ request, day }: { request: Request; day: string }): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  const mayWrite = useMay()('record.write');
  const [isOpen, setOpen] = useState<'edit' | 'answer' | null>(null);
  const edit = useEditRequest();
  const state = replyState(request, day);
  const mark = (outcome: 'declined' | 'no-response' | 'waiting') =>
    edit.mutate({ request, content: { outcome, answeredOn: null } });
  if (isOpen === 'edit') {
    return (
      <li>
        <RequestForm request={request} onDone={() => setOpen(null)} />
      </li>
    );
  }
  return (
    <li className={style.line}>
      <div className={style.facts}>
        <p className={style.state} data-state={state}>
          {stateInWords(request, day, words)}
        </p>
        <p>
          {t('desk.requests.asked', { date: formatDate(request.askedOn) })} ·{' '}
          {t(`vocabulary.contactMeans.${request.means}`)}
        </p>
        {request.due && <p>{t('desk.requests.due', { date: formatDate(request.due) })}</p>}
      </div>
      <div className={style.asked}>
        <h2 dir="auto">{partyInWords(request.askedOf, words)}</h2>
        <p className={style.question} dir="auto">
          {request.question}
        </p>
        {request.about.length > 0 && <Ends label={t('desk.requests.about')} ends={request.about} />}
        {request.answer && (
          <Ends label={t('desk.requests.answer')} ends={[{ kind: 'statement', id: request.answer }]} />
        )}
        {request.note && (
          <p className={style.note} dir="auto">
            {request.note}
          </p>
        )}
        {isOpen === 'answer' ? (
          <AnswerForm request={request} onDone={() => setOpen(null)} />
        ) : mayWrite ? (
          <p className={style.verbs}>
            {state !== 'answered' && (
              <Button small onPress={() => setOpen('answer')}>
                {t('desk.requests.mark-answered')}
              </Button>
            )}
            {(state === 'waiting' || state === 'overdue') && (
              <>
                <Button small isPending={edit.isPending} onPress={() => mark('declined')}>
                  {t('desk.requests.mark-declined')}
                </Button>
                <Button small isPending={edit.isPending} onPress={() => mark('no-response')}>
                  {t('desk.requests.mark-silent')}
                </Button>
              </>
            )}
            {(state === 'declined' || state === 'no-response') && (
              <Button small kind="quiet" isPending={edit.isPending} onPress={() => mark('waiting')}>
                {t('desk.requests.mark-waiting')}
              </Button>
            )}
            <Button
              kind="quiet"
              small
              aria-label={t('desk.actors.edit', { name: request.askedOf.name })}
              onPress={() => setOpen('edit')}
            >
              {t('desk.record.edit')}
            </Button>
            <Remove request={request} />
          </p>
        ) : null}
      </div>
    </li>
  );
}

function Ends({ label, ends }: { label: string; ends: readonly LinkEnd[] }): ReactNode {
  return (
    <div className={style.ends}>
      <span>{label}</span>
      <ul>
        {ends.map((end) => (
          <EndLine key={end.id} end={end} />
        ))}
      </ul>
    </div>
  );
}

function EndLine({ end }: { end: LinkEnd }): ReactNode {
  const words = useMessages();
  const { slug } = useDossier();
  const { data } = useRecord(end.kind, end.id);
  return (
    <li>
      <KindMark kind={end.kind} />{' '}
      <Link href={recordHref(slug, end.kind, end.id)} dir="auto">
        {data ? headlineOf(data, words) : '…'}
      </Link>
    </li>
  );
}

/** When an answer came, and the statement it was given in. */
function AnswerForm({ request, onDone }: { request: Request; onDone: () => void }): ReactNode {
  const { t } = useMessages();
  const [answeredOn, setAnsweredOn] = useState(request.answeredOn ?? today());
  const [answer, setAnswer] = useState<LinkEnd[]>(
    request.answer ? [{ kind: 'statement', id: request.answer }] : [],
  );
  const edit = useEditRequest(onDone);
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        const date = answeredOn.trim();
        edit.mutate({
          request,
          content: {
            outcome: 'answered',
            answeredOn: date === '' ? null : date,
            answer: answer[0]?.id ?? null,
          },
        });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <DateField
        autoFocus
        label={t('desk.requests.answered-on')}
        value={answeredOn}
        onChange={setAnsweredOn}
        onKeyDown={(event) => event.continuePropagation()}
      />
      <RecordChooser
        label={t('desk.requests.answer-which')}
        value={answer}
        onChange={setAnswer}
        kinds={['statement']}
        most={1}
      />
      {answer.length > 0 && request.about.length > 0 && (
        <p className={style.note}>{t('desk.requests.answer-link')}</p>
      )}
      <p className={style.verbs}>
        <Button kind="primary" type="submit" isPending={edit.isPending}>
          {t('desk.requests.save')}
        </Button>
        <Button onPress={onDone}>{t('desk.form.cancel')}</Button>
      </p>
    </form>
  );
}

function Remove({ request }: { request: Request }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () =>
      call('DELETE /dossiers/:dossier/requests/:id', { params: { dossier: slug, id: request.id } }),
    onSuccess: () => {
      void changed();
      toasts.show(t('desk.requests.removed'), { action: { label: t('desk.undo.undo'), run: undo } });
    },
    onError: (problem) => toasts.show(problemWords(problem), { tone: 'problem' }),
  });
  return (
    <Button
      kind="quiet"
      small
      isPending={remove.isPending}
      aria-label={t('desk.form.remove', { what: request.askedOf.name })}
      onPress={() => remove.mutate()}
    >
      {t('desk.record.remove')}
    </Button>
  );
}
