// The picture of a thread on the desk: drawn by the server, walked through by arrows, one stop for the Tab key.

import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import { parsedDrawing } from '../../ui/trusted-types.ts';
import style from './said.module.css';
import type { ThreadAnswer } from './thread-data.ts';
import { markAfter } from './thread-walk.ts';

const marksIn = (holder: Element | null) => [
  ...(holder?.querySelectorAll<SVGAElement>('[data-statement]') ?? []),
];

/** The picture. `chosen` is the statement in the inspector; `onChoose` shows another there. */
export function ThreadPicture({
  thread,
  picture,
  chosen,
  onChoose,
}: {
  thread: ThreadAnswer['thread'];
  picture: string;
  chosen: string | null;
  onChoose: (id: string) => void;
}): ReactNode {
  const { t } = useMessages();
  const holder = useRef<HTMLDivElement>(null);
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  });
  useLayoutEffect(() => {
    const parsed = parsedDrawing(picture).documentElement;
    // The focus stays where it was when the picture is drawn anew.
    const focused = document.activeElement?.getAttribute('data-statement');
    const wasInside = holder.current?.contains(document.activeElement);
    holder.current?.replaceChildren(document.adoptNode(parsed));
    if (wasInside)
      marksIn(holder.current)
        .find((mark) => mark.dataset.statement === focused)
        ?.focus();
  }, [picture]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture has new marks.
  useLayoutEffect(() => {
    const all = marksIn(holder.current);
    const stop = all.find((mark) => mark.dataset.statement === chosen) ?? all[0];
    for (const mark of all) {
      mark.setAttribute('tabindex', mark === stop ? '0' : '-1');
      if (mark.dataset.statement === chosen) mark.setAttribute('aria-current', 'true');
      else mark.removeAttribute('aria-current');
    }
  }, [picture, chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = marksIn(holder.current);
    const focused = all.indexOf(document.activeElement as SVGAElement);
    if (focused < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const ids = thread.statements.map(({ id }) => id);
    // From top to bottom, as they are drawn.
    const height = (mark: SVGAElement) => mark.getBoundingClientRect().top;
    const lanes = [
      ...new Set([...all].sort((a, b) => height(a) - height(b)).map((mark) => mark.dataset.statement!)),
    ]
      .flatMap((id) => thread.statements.find((one) => one.id === id)?.speaker ?? [])
      .filter((lane, index, list) => list.indexOf(lane) === index);
    const next = markAfter(
      event.key,
      ids.indexOf(all[focused]!.dataset.statement!),
      thread.statements,
      lanes,
    );
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    const mark = all.find((one) => one.dataset.statement === ids[next]);
    for (const one of all) one.setAttribute('tabindex', one === mark ? '0' : '-1');
    mark?.focus();
  };
  return (
    <figure className={style.picture}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the marks inside are links; this only leads the arrows between them. */}
      <div
        ref={holder}
        className={style.drawn}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const mark = (event.target as Element).closest<SVGAElement>('[data-statement]');
          if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          choose.current(mark.dataset.statement!);
        }}
      />
      <figcaption className={style.hint}>{t('desk.said.picture-hint')}</figcaption>
    </figure>
  );
}
