// What is on its way: each file with how far it has come, what went wrong, and where to go on.
import { type ReactNode, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { useMessages } from '../../ui/messages.tsx';
import { useProblemWords } from '../../ui/state.tsx';
import type { ApiProblem } from '../api.ts';
import style from './sources.module.css';
import {
  clearUploads,
  currentUploads,
  isSettled,
  retryUpload,
  subscribeUploads,
  type Upload,
} from './uploads.ts';

/** The uploads of a dossier; nothing when there are none. */
export function UploadList({
  slug,
  pasteInstead,
}: {
  slug: string;
  pasteInstead: (title: string) => void;
}): ReactNode {
  const { t } = useMessages();
  const all = useSyncExternalStore(subscribeUploads, currentUploads);
  const mine = all.filter(({ dossier }) => dossier === slug);
  if (mine.length === 0) return null;
  const settled = mine.filter(isSettled).length;
  return (
    <section className={style.uploads} aria-labelledby="uploads">
      <header>
        <h2 id="uploads">{t('desk.sources.adding')}</h2>
        <p role="status">{t('desk.sources.settled', { settled, count: mine.length })}</p>
        {settled > 0 && (
          <Button small kind="quiet" onPress={() => clearUploads(slug)}>
            {t('desk.sources.clear')}
          </Button>
        )}
      </header>
      <ul>
        {mine.map((upload) => (
          <UploadLine key={upload.id} upload={upload} pasteInstead={pasteInstead} />
        ))}
      </ul>
    </section>
  );
}

/** Whether sending the same bytes again can help: not where the file itself was refused. */
function mayPassNextTime({ code, status }: ApiProblem): boolean {
  return (
    status === 0 ||
    status >= 500 ||
    status === 429 ||
    status === 401 ||
    ['source.cut-short', 'address.silent', 'address.slow', 'address.status'].includes(code)
  );
}

function UploadLine({
  upload,
  pasteInstead,
}: {
  upload: Upload;
  pasteInstead: (title: string) => void;
}): ReactNode {
  const { t, formatBytes, formatNumber } = useMessages();
  const words = useProblemWords();
  const { name, bytes, sent, step, source, duplicate, suggestions, problem, dossier, what } = upload;
  const href = source && `/d/${dossier}/sources/${source.id}`;
  const failure = source?.failure;
  const bad = step === 'failed' || step === 'unreadable';
  return (
    <li className={classes(bad && style.bad)}>
      <span className={style.file}>
        {href ? (
          <Link href={href}>{source.sealed ? t('desk.seal.record.source') : source.title || name}</Link>
        ) : (
          <bdi>{name}</bdi>
        )}
        {bytes > 0 && <span className={style.size}>{formatBytes(bytes)}</span>}
      </span>
      <span className={style.step}>
        {duplicate ? (
          t('desk.sources.duplicate')
        ) : step === 'sending' && 'address' in what ? (
          t('desk.sources.step.fetching')
        ) : step === 'sending' ? (
          <>
            <progress
              value={sent}
              max={Math.max(bytes, 1)}
              aria-label={t('desk.sources.sent-label', { name })}
            />
            {bytes > 0 && formatNumber(sent / bytes, { style: 'percent' })}
          </>
        ) : step === 'failed' && problem ? (
          <span role="alert">{words(problem)}</span>
        ) : step === 'unreadable' ? (
          <span role="alert">
            {failure
              ? words({ code: failure.code, message: failure.sentence })
              : t('desk.sources.step.unreadable')}
          </span>
        ) : step === 'proposed' && suggestions !== null ? (
          t('desk.sources.suggestions', { count: suggestions })
        ) : step === 'failed' ? null : (
          t(`desk.sources.step.${step}`)
        )}
      </span>
      <span className={style.do}>
        {step === 'failed' && problem && mayPassNextTime(problem) && (
          <Button small onPress={() => retryUpload(upload.id)}>
            {t('desk.state.retry')}
          </Button>
        )}
        {(step === 'unreadable' || problem?.code === 'source.empty') && (
          <Button small onPress={() => pasteInstead(source?.title ?? name)}>
            {t('desk.sources.paste-instead')}
          </Button>
        )}
        {step === 'proposed' && href && suggestions !== null && suggestions > 0 && (
          <Link href={href}>{t('desk.sources.judge')}</Link>
        )}
      </span>
    </li>
  );
}
