// Back to the list a record was opened from, and on to its neighbours there, across the pages of the list.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { RecordQuery } from '../../record/record-query.ts';
import type { RecordKind } from '../../record/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { PLURAL } from '../../ui/record-words.ts';
import { readSearch } from '../../ui/search-state.ts';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { searchAt, type Trail, trailAfter, trailBefore } from '../records/trail.ts';
import style from './record.module.css';
import { ROUTES, recordHref } from './record-data.ts';

/** `onGo` is called with the address of a neighbour and the trail that it stands in. */
export function TrailNav({
  noun,
  id,
  trail,
  onGo,
}: {
  noun: RecordKind;
  id: string;
  trail: Trail | null;
  onGo: (href: string, trail: Trail) => void;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const at = trail?.ids.indexOf(id) ?? -1;
  const isLast = trail !== null && at === trail.ids.length - 1 && trail.next !== null;
  const isFirst = trail !== null && at === 0 && (trail.before?.length ?? 0) > 0;
  const pageAt = (cursor: string, enabled: boolean) => ({
    input: {
      params: { dossier: slug },
      query: readSearch(RecordQuery, searchAt(trail?.search ?? '', cursor)),
    },
    enabled,
  });
  const after = pageAt(trail?.next ?? '', isLast);
  const before = pageAt(trail?.before?.at(-1) ?? '', isFirst);
  const pageAfter = useCall(ROUTES[noun].list, after.input, { enabled: after.enabled });
  const pageBefore = useCall(ROUTES[noun].list, before.input, { enabled: before.enabled });

  const next = ((): { id: string; trail: Trail } | null => {
    if (trail === null || at === -1) return null;
    if (at < trail.ids.length - 1) return { id: trail.ids[at + 1]!, trail };
    const ids = isLast ? pageAfter.data?.records.map((record) => record.id) : undefined;
    return ids?.[0] ? { id: ids[0], trail: trailAfter(trail, ids, pageAfter.data!.next) } : null;
  })();
  const previous = ((): { id: string; trail: Trail } | null => {
    if (trail === null || at === -1) return null;
    if (at > 0) return { id: trail.ids[at - 1]!, trail };
    const ids = isFirst ? pageBefore.data?.records.map((record) => record.id) : undefined;
    return ids?.length ? { id: ids.at(-1)!, trail: trailBefore(trail, ids) } : null;
  })();
  const go = (to: { id: string; trail: Trail }) => onGo(recordHref(slug, noun, to.id), to.trail);
  useShortcuts({
    ...(next && { j: { label: t('desk.record.next'), run: () => go(next) } }),
    ...(previous && { k: { label: t('desk.record.previous'), run: () => go(previous) } }),
  });
  const search = trail?.search ?? '';
  const back = `/d/${slug}/${PLURAL[noun]}${search.replace(/^\??/, search === '' ? '' : '?')}`;
  return (
    <nav className={style.trail} aria-label={t('desk.record.trail')}>
      <Link href={back} {...(trail?.before && { state: { before: trail.before } })}>
        ← {t(`desk.room.${PLURAL[noun]}`)}
      </Link>
      {(previous || next) && (
        <span className={style.neighbours}>
          <Button
            kind="quiet"
            small
            isDisabled={!previous}
            shortcut="k"
            onPress={() => previous && go(previous)}
          >
            {t('desk.record.previous')}
          </Button>
          <Button kind="quiet" small isDisabled={!next} shortcut="j" onPress={() => next && go(next)}>
            {t('desk.record.next')}
          </Button>
        </span>
      )}
    </nav>
  );
}
