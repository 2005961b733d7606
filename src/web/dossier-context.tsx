// The dossier one is in, and the room around every screen of it: its rooms on the left, the work, the inspector.
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { Link, useLocation } from 'wouter';
import type { RecordKind } from '../record/vocabulary.ts';
import { classes } from '../ui/classes.ts';
import { type MessageKey, useMessages } from '../ui/messages.tsx';
import { PeopleContext } from '../ui/person.tsx';
import { useShortcuts } from '../ui/shortcuts.tsx';
import { ErrorState, Loading } from '../ui/state.tsx';
import { type AnswerOf, useCall } from './api.ts';
import { type Permission, useHouseMay } from './may.ts';
import style from './room.module.css';
import { useUndo } from './undo.tsx';

type OpenDossier = AnswerOf<'GET /dossiers/:dossier'>;

const DossierContext = createContext<OpenDossier | null>(null);

/** The dossier whose screen this is, with what this person may do in it. */
export function useDossier(): OpenDossier {
  const dossier = use(DossierContext);
  if (!dossier) throw new Error('useDossier needs a DossierProvider around it');
  return dossier;
}

/** Loads a dossier by its name in addresses, and binds undo and redo on all its screens. */
export function DossierProvider({ slug, children }: { slug: string; children: ReactNode }): ReactNode {
  const { data, error, refetch } = useCall('GET /dossiers/:dossier', { params: { dossier: slug } });
  if (data) return <InDossier dossier={data}>{children}</InDossier>;
  return (
    <main className={style.alone} id="work" tabIndex={-1}>
      {error ? <ErrorState problem={error} retry={() => void refetch()} /> : <Loading />}
    </main>
  );
}

function InDossier({ dossier, children }: { dossier: OpenDossier; children: ReactNode }): ReactNode {
  const { t } = useMessages();
  const { undo, redo } = useUndo(dossier.slug);
  useShortcuts(
    dossier.may['record.write']
      ? {
          u: { label: t('desk.undo.key'), run: undo },
          'Shift+u': { label: t('desk.undo.key-redo'), run: redo },
        }
      : {},
    { beneath: true },
  );
  return (
    <DossierContext value={dossier}>
      <Team dossier={dossier}>{children}</Team>
    </DossierContext>
  );
}

/** The names of the team, for everything below that says who did what. */
function Team({ dossier, children }: { dossier: OpenDossier; children: ReactNode }): ReactNode {
  const known = use(PeopleContext);
  const { data } = useCall(
    'GET /dossiers/:dossier/people',
    { params: { dossier: dossier.slug } },
    { enabled: Boolean(dossier.may['people.read']), keepPrevious: true },
  );
  const people = useMemo(
    () => ({
      ...Object.fromEntries((data?.people ?? []).map(({ account, name }) => [account, name])),
      ...known,
    }),
    [data, known],
  );
  return <PeopleContext value={people}>{children}</PeopleContext>;
}

/**
 * Whether this person may do something in this dossier, or in the house. The server decides; a screen leaves out what it
 * would refuse.
 */
export function useMay(): (permission: Permission) => boolean {
  const { may } = useDossier();
  const house = useHouseMay();
  return useCallback((permission) => permission in may || house(permission), [may, house]);
}

const ROOMS = [
  { path: '', key: 'desk.room.overview', needs: 'record.read' },
  { path: '/sources', key: 'desk.room.sources', needs: 'source.read' },
  { path: '/statements', key: 'desk.room.statements', needs: 'record.read', facet: 'statement' },
  { path: '/figures', key: 'desk.room.figures', needs: 'record.read', facet: 'figure' },
  { path: '/incidents', key: 'desk.room.incidents', needs: 'record.read', facet: 'incident' },
  { path: '/who-said-what', key: 'desk.room.who-said-what', needs: 'record.read' },
  { path: '/how-many', key: 'desk.room.how-many', needs: 'record.read' },
  { path: '/disagreements', key: 'desk.room.disagreements', needs: 'record.read' },
  { path: '/right-of-reply', key: 'desk.room.right-of-reply', needs: 'record.read' },
  { path: '/commitments', key: 'desk.room.commitments', needs: 'record.read' },
  { path: '/actors', key: 'desk.room.actors', needs: 'record.read' },
  { path: '/witnesses', key: 'desk.room.witnesses', needs: 'witness.read' },
  { path: '/people', key: 'desk.room.people', needs: 'people.read' },
  { path: '/publish', key: 'desk.room.publish', needs: 'dossier.publish' },
  { path: '/log', key: 'desk.room.log', needs: 'log.read' },
  { path: '/settings', key: 'desk.room.settings', needs: 'dossier.read' },
] as const satisfies readonly { path: string; key: MessageKey; needs: Permission; facet?: string }[];

