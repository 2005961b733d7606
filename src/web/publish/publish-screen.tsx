// Publishing: first what would leave and what stays and why, then the button; below, what was published before.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { RecordKind } from '../../record/vocabulary.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { dropDraft, keepDraft, readDraft } from '../../ui/draft.ts';
import { TextArea } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { placeOf } from '../undo.tsx';
import style from './publish.module.css';

type Preview = AnswerOf<'GET /dossiers/:dossier/publications/preview'>;
type Item = Preview['added'][number];
type Publication = AnswerOf<'POST /dossiers/:dossier/publications'>;

/** The screen. */
export function PublishScreen(): ReactNode {
  const { t, formatNumber } = useMessages();
  const dossier = useDossier();
  const params = { dossier: dossier.slug };
  const preview = useCall('GET /dossiers/:dossier/publications/preview', { params });
  const data = preview.data;
  const changes = data ? data.added.length + data.changed.length + data.withdrawn.length : 0;
  return (
    <Room title={t('desk.room.publish')}>
      <div className={style.page}>
        <p className={style.lead}>{t('desk.publish.lead')}</p>
        {preview.error && <ErrorState problem={preview.error} retry={() => void preview.refetch()} />}
        {!data && !preview.error && <Loading />}
        {data?.refusal === 'dossier.nothing-to-publish' && (
          <EmptyState
            title={t('desk.publish.nothing')}
            action={
              <LinkButton href={`/d/${dossier.slug}/sources`} kind="primary">
                {t('desk.publish.to-sources')}
              </LinkButton>
            }
          >
            <p>{t('desk.publish.nothing-text')}</p>
          </EmptyState>
        )}
        {data && data.withoutConsent.length > 0 && (
          <Notice tone="warning">
            <p>
              <strong>{t('desk.publish.without-consent', { count: data.withoutConsent.length })}</strong>
            </p>
            <p>{t('desk.publish.without-consent-text')}</p>
            <Items title={t('desk.publish.without-consent-which')} items={data.withoutConsent} />
          </Notice>
        )}
        {data && data.refusal !== 'dossier.nothing-to-publish' && (
          <section aria-labelledby="leaves">
            <h2 id="leaves" className={style.heading}>
              {data.refusal === null
                ? t('desk.publish.preview', { number: formatNumber(data.number) })
                : t('desk.publish.up-to-date')}
            </h2>
            {changes === 0 && (
              <Notice>
                {t(data.refusal === null ? 'desk.publish.retitled' : 'desk.publish.no-change', {
                  count: data.unchanged,
                })}
              </Notice>
            )}
            <Items title={t('desk.publish.added', { count: data.added.length })} items={data.added} />
            <Items title={t('desk.publish.changed', { count: data.changed.length })} items={data.changed} />
            <Items
              title={t('desk.publish.withdrawn', { count: data.withdrawn.length })}
              items={data.withdrawn}
            />
            {changes > 0 && data.unchanged > 0 && (
              <p className={style.unchanged}>{t('desk.publish.unchanged', { count: data.unchanged })}</p>
            )}
          </section>
        )}
        {data && data.refusal === null && <LeavingOriginals />}
        {data && <HeldBack items={data.heldBack} />}
        {data && <PublishForm refusal={data.refusal} />}
        <Publications />
      </div>
    </Room>
  );
}

const SHOWN = 8;

function Items({ title, items }: { title: string; items: readonly Item[] }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <>
      <h3 className={style.group}>{title}</h3>
      <ul className={style.items}>
        {shown.map((item) => (
          <li key={item.id}>
            <ItemLine slug={slug} item={item} />
          </li>
        ))}
      </ul>
      {items.length > SHOWN && (
        <Button small kind="quiet" onPress={() => setAll(!all)}>
          {all ? t('desk.log.less') : t('desk.publish.all', { count: items.length })}
        </Button>
      )}
    </>
  );
}

const isRecordKind = (kind: Item['kind']): kind is RecordKind =>
  kind === 'statement' || kind === 'figure' || kind === 'incident';

function ItemLine({ slug, item }: { slug: string; item: Item }): ReactNode {
  const { t, has } = useMessages();
  const href = placeOf(slug, item.kind, item.id);
  // A disagreement is known by its kind, which each language has its own words for.
  const finding = `words.disagreement-kind.${item.title}`;
  const title = has(finding) ? t(finding) : item.title || t('desk.publish.sealed');
  return (
    <span className={style.item}>
      {isRecordKind(item.kind) ? (
        <KindMark kind={item.kind} />
      ) : (
        <span className={style.source}>{t(`desk.publish.${item.kind}`)}</span>
      )}
      {href ? (
        <Link href={href} dir="auto">
          {title}
        </Link>
      ) : (
        <span dir="auto">{title}</span>
      )}
    </span>
  );
}

