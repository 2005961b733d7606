// A chart as the server drew it, put into the page: read by arrow keys from mark to mark, each mark said in words.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useMessages } from '../../ui/messages.tsx';
import './chart.css';
import { chartElement } from './chart-element.ts';
import style from './how-many.module.css';
import { type ChartStep, type MarkPlace, markAfter } from './mark-order.ts';

const STEPS: Record<string, ChartStep> = {
  ArrowRight: 'later',
  ArrowLeft: 'earlier',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** The chart. `onOpen` is given a figure's id; a stretch of many figures leads to its own address. */
export function ChartView({
  svg,
  slug,
  onOpen,
}: {
  svg: string;
  slug: string;
  onOpen: (figure: string) => void;
}): ReactNode {
  const { t } = useMessages();
  const [, navigate] = useLocation();
  const frame = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const drawn = chartElement(svg, `/d/${slug}/`);
    const held = document.activeElement?.getAttribute('data-mark') ?? null;
    frame.current?.replaceChildren(...(drawn ? [drawn] : []));
    // One mark is reached by Tab; the others from it by arrows.
    const all = marksIn(frame.current);
    for (const [index, mark] of all.entries()) mark.setAttribute('tabindex', index === 0 ? '0' : '-1');
    if (held !== null) all.find((mark) => mark.dataset.mark === held)?.focus();
  }, [svg, slug]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const mark = (event.target as Element).closest<SVGElement>('[data-mark]');
    if (!step || !mark || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const all = marksIn(frame.current);
    const places = all.map((one): MarkPlace => {
      const box = one.querySelector<SVGGraphicsElement>('.ring')!.getBBox();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2, series: Number(one.dataset.series) };
    });
    const next = all[markAfter(places, all.indexOf(mark), step)];
    if (!next) return;
    mark.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  };
  const open = (event: {
    target: EventTarget;
    preventDefault: () => void;
    ctrlKey?: boolean;
    metaKey?: boolean;
  }) => {
    const mark = (event.target as Element).closest<SVGElement>('[data-mark]');
    if (!mark || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const href = mark.getAttribute('href') ?? '';
    const figure = /\/figures\/([0-9a-f-]+)$/.exec(href);
    if (figure) onOpen(figure[1]!);
    else navigate(href);
  };
  const say = (event: { target: EventTarget }) => {
    const mark = (event.target as Element).closest('[data-mark]');
    // Between marks, what was said last stays to be read.
    if (mark) setSaid(mark.getAttribute('aria-label') ?? '');
  };
  return (
    <figure className={style.chart}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the marks inside are links; this hears their keys. */}
      <div ref={frame} onKeyDown={onKeyDown} onClick={open} onFocus={say} onMouseOver={say} />
      <figcaption>
        <p className={style.said} aria-live="polite" dir="auto">
          {said}
        </p>
        <p className={style.keys}>{t('desk.how-many.keys')}</p>
      </figcaption>
    </figure>
  );
}

function marksIn(frame: Element | null): SVGElement[] {
  return [...(frame?.querySelectorAll<SVGElement>('[data-mark]') ?? [])];
}
