// One statement in the list of a thread: when, who, the words, who reported it, and what it answers how.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Statement } from '../../record/statement.ts';
import { Button } from '../../ui/button.tsx';
import { type MessageKey, useMessages, type Words } from '../../ui/messages.tsx';
import { wordsSaid } from '../../ui/record-words.ts';
import { useDossier, useMay } from '../dossier-context.tsx';
import { recordHref } from '../record/record-data.ts';
import style from './said.module.css';
import type { ThreadAnswer, ThreadLink, ThreadStatement, Verdict } from './thread-data.ts';

/** What a list of a thread knows of its statements. */
export interface InThread {
  answer: ThreadAnswer;
  records: ReadonlyMap<string, Statement>;
  numbers: ReadonlyMap<string, number>;
}

/** "Bernard Cazeneuve, 5 November 2014". */
function nameAndDate(statement: Statement | undefined, { t, formatDate }: Words): string {
  const name = statement?.speaker?.name ?? t('desk.words.nobody');
  if (!statement || statement.saidOn === null) return name;
  return t('public.thread.name-date', { name, date: formatDate(statement.saidOn) });
}

/** Names of those who report a statement, each once. */
function reportersOf(reports: readonly string[], records: ReadonlyMap<string, Statement>): string[] {
  return [...new Set(reports.flatMap((id) => records.get(id)?.reporter?.name ?? []))];
}

/** A statement as the list tells it. */
export function ThreadEntry({
  one,
  within,
  isChosen,
  onChoose,
  onGo,
  onDecide,
  sorting,
}: {
  one: ThreadStatement;
  within: InThread;
  isChosen: boolean;
  /** Shows it in the inspector. */
  onChoose: () => void;
  /** Goes to another statement of the list. */
  onGo: (id: string) => void;
  onDecide: (link: ThreadLink, verdict: Verdict) => void;
  /** While statements are sorted: whether this one is picked out, and how to change that. */
  sorting: { isPicked: boolean; onPick: (picked: boolean) => void } | null;
}): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  const { slug } = useDossier();
  const { answer, records, numbers } = within;
  const record = records.get(one.id);
  if (!record) return null;
  const { links } = answer.thread;
  const answers = links.filter(({ from }) => from === one.id);
  const answered = links
    .filter(({ to, basis }) => to === one.id && basis === 'drawn')
    .sort((a, b) => (numbers.get(a.from) ?? 0) - (numbers.get(b.from) ?? 0));
  const isAnswer = answers.some(({ basis }) => basis === 'drawn');
  const number = numbers.get(one.id)!;
  const isSilence = record.act === 'no-response';
  const reporters = reportersOf(one.reports, records);
  const place: MessageKey | null =
    record.venue && record.venue !== 'other' ? `vocabulary.venue.${record.venue}` : null;
  return (
    <li
      id={`statement-${one.id}`}
      className={style.entry}
      data-chosen={isChosen || undefined}
      data-answer={isAnswer || undefined}
      data-silence={isSilence || undefined}
    >
      {one.later && <p className={style.later}>{one.later}</p>}
      <article className={style.said} aria-labelledby={`name-${one.id}`}>
        <p className={style.number}>
          {sorting ? (
            <input
              type="checkbox"
              checked={sorting.isPicked}
              aria-label={t('desk.said.pick', { number })}
              onChange={(event) => sorting.onPick(event.target.checked)}
            />
          ) : (
            <span data-form={isSilence ? 'silence' : record.mode}>{number}</span>
          )}
        </p>
        <header className={style.who}>
          <h3 id={`name-${one.id}`}>
            {record.speaker ? (
              <strong dir="auto">{record.speaker.name}</strong>
            ) : (
              <em>{t('desk.words.nobody')}</em>
            )}{' '}
            {record.act !== 'says' && (
              <span className={style.act}>{t(`vocabulary.speechAct.${record.act}`)}</span>
            )}
          </h3>
          <p className={style.when}>
            {record.saidOn === null ? t('desk.said.undated') : formatDate(record.saidOn)}
          </p>
        </header>
        <p className={style.circumstance}>
          {[
            record.speaker?.role,
            place && t(place),
            record.addressee && t('desk.said.to', { name: record.addressee.name }),
          ]
            .filter((part) => part !== null && part !== undefined)
            .map((part) => (
              <span key={part} dir="auto">
                {part}
              </span>
            ))}
        </p>
        <button
          type="button"
          data-entry={one.id}
          aria-pressed={isChosen}
          className={style.words}
          onClick={onChoose}
        >
          <span lang={record.language ?? undefined} dir="auto">
            {wordsSaid(record, words)}
          </span>
        </button>
        <p className={style.reported}>
          {(reporters.length > 0 || one.reported) && (
            <span>
              {one.reported ?? t('desk.said.reported-by', { names: reporters.join(', ') })}
              {one.reported && reporters.length > 0 && `: ${reporters.join(', ')}`}
            </span>
          )}
          <Link href={recordHref(slug, 'statement', one.id)}>
            {t('desk.said.open-record')}
            <span className="visually-hidden"> {number}</span>
          </Link>
        </p>
        {answers.length > 0 && (
          <ul className={style.answers}>
            {answers.map((link) => (
              <AnswerLine
                key={`${link.to} ${link.link}`}
                link={link}
                target={records.get(link.to)}
                number={numbers.get(link.to)}
                isAbove={(numbers.get(link.to) ?? 0) < number}
                onGo={onGo}
                onDecide={onDecide}
              />
            ))}
          </ul>
        )}
        {answered.length > 0 && (
          <p className={style.answered}>
            {answered.map(({ from, link }) => (
              <span key={`${from} ${link}`}>
                {t(`desk.record.link.from.${link}`)}{' '}
                <a
                  href={`#statement-${from}`}
                  onClick={(event) => {
                    event.preventDefault();
                    onGo(from);
                  }}
                >
                  <span aria-hidden="true">{(numbers.get(from) ?? 0) < number ? '↑ ' : '↓ '}</span>
                  {numbers.get(from)}
                  <span className="visually-hidden"> {nameAndDate(records.get(from), words)}</span>
                </a>
              </span>
            ))}
          </p>
        )}
      </article>
    </li>
  );
}

