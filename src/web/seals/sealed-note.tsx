// What is sealed of a thing, quietly said; for those who are named the way to open it, and what it says while it is open.
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import type { Opened, Opening } from './opening.ts';
import style from './seals.module.css';

/** The mark of something sealed, in a line or beside a title. */
export function SealMark(): ReactNode {
  const { t } = useMessages();
  return <span className={style.mark}>{t('desk.seal.mark')}</span>;
}

/** Says what is sealed, opens it, and shows what `children` make of it until it closes. */
export function SealedNote({
  opening,
  what,
  children,
}: {
  opening: Opening;
  /** What is sealed, in a sentence. */
  what: string;
  children: (opened: Opened) => ReactNode;
}): ReactNode {
  const { t, formatInstant } = useMessages();
  const { opens } = useDossier();
  const [isAsking, setAsking] = useState(false);
  const { opened } = opening;
  return (
    <section className={style.note} aria-label={t('desk.seal.mark')} data-open={opened !== null || undefined}>
      <p className={style.what}>
        <SealMark /> {what}
      </p>
      {opened === null && !opens && <p className={style.small}>{t('desk.seal.not-named')}</p>}
      {opened === null && opens && !isAsking && (
        <p>
          <Button small onPress={() => setAsking(true)}>
            {t('desk.seal.open')}
          </Button>
        </p>
      )}
      {opened === null && isAsking && <ReasonForm opening={opening} onDone={() => setAsking(false)} />}
      {opened !== null && (
        <>
          <div className={style.opened}>{children(opened)}</div>
          <Elsewhere found={opened.elsewhere} />
          <p className={style.small}>
            {t('desk.seal.until', { time: formatInstant(new Date(opening.until).toISOString()) })}{' '}
            <Button small onPress={opening.close}>
              {t('desk.seal.close')}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}

/** Where the words of what was opened still stand for everybody of the team. */
function Elsewhere({ found }: { found: Opened['elsewhere'] }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  if (found.length === 0) return null;
  return (
    <div>
      <p>{t('desk.seal.elsewhere', { count: found.length })}</p>
      <ul className={style.elsewhere}>
        {found.map(({ noun, id }) => (
          <li key={id}>
            <Link href={placeOf(slug, noun, id)}>{t(`desk.seal.names.${noun}`)}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The page on which something is seen to. */
function placeOf(slug: string, noun: Opened['elsewhere'][number]['noun'], id: string): string {
  const at = `/d/${slug}`;
  if (noun === 'dossier') return at;
  if (noun === 'link') return `${at}/log`;
  if (noun === 'actor' || noun === 'place') return `${at}/actors`;
  if (noun === 'request') return `${at}/right-of-reply`;
  return noun === 'disagreement' ? `${at}/disagreements` : `${at}/${noun}s/${id}`;
}

/** Asks why something is opened, and opens it. */
export function ReasonForm({
  opening,
  onDone,
}: {
  opening: Pick<Opening, 'open' | 'isPending' | 'problem'>;
  onDone: () => void;
}): ReactNode {
  const { t } = useMessages();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length >= 3) void opening.open(reason.trim()).then(onDone);
  };
  return (
    <form className={style.reason} onSubmit={submit} autoComplete="off">
      <TextField
        autoFocus
        label={t('desk.seal.reason')}
        description={t('desk.seal.reason-hint')}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      {opening.problem && <ErrorState problem={opening.problem} />}
      <p className={style.verbs}>
        <Button
          type="submit"
          kind="primary"
          isDisabled={reason.trim().length < 3}
          isPending={opening.isPending}
        >
          {t('desk.seal.open-now')}
        </Button>
        <Button onPress={onDone}>{t('desk.cancel')}</Button>
      </p>
    </form>
  );
}

/** Who opened a thing, when and why. */
export function Openings({ subject }: { subject: string }): ReactNode {
  const { t, formatInstant } = useMessages();
  const { slug } = useDossier();
  const { data } = useCall('GET /dossiers/:dossier/seals/:subject/openings', {
    params: { dossier: slug, subject },
  });
  if (!data) return null;
  return (
    <section aria-labelledby="openings">
      <h2 id="openings" className={style.head}>
        {t('desk.seal.openings')}
      </h2>
      {data.openings.length === 0 && <p className={style.small}>{t('desk.seal.never')}</p>}
      <ol className={style.openings}>
        {data.openings.map(({ id, at, who, reason }) => (
          <li key={id}>
            <p>{reason}</p>
            <p className={style.small}>
              <Person id={who} />, <time dateTime={at}>{formatInstant(at)}</time>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
