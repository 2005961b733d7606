// Keys of the desk: single keys while nobody types, a sheet that lists what is active, and a switch to turn them off.
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
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
  /** What is bound now; a new array after every change a person could see. */
  layers: () => readonly Layer[];
  subscribe: (listener: () => void) => () => void;
  set: (id: string, bindings: Shortcuts, beneath: boolean) => void;
  remove: (id: string) => void;
  open: () => void;
}

const RegistryContext = createContext<Registry | null>(null);

const sameKeys = (a: Shortcuts, b: Shortcuts) => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key]!.label === b[key]?.label);
};

/** The bindings of all screens that are shown, newest last. */
function makeRegistry(open: () => void): Registry {
  const listeners = new Set<() => void>();
  let layers: readonly Layer[] = [];
  const change = (next: readonly Layer[]) => {
    layers = next;
    for (const listener of listeners) listener();
  };
  return {
    layers: () => layers,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (id, bindings, beneath) => {
      const known = layers.find((layer) => layer.id === id);
      if (!known) change(beneath ? [{ id, bindings }, ...layers] : [...layers, { id, bindings }]);
      else if (sameKeys(known.bindings, bindings)) known.bindings = bindings;
      else change(layers.map((layer) => (layer.id === id ? { id, bindings } : layer)));
    },
    remove: (id) => change(layers.filter((layer) => layer.id !== id)),
    open,
  };
}

/** Listens for keys. The newest screen's binding of a key is the one that holds. */
export function ShortcutsProvider({ children }: { children: ReactNode }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const enabled = usePreference('shortcuts') === 'on';
  const [registry] = useState(() => makeRegistry(() => setOpen(true)));
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
      const found = registry.layers().findLast((layer) => Object.hasOwn(layer.bindings, name));
      if (!found) return;
      event.preventDefault();
      found.bindings[name]!.run(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled, registry]);
  return (
    <RegistryContext value={registry}>
      {children}
      {isOpen && <Sheet registry={registry} enabled={enabled} close={() => setOpen(false)} />}
    </RegistryContext>
  );
}

/**
 * Binds keys while the calling component is on the screen. A key that does nothing now is left out of the object.
 * `beneath`: for what stands around screens; a screen's own binding of the key goes before it.
 */
export function useShortcuts(bindings: Shortcuts, { beneath = false }: { beneath?: boolean } = {}): void {
  const registry = use(RegistryContext);
  const id = useId();
  // Every render: the functions close over what the screen shows now.
  useEffect(() => registry?.set(id, bindings, beneath));
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
  registry,
  enabled,
  close,
}: {
  registry: Registry;
  enabled: boolean;
  close: () => void;
}): ReactNode {
  const { t } = useMessages();
  const layers = useSyncExternalStore(registry.subscribe, registry.layers);
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
