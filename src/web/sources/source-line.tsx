// A source in a list: what it is, how far it has come, what rests on it, and where the searched words stand in it.
import { useMutation } from '@tanstack/react-query';
import { Fragment, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { isTable, type Source } from '../../record/source.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { useMessages } from '../../ui/messages.tsx';
import { useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { useMay } from '../dossier-context.tsx';
import { languageName } from '../language-name.ts';
import { SealMark } from '../seals/sealed-note.tsx';
import { SourceDetails } from './source-details.tsx';
import style from './sources.module.css';

/** A source as its list gives it. */
export type ListedSource = AnswerOf<'GET /dossiers/:dossier/sources'>['sources'][number];

/** One line of the list of sources. */
export function SourceLine({
  slug,
  source,
  pasteInstead,
}: {
  slug: string;
  source: ListedSource;
  pasteInstead: (title: string) => void;
}): ReactNode {
  const { t, locale, formatDate, formatBytes } = useMessages();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const facts = [
    source.publisher,
    source.author,
    source.published && formatDate(source.published),
    t(`vocabulary.sourceType.${source.type}`),
    source.language && languageName(locale, source.language),
    formatBytes(source.bytes),
  ].filter(Boolean);
  return (
    <li className={style.source} id={source.id}>
      <div className={style.line}>
        <div className={style.what}>
          <h2>
            <Link href={`/d/${slug}/sources/${source.id}`} lang={source.language ?? undefined} dir="auto">
              {source.sealed ? t('desk.seal.record.source') : source.title}
            </Link>{' '}
            {source.sealed && <SealMark />}
          </h2>
          {!source.sealed && <p className={style.facts}>{facts.join(' · ')}</p>}
          {source.snippet && <Snippet text={source.snippet} language={source.language} />}
          {source.state === 'unreadable' && (
            <Unreadable slug={slug} source={source} pasteInstead={pasteInstead} />
          )}
        </div>
        <div className={style.standing}>
          <p className={classes(style.state, style[source.state])}>
            {source.state === 'proposed' && source.suggested > 0 ? (
              <Link href={`/d/${slug}/sources/${source.id}`}>
                {t('desk.sources.to-judge', { count: source.suggested })}
              </Link>
            ) : source.state === 'proposed' && isTable(source) && may('record.write') ? (
              <Link href={`/d/${slug}/sources/${source.id}/series`}>{t('desk.series.import')}</Link>
            ) : source.state === 'proposed' ? (
              t(may('record.read') ? 'desk.sources.judged' : 'desk.sources.step.read')
            ) : (
              t(`vocabulary.sourceState.${source.state}`)
            )}
          </p>
          {may('record.read') && (
            <p className={style.facts}>{t('desk.sources.records', { count: source.records })}</p>
          )}
          {source.sensitivity !== 'public' && (
            <p className={style.closed}>{t(`vocabulary.sensitivity.${source.sensitivity}`)}</p>
          )}
          {may('source.edit') && !source.sealed && (
            <Button small kind="quiet" aria-expanded={editing} onPress={() => setEditing(!editing)}>
              {t('desk.source.details')}
            </Button>
          )}
        </div>
      </div>
      {editing && <SourceDetails slug={slug} source={source} close={() => setEditing(false)} />}
    </li>
  );
}

/** Text around what was searched for; the server puts the words between U+0002 and U+0003. */
function Snippet({ text, language }: { text: string; language: string | null }): ReactNode {
  const parts = text.split(/\u0002([^\u0003]*)\u0003/);
  return (
    <p className={style.snippet} lang={language ?? undefined} dir="auto">
      {parts.map((part, index) => {
        // Parts alternate, so their number says what they are and nothing is moved.
        const key = `${index}`;
        return index % 2 === 1 ? <mark key={key}>{part}</mark> : <Fragment key={key}>{part}</Fragment>;
      })}
    </p>
  );
}

function Unreadable({
  slug,
  source,
  pasteInstead,
}: {
  slug: string;
  source: Source;
  pasteInstead: (title: string) => void;
}): ReactNode {
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const retry = useMutation<Source, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/sources/:id/retry', { params: { dossier: slug, id: source.id } }),
    onSuccess: () => void changed(),
    onError: (problem) => toasts.show(words(problem), { tone: 'problem' }),
  });
  const failure = source.failure;
  const may = useMay();
  return (
    <div className={style.failure}>
      <p>
        {failure
          ? words({ code: failure.code, message: failure.sentence })
          : t('desk.sources.step.unreadable')}
      </p>
      {may('source.edit') && (
        <Button small isPending={retry.isPending} onPress={() => retry.mutate()}>
          {t('desk.sources.read-again')}
        </Button>
      )}
      {may('source.add') && (
        <Button small onPress={() => pasteInstead(source.title)}>
          {t('desk.sources.paste-instead')}
        </Button>
      )}
    </div>
  );
}
