// What can be made of selected words, beside them: a statement, a figure, an incident.
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import type { Stretch } from '../../ui/text-steps.ts';
import { KINDS } from './queue.ts';
import style from './source-text.module.css';
import { selectedStretch } from './text-points.ts';
import type { Reader } from './use-reader.ts';

interface Selected extends Stretch {
  x: number;
  y: number;
}

/** A selection that still grows is left alone for so long. */
const CALM_MS = 180;

/** The toolbar; nothing where nothing is selected. */
export function SelectionToolbar({
  pane,
  reader,
}: {
  pane: RefObject<HTMLElement | null>;
  reader: Reader;
}): ReactNode {
  const { t } = useMessages();
  const [selected, setSelected] = useState<Selected | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isDown = false;
    const look = () => {
      const element = pane.current;
      const stretch = element && selectedStretch(element);
      if (!element || !stretch) {
        setSelected(null);
        return;
      }
      const boxes = document.getSelection()!.getRangeAt(0).getClientRects();
      const last = boxes[boxes.length - 1];
      const corner = element.getBoundingClientRect();
      if (last)
        setSelected({ ...stretch, x: last.left + last.width / 2 - corner.left, y: last.bottom - corner.top });
    };
    const soon = () => {
      clearTimeout(timer);
      if (!isDown) timer = setTimeout(look, CALM_MS);
    };
    const down = (event: PointerEvent) => {
      isDown = event.pointerType === 'mouse';
    };
    const up = () => {
      isDown = false;
      soon();
    };
    document.addEventListener('selectionchange', soon);
    document.addEventListener('pointerdown', down);
    document.addEventListener('pointerup', up);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', soon);
      document.removeEventListener('pointerdown', down);
      document.removeEventListener('pointerup', up);
    };
  }, [pane]);

  if (!selected) return null;
  return (
    // A press on the toolbar must not take the selection away before it is used.
    <div
      role="toolbar"
      aria-label={t('desk.reader.make')}
      className={style.toolbar}
      style={{ left: `clamp(min(50%, 11.5rem), ${selected.x}px, 100% - min(50%, 11.5rem))`, top: selected.y }}
      onPointerDown={(event) => event.preventDefault()}
    >
      {KINDS.map((kind, at) => (
        <Button
          key={kind}
          small
          kind="quiet"
          shortcut={String(at + 1)}
          onPress={() => reader.make(kind, selected)}
        >
          <KindMark kind={kind} label />
        </Button>
      ))}
      {reader.isLost && (
        <Button small kind="quiet" onPress={() => reader.repin(selected)}>
          {t('desk.reader.repin')}
        </Button>
      )}
    </div>
  );
}