/** How many records of each kind and status a dossier has; undefined while not known. */
export function useCounts(
  slug: string,
): Record<'statement' | 'figure' | 'incident', Record<string, number> | undefined> {
  const { data } = useCall(
    'GET /dossiers/:dossier/counts',
    { params: { dossier: slug } },
    { enabled: useMay()('record.read'), keepPrevious: true },
  );
  const of = (kind: RecordKind) =>
    data &&
    Object.fromEntries(data.counts.flatMap((one) => (one.kind === kind ? [[one.status, one.count]] : [])));
  return { statement: of('statement'), figure: of('figure'), incident: of('incident') };
}

/** How many disagreements of a dossier are open; undefined while not known. */
export function useOpenDisagreements(slug: string): number | undefined {
  const { data } = useCall(
    'GET /dossiers/:dossier/disagreements',
    { params: { dossier: slug }, query: { limit: 1 } },
    { enabled: useMay()('record.read'), keepPrevious: true },
  );
  return data && (data.counts.state.open ?? 0);
}

/** Sets the title of the page in the browser. */
export function useTitle(...parts: string[]): void {
  const title = [...parts, 'Constat'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

let hasArrived = false;
let isGoingBack = false;
window.addEventListener('popstate', () => {
  isGoingBack = true;
});

/**
 * Does what a browser does with a new page: begins at the top, and with the focus on what is new. Going back leaves the
 * place to the browser; where the screen has put the focus itself, it stays.
 */
function useArrival(): RefObject<HTMLElement | null> {
  const work = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (hasArrived && !isGoingBack) window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    if (hasArrived && !work.current?.contains(document.activeElement))
      work.current?.focus({ preventScroll: true });
    hasArrived = true;
    isGoingBack = false;
  }, []);
  return work;
}

/**
 * The layout of a dossier's screen. `actions` stand beside the title; `inspector` is what is looked at closely, on the
 * right, or below the work where there is no room. `fill`: the work takes the height of the window and scrolls inside.
 */
export function Room({
  title,
  actions,
  inspector,
  fill,
  children,
}: {
  title: string;
  actions?: ReactNode;
  inspector?: ReactNode;
  fill?: boolean;
  children: ReactNode;
}): ReactNode {
  const { t } = useMessages();
  const dossier = useDossier();
  const [location] = useLocation();
  const counts = useCounts(dossier.slug);
  const open = useOpenDisagreements(dossier.slug);
  const may = useMay();
  const base = `/d/${dossier.slug}`;
  useTitle(title, dossier.title);
  const work = useArrival();
  const rooms = useRef<HTMLUListElement>(null);
  // Where the rooms stand in one row that does not fit, the one we are in is brought into sight.
  useEffect(() => {
    const row = rooms.current;
    const here = row?.querySelector('[aria-current]');
    if (row && here && location && row.scrollWidth > row.clientWidth)
      here.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [location]);
  return (
    <div className={classes(style.room, fill && style.fill)}>
      <nav className={classes(style.rooms, 'no-print')} aria-label={t('desk.room.nav')}>
        <Link href={base} className={style.dossier}>
          {dossier.title}
        </Link>
        <ul ref={rooms}>
          {ROOMS.filter(({ needs }) => may(needs)).map((room) => {
            const href = base + room.path;
            const isHere =
              room.path === '' ? location === base : location === href || location.startsWith(`${href}/`);
            const waiting = 'facet' in room ? counts[room.facet]?.suggested : undefined;
            const count = room.path === '/disagreements' ? open : waiting;
            const said =
              count === undefined
                ? ''
                : t(room.path === '/disagreements' ? 'desk.room.open-disagreements' : 'desk.room.waiting', {
                    count,
                  });
            return (
              <li key={room.key}>
                <Link href={href} aria-current={isHere ? 'page' : undefined} className={style.link}>
                  {t(room.key)}
                  {count ? (
                    <span className={style.count} title={said}>
                      <span aria-hidden="true">{count}</span>
                      <span className="visually-hidden">{said}</span>
                    </span>
                  ) : null}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <main className={style.work} id="work" tabIndex={-1} ref={work}>
        <header className={style.head}>
          <h1>{title}</h1>
          {actions && <div className={classes(style.actions, 'no-print')}>{actions}</div>}
        </header>
        <div className={style.body}>{children}</div>
      </main>
      {inspector && <aside className={style.inspector}>{inspector}</aside>}
    </div>
  );
}
