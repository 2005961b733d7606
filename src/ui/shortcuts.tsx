// Keys of the desk: single keys while nobody types, a sheet that lists what is active, and a switch to turn them off.
import { createContext, type ReactNode, use, useEffect, useId, useMemo, useRef, useState } from 'react';
import { IconButton, Key } from './button.tsx';
import { useMessages } from './messages.tsx';
import { usePreference } from './preferences.ts';
import style from './shortcuts.module.css';

/** What a key does. */
export interface Shortcut {
  label: string;
  run: (event: KeyboardEvent) => void;
}

/** Keys by name: 'j', '?', 'Escape', 'Shift+u', 'Shift+ArrowLeft'. */
export type Shortcuts = Record<string, Shortcut>;

/** The name of the key that was pressed, as shortcuts call it: letters small, Shift named where it changed nothing else. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  const { key, shiftKey } = event;
  if (key.length > 1 || key === ' ') return shiftKey ? `Shift+${key}` : key;
  const small = key.toLowerCase();
  // "?" is what is typed, however many fingers it takes on this keyboard; "U" is Shift and u.
  const isLetter = small !== key.toUpperCase();
  return isLetter && shiftKey ? `Shift+${small}` : small;
}

const TYPED_IN =
  'textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"], ' +
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"], [type="file"])';
const PRESSED = 'button, a[href], summary, input, [role="button"]';

/** Whether a key belongs to what has the focus rather than to the screen. */
export function belongsToFocus(event: Pick<KeyboardEvent, 'key' | 'target'>): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPED_IN)) return true;
  return (event.key === 'Enter' || event.key === ' ') && target.closest(PRESSED) !== null;
}

interface Layer {
  id: string;
  bindings: Shortcuts;
}

interface Registry {
  set: (id: string, bindings: Shortcuts) => void;
  remove: (id: string) => void;
  open: () => void;
}

const RegistryContext = createContext<Registry | null>(null);

/** Listens for keys. The newest screen's binding of a key is the one that holds. */
export function ShortcutsProvider({ children }: { children: ReactNode }): ReactNode {
  const layers = useRef<Layer[]>([]);
  const [isOpen, setOpen] = useState(false);
  const enabled = usePreference('shortcuts') === 'on';
  const registry = useMemo<Registry>(
    () => ({
      set: (id, bindings) => {
        const known = layers.current.find((layer) => layer.id === id);
        if (known) known.bindings = bindings;
        else layers.current.push({ id, bindings });
      },
      remove: (id) => {
        layers.current = layers.current.filter((layer) => layer.id !== id);
      },
      open: () => setOpen(true),
    }),
    [],
  );
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (belongsToFocus(event)) return;
      const name = keyName(event);
      if (name === '?') {
        event.preventDefault();
        setOpen((open) => !open);
        return;
      }
      const found = layers.current.findLast((layer) => Object.hasOwn(layer.bindings, name));
      if (!found) return;
      event.preventDefault();
      found.bindings[name]!.run(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
  return (
    <RegistryContext value={registry}>
      {children}
      {isOpen && <Sheet layers={layers.current} enabled={enabled} close={() => setOpen(false)} />}
    </RegistryContext>
  );
}

/** Binds keys while the calling component is on the screen. A key that does nothing now is left out of the object. */
export function useShortcuts(bindings: Shortcuts): void {
  const registry = use(RegistryContext);
  const id = useId();
  // Every render: the functions close over what the screen shows now.
  useEffect(() => registry?.set(id, bindings));
  useEffect(() => () => registry?.remove(id), [registry, id]);
}

/** Opens the sheet of keys; for a button, where there is no keyboard to press `?` on. */
export function useShortcutSheet(): () => void {
  return use(RegistryContext)?.open ?? (() => {});
}

const NAMES: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Shift: '⇧',
  ' ': '␣',
};

function Sheet({
  layers,
  enabled,
  close,
}: {
  layers: Layer[];
  enabled: boolean;
  close: () => void;
}): ReactNode {
  const { t } = useMessages();
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.querySelector('button')?.focus();
    return () => {
      if (before instanceof HTMLElement && document.contains(before)) before.focus();
    };
  }, []);
  const rows = new Map<string, string>();
  for (const { bindings } of [...layers].reverse()) {
    for (const [key, { label }] of Object.entries(bindings)) if (!rows.has(key)) rows.set(key, label);
  }
  rows.set('?', t('desk.shortcuts.this-sheet'));
  return (
    <section
      ref={sheet}
      className={style.sheet}
      aria-label={t('desk.shortcuts.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          event.preventDefault();
          close();
        }
      }}
    >
      <header>
        <h2>{t('desk.shortcuts.title')}</h2>
        <IconButton label={t('desk.shortcuts.close')} onPress={close}>
          ×
        </IconButton>
      </header>
      {!enabled && <p className={style.off}>{t('desk.shortcuts.off')}</p>}
      <dl>
        {[...rows].map(([key, label]) => (
          <div key={key}>
            <dt>
              {key.split('+').map((part) => (
                <Key key={part}>{NAMES[part] ?? part}</Key>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