/** What a statement answers, and how: drawn by a person, or suggested and to be judged. */
function AnswerLine({
  link,
  target,
  number,
  isAbove,
  onGo,
  onDecide,
}: {
  link: ThreadLink;
  target: Statement | undefined;
  number: number | undefined;
  isAbove: boolean;
  onGo: (id: string) => void;
  onDecide: (link: ThreadLink, verdict: Verdict) => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const mayWrite = useMay()('record.write');
  const isOpen = link.basis === 'suggested' && link.state === 'open' && link.finding !== null;
  const isClosed = link.basis === 'suggested' && !isOpen && link.finding !== null;
  const name = nameAndDate(target, words);
  const how = t(`vocabulary.linkKind.${link.link}`);
  return (
    <li
      data-basis={link.basis}
      data-state={link.state ?? undefined}
      data-suggestion={isOpen ? link.finding : undefined}
    >
      <span className={style.how}>{how}</span>{' '}
      <a
        href={`#statement-${link.to}`}
        onClick={(event) => {
          event.preventDefault();
          onGo(link.to);
        }}
      >
        <span aria-hidden="true">{isAbove ? '↑' : '↓'} </span>
        {number !== undefined && <span className={style.at}>{number}</span>} <bdi>{name}</bdi>
      </a>
      {isOpen && (
        <span className={style.verdict}>
          <span className={style.suggested}>{t('desk.said.suggested')}</span>
          {mayWrite && (
            <>
              <Button
                small
                aria-label={t('desk.said.uphold-one', { how, name })}
                onPress={() => onDecide(link, 'upheld')}
              >
                {t('desk.said.uphold')}
              </Button>
              <Button
                small
                kind="quiet"
                aria-label={t('desk.said.dismiss-one', { how, name })}
                onPress={() => onDecide(link, 'dismissed')}
              >
                {t('desk.said.dismiss')}
              </Button>
            </>
          )}
        </span>
      )}
      {isClosed && (
        <span className={style.verdict}>
          <span className={style.suggested}>{t(`words.disagreement-state.${link.state ?? 'open'}`)}</span>
          {mayWrite && (
            <Button small kind="quiet" onPress={() => onDecide(link, 'open')}>
              {t('desk.said.reopen')}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
