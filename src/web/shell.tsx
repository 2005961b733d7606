// What stands above every screen: where one is, who one is, the look, the language, the keys; and whether Constat answers.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button, IconButton } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { LOCALES, type Locale, useMessages } from '../ui/messages.tsx';
import { setPreference, usePreference } from '../ui/preferences.ts';
import { useShortcutSheet } from '../ui/shortcuts.tsx';
import { useProblemWords } from '../ui/state.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ConfirmPanel } from './account/confirm-panel.tsx';
import { ApiProblem, call, changed } from './api.ts';
import style from './shell.module.css';

/** The frame of the desk. `account` null: nobody is signed in. */
export function Shell({
  account,
  children,
}: {
  account: { name: string } | null;
  children: ReactNode;
}): ReactNode {
  const { t } = useMessages();
  const openSheet = useShortcutSheet();
  return (
    <>
      <a href="#work" className={style.skip}>
        {t('desk.shell.skip')}
      </a>
      <header className={classes(style.bar, 'no-print')}>
        <Link href="/" className={style.name}>
          Constat
        </Link>
        <span className={style.space} />
        <LanguageSwitch />
        <ThemeSwitch />
        {account && (
          <IconButton label={t('desk.shell.keys')} className={style.keys ?? ''} onPress={openSheet}>
            <span className={style.sign}>?</span>
          </IconButton>
        )}
        {account && <Account name={account.name} />}
      </header>
      <Offline />
      {account && <ConfirmPanel />}
      {children}
    </>
  );
}

const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français' };

function LanguageSwitch(): ReactNode {
  const { t, locale, setLocale } = useMessages();
  return (
    <select
      className={style.language}
      aria-label={t('desk.shell.language')}
      value={locale}
      onChange={(event) => setLocale(event.target.value as Locale)}
    >
      {LOCALES.map((one) => (
        <option key={one} value={one} lang={one}>
          {LANGUAGE_NAMES[one]}
        </option>
      ))}
    </select>
  );
}

function ThemeSwitch(): ReactNode {
  const { t } = useMessages();
  const theme = usePreference('theme');
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <IconButton
      label={t(dark ? 'desk.shell.light' : 'desk.shell.dark')}
      onPress={() => setPreference('theme', dark ? 'light' : 'dark')}
    >
      <span className={style.sign}>{dark ? '☀' : '☾'}</span>
    </IconButton>
  );
}

function Account({ name }: { name: string }): ReactNode {
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const signOut = useMutation<void, ApiProblem>({
    mutationFn: async () => {
      await call('DELETE /session', {});
    },
    onSuccess: () => {
      // Drafts are of what others may not see.
      sessionStorage.clear();
      queries.setQueryData(['GET /session', {}], { account: null, ownerExists: true, may: {} });
      navigate('/');
      // What the person saw must not be found by the next one.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /session' });
    },
    onError: (problem) => toasts.show(words(problem), { tone: 'problem' }),
  });
  return (
    <span className={style.account}>
      <Link href="/account" className={style.person}>
        <span className="visually-hidden">{t('desk.account.title')}: </span>
        {name}
      </Link>
      <Button kind="quiet" small isPending={signOut.isPending} onPress={() => signOut.mutate()}>
        {t('desk.shell.sign-out')}
      </Button>
    </span>
  );
}

/** Says that Constat does not answer, and goes away by itself when it does again. */
function Offline(): ReactNode {
  const { t } = useMessages();
  const queries = useQueryClient();
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    const take = (error: unknown) => {
      if (!(error instanceof ApiProblem)) return;
      if (error.code === 'network') setSilent(true);
      // The session ran out: asking for it anew leads to the sign-in page and from there back here.
      if (error.code === 'account.sign-in') void queries.invalidateQueries({ queryKey: ['GET /session'] });
    };
    const stopQueries = queries.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated') return;
      if (event.action.type === 'error' || event.action.type === 'failed') take(event.action.error);
      if (event.action.type === 'success') setSilent(false);
    });
    const stopChanges = queries.getMutationCache().subscribe((event) => {
      if (event.type !== 'updated') return;
      if (event.action.type === 'error' || event.action.type === 'failed') take(event.action.error);
      if (event.action.type === 'success') setSilent(false);
    });
    return () => {
      stopQueries();
      stopChanges();
    };
  }, [queries]);
  useEffect(() => {
    if (!silent) return;
    const timer = setInterval(async () => {
      try {
        await call('GET /session', {});
        setSilent(false);
        void changed();
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'network')) setSilent(false);
      }
    }, 3000);
    return () => clearInterval(timer);
  }, [silent]);
  return (
    <div role="status" className={classes(style.offline, 'no-print')}>
      {silent && <p>{t('desk.shell.offline')}</p>}
    </div>
  );
}
