// Filing a disagreement by hand: which records do not fit, and how, in words.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { DisagreementKind } from '../../record/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { dropDraft, keepDraft, readDraft } from '../../ui/draft.ts';
import { Select, TextArea } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { endsIn, RecordChooser } from '../record/record-chooser.tsx';
import { useUndo } from '../undo.tsx';
import style from './disagreements.module.css';
import { disagreementHref } from './queue-data.ts';

const DRAFT = 'disagreement/new';
const EMPTY = { kind: 'figures-differ' as DisagreementKind, words: '' };

/** The form. */
export function FilingScreen(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const [records, setRecords] = useState(() => endsIn(search, 'record'));
  const [content, setContent] = useState(() => ({ ...EMPTY, ...readDraft(DRAFT)?.content }));
  const [tried, setTried] = useState(false);
  const change = (some: Partial<typeof EMPTY>) => {
    const next = { ...content, ...some };
    setContent(next);
    keepDraft(DRAFT, { base: EMPTY, content: next });
  };
  const leave = () => navigate(`/d/${slug}/disagreements`);
  const file = useMutation<AnswerOf<'POST /dossiers/:dossier/disagreements'>, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/disagreements', {
        params: { dossier: slug },
        body: { kind: content.kind, records, words: content.words.trim() },
      }),
    onSuccess: async ({ key }) => {
      dropDraft(DRAFT);
      await changed();
      toasts.show(t('desk.disagreements.filed'), { action: { label: t('desk.undo.undo'), run: undo } });
      navigate(disagreementHref(slug, key), { replace: true });
    },
  });
  const isComplete = records.length > 0 && content.words.trim() !== '';
  const save = () => {
    setTried(true);
    if (isComplete && !file.isPending) file.mutate();
  };
  return (
    <Room title={t('desk.disagreements.new')}>
      <form
        className={style.filing}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave();
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      >
        <p className={style.muted}>{t('desk.disagreements.new-lead')}</p>
        <Select
          label={t('desk.disagreements.new-kind')}
          value={content.kind}
          onChange={(kind) => change({ kind })}
          options={DisagreementKind.options.map((kind) => ({
            value: kind,
            label: t(`words.disagreement-kind.${kind}`),
          }))}
        />
        <TextArea
          autoFocus
          label={t('desk.disagreements.new-words')}
          description={t('desk.disagreements.new-words-hint')}
          rows={3}
          maxLength={5000}
          value={content.words}
          onChange={(words) => change({ words })}
          onKeyDown={(event) => event.continuePropagation()}
        />
        <RecordChooser label={t('desk.disagreements.new-records')} value={records} onChange={setRecords} />
        {tried && !isComplete && (
          <p role="alert" className={style.error}>
            {t('desk.disagreements.new-needs')}
          </p>
        )}
        {file.error && <ErrorState problem={file.error} />}
        <div className={style.verbs}>
          <Button kind="primary" type="submit" isPending={file.isPending} shortcut="Ctrl ↵">
            {t('desk.disagreements.new-save')}
          </Button>
          <Button onPress={leave} shortcut="Esc">
            {t('desk.form.cancel')}
          </Button>
        </div>
      </form>
    </Room>
  );
}
