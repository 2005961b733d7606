// Short notes about what was just done, with a way back. They leave by themselves, but not while somebody reads them.
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { Button, IconButton } from './button.tsx';
import { classes } from './classes.ts';
import { useMessages } from './messages.tsx';
import style from './toast.module.css';

/** What a note offers beside its words. */
export interface ToastOptions {
  action?: { label: string; run: () => void };
  link?: { label: string; href: string };
  /** A problem stays until it is closed. */
  tone?: 'plain' | 'problem';
}

interface Toast extends ToastOptions {
  id: number;
  text: string;
}

const ToastsContext = createContext<{ show: (text: string, options?: ToastOptions) => void } | null>(null);

const SHOWN_FOR = 9_000;
const MOST = 3;

/** Holds the notes and draws them at the foot of the screen. */
export function ToastsProvider({ children }: { children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const show = useCallback((text: string, options: ToastOptions = {}) => {
    const toast = { ...options, id: next.current++, text };
    // "Undo" always takes back the newest thing done, so only the newest note may offer it.
    const outdated = (one: Toast) => one.action !== undefined && toast.action !== undefined;
    setToasts((current) => [...current.filter((one) => !outdated(one)).slice(-MOST + 1), toast]);
  }, []);
  const close = useCallback(
    (id: number) => setToasts((current) => current.filter((one) => one.id !== id)),
    [],
  );
  const value = useMemo(() => ({ show }), [show]);
  return (
    <ToastsContext value={value}>
      {children}
      <div className={classes(style.region, 'no-print')} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <Note key={toast.id} toast={toast} close={close} />
        ))}
      </div>
    </ToastsContext>
  );
}

function Note({ toast, close }: { toast: Toast; close: (id: number) => void }): ReactNode {
  const { t } = useMessages();
  const [held, setHeld] = useState(false);
  const { id, text, action, link, tone } = toast;
  useEffect(() => {
    if (held || tone === 'problem') return;
    const timer = setTimeout(() => close(id), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [held, tone, id, close]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody reads; nothing is operated by it.
    <div
      className={classes(style.toast, tone === 'problem' && style.problem)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{text}</p>
      {link && <Link href={link.href}>{link.label}</Link>}
      {action && (
        <Button
          small
          onPress={() => {
            close(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t('desk.toast.close')} onPress={() => close(id)}>
        ×
      </IconButton>
    </div>
  );
}

/** Shows notes: `show('Accepted', { action: { label: 'Undo', run } })`. They are also announced to those who hear. */
export function useToasts(): { show: (text: string, options?: ToastOptions) => void } {
  const toasts = use(ToastsContext);
  if (!toasts) throw new Error('useToasts needs a ToastsProvider around it');
  return toasts;
}