/** Which originals would leave, and what each says of its makers: readers get that with the file. */
function LeavingOriginals(): ReactNode {
  const { t, formatBytes } = useMessages();
  const { slug } = useDossier();
  const { data } = useCall('GET /dossiers/:dossier/publications/originals', { params: { dossier: slug } });
  if (!data || data.originals.length === 0) return null;
  return (
    <section aria-labelledby="originals">
      <h2 id="originals" className={style.heading}>
        {t('desk.publish.originals', { count: data.originals.length + data.more })}
      </h2>
      <p className={style.reason}>{t('desk.publish.originals-text')}</p>
      <ul className={style.items}>
        {data.originals.map(({ id, title, mediaType, bytes, facts }) => (
          <li key={id}>
            <Link href={`/d/${slug}/sources/${id}`} dir="auto">
              {title}
            </Link>{' '}
            <span className={style.reason}>
              {mediaType}, {formatBytes(bytes)}
            </span>
            {facts === null ? (
              <p className={style.reason}>{t('desk.publish.facts-unknown')}</p>
            ) : facts.length === 0 ? (
              <p className={style.reason}>{t('desk.publish.facts-none')}</p>
            ) : (
              <dl className={style.facts}>
                {facts.map(([name, words], at) => (
                  // Names may come twice; their order is the file's.
                  // biome-ignore lint/suspicious/noArrayIndexKey: nothing is moved in this list.
                  <div key={at}>
                    <dt>{name}</dt>
                    <dd dir="auto">{words}</dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
      {data.more > 0 && (
        <p className={style.reason}>{t('desk.publish.originals-more', { count: data.more })}</p>
      )}
    </section>
  );
}

function HeldBack({ items }: { items: Preview['heldBack'] }): ReactNode {
  const { t, has } = useMessages();
  const { slug } = useDossier();
  if (items.length === 0) return null;
  const reason = (code: string) => {
    const key = `desk.publish.reason.${code}`;
    return has(key) ? t(key) : code;
  };
  return (
    <section aria-labelledby="stays">
      <h2 id="stays" className={style.heading}>
        {t('desk.publish.held-back', { count: items.length })}
      </h2>
      <ul className={style.items}>
        {items.map((item) => (
          <li key={item.id}>
            <ItemLine slug={slug} item={item} />
            <p className={style.reason}>{reason(item.reason)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Stays after publishing to say that it is done, and where to look. */
function PublishForm({ refusal }: { refusal: Preview['refusal'] }): ReactNode {
  const { t } = useMessages();
  const dossier = useDossier();
  const key = `publish:${dossier.slug}`;
  const [note, setNote] = useState(() => String(readDraft(key)?.content.note ?? ''));
  useEffect(() => keepDraft(key, { base: { note: '' }, content: { note } }), [key, note]);
  const publish = useMutation<Publication, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/publications', {
        params: { dossier: dossier.slug },
        body: { note: note.trim() || null },
      }),
    onSuccess: async () => {
      dropDraft(key);
      setNote('');
      await changed();
    },
  });
  const made = publish.data;
  if (!made && refusal !== null) return null;
  return (
    <section className={style.form} aria-label={t('desk.publish.button')}>
      {made ? (
        <Notice tone="good">
          <p>{t('desk.publish.done', { number: made.number })}</p>
          <p>
            <a href={`/p/${dossier.slug}`}>{t('desk.publish.open')}</a>
          </p>
        </Notice>
      ) : (
        <>
          <TextArea
            label={t('desk.publish.note')}
            description={t('desk.publish.note-hint')}
            value={note}
            onChange={setNote}
            maxLength={2000}
            rows={2}
          />
          <p className={style.by}>
            {dossier.publishedBy
              ? t('desk.publish.by', { name: dossier.publishedBy })
              : t('desk.publish.by-nobody')}{' '}
            <Link href={`/d/${dossier.slug}/settings`}>{t('desk.publish.by-change')}</Link>
          </p>
          {publish.error && <ErrorState problem={publish.error} />}
          <Button kind="primary" isPending={publish.isPending} onPress={() => publish.mutate()}>
            {t('desk.publish.button')}
          </Button>
        </>
      )}
    </section>
  );
}

function Publications(): ReactNode {
  const { t, formatInstant } = useMessages();
  const dossier = useDossier();
  const { data, error, refetch } = useCall('GET /dossiers/:dossier/publications', {
    params: { dossier: dossier.slug },
  });
  if (error) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!data || data.publications.length === 0) return null;
  return (
    <section aria-labelledby="published">
      <h2 id="published" className={style.heading}>
        {t('desk.publish.publications')}
      </h2>
      <ol className={style.publications}>
        {data.publications.map((one) => (
          <li key={one.number}>
            <p>
              <a href={`/p/${dossier.slug}/${one.number}`}>
                {t('desk.publish.number', { number: one.number })}
              </a>{' '}
              <time dateTime={one.at} className={style.reason}>
                {formatInstant(one.at)}
              </time>
            </p>
            <p className={style.reason}>
              {t('desk.publish.holds', { records: one.records, sources: one.sources })}
            </p>
            {one.note && <p className={style.words}>{one.note}</p>}
          </li>
        ))}
      </ol>
      <div className={style.take}>
        <LinkButton href={`/p/${dossier.slug}`} outside>
          {t('desk.publish.open')}
        </LinkButton>
        <LinkButton href={`/p/${dossier.slug}/bundle.zip`} download>
          {t('desk.publish.bundle')}
        </LinkButton>
      </div>
      <p className={style.reason}>
        {t('desk.publish.verify')} <code>constat verify {dossier.slug}.zip</code>{' '}
        <a href="/verify">{t('desk.publish.verify-page')}</a>
      </p>
    </section>
  );
}
