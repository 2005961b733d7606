// What a person set for this browser: theme, language, keys. Nothing of a dossier is ever kept here.
import { useSyncExternalStore } from 'react';

/** The settings and their choices; the first is what holds until somebody chooses. */
export const PREFERENCES = {
  theme: ['system', 'light', 'dark'],
  locale: ['browser', 'en', 'fr'],
  shortcuts: ['on', 'off'],
} as const;

/** The name of a setting. */
export type Preference = keyof typeof PREFERENCES;
/** One of its choices. */
export type Choice<P extends Preference> = (typeof PREFERENCES)[P][number];

const listeners = new Set<() => void>();
/** Where the browser refuses storage (private windows may), a choice lasts as long as the page. */
const unsaved = new Map<string, string>();

/** A setting as it stands. */
function readPreference<P extends Preference>(name: P): Choice<P> {
  const choices: readonly string[] = PREFERENCES[name];
  let kept: string | null = unsaved.get(name) ?? null;
  try {
    kept ??= localStorage.getItem(`constat-${name}`);
  } catch {
    kept ??= null;
  }
  return (kept !== null && choices.includes(kept) ? kept : choices[0]) as Choice<P>;
}

/** Sets a setting, at once and everywhere. */
export function setPreference<P extends Preference>(name: P, choice: Choice<P>): void {
  unsaved.set(name, choice);
  try {
    localStorage.setItem(`constat-${name}`, choice);
  } catch {
    // Kept in `unsaved` all the same.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const fromAnotherTab = (event: StorageEvent) => {
    if (event.key?.startsWith('constat-')) {
      unsaved.clear();
      applyTheme();
    }
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', fromAnotherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', fromAnotherTab);
  };
}

/** A setting, followed while it changes. */
export function usePreference<P extends Preference>(name: P): Choice<P> {
  return useSyncExternalStore(subscribe, () => readPreference(name));
}

/** Gives the page the chosen theme; "system" leaves it to the machine. */
export function applyTheme(): void {
  const theme = readPreference('theme');
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
