// Who said what, for the public: the threads of a publication's statements, as a picture and as a list. Made of what is
// published and nothing else; only links that people drew are shown.
import { setImmediate as breathe } from 'node:timers/promises';
import { html, raw } from 'hono/html';
import type { Names } from '../analysis/names.ts';
import { StatementAnalysis } from '../analysis/statement-analysis.ts';
import type { Thread, ThreadLink, ThreadStatement } from '../analysis/thread.ts';
import { dateInWords } from '../language/wording.ts';
import type { Party } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import type { PublicIncident, PublicStatement } from '../record/public-view.ts';
import { listPublished, type PublicDossier, publishedRecords } from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { addressOf, speech } from './public-list.ts';
import {
  type Answer,
  type DossierRequest,
  type Html,
  link,
  quoted,
  renderDossierPage,
  wordsFor,
} from './public-page.ts';
import { threadChart } from './thread-chart.ts';
import { drawnRange, laterInWords, linkWord, nameAndDate, reportsInWords } from './thread-words.ts';

/** Threads on a page of the list. */
const PAGE = 30;
/** More statements than this are not drawn. */
const MOST_DRAWN = 400;
/** Publications whose threads are kept; the one asked for longest ago is let go. */
const MOST_KEPT = 6;
/** A publication of so many statements is quickly worked out. */
const SMALL = 1000;
/** Views read at a time. */
const ROWS = 500;

/** The threads of a publication, the one spoken in last first, and the thread of each statement. */
interface PublicThreads {
  threads: Thread[];
  of: ReadonlyMap<string, Thread>;
}

/** The threads of a publication, being worked out or there. */
interface Kept {
  threads: PublicThreads | null;
  work: Promise<PublicThreads>;
}

/** The publications of a house whose threads are kept; its work goes one after the other, whoever asks for it. */
interface House {
  kept: Map<string, Kept>;
  turn: Promise<unknown>;
}

const houses = new WeakMap<Store['read'], House>();

/**
 * The threads of a publication: those with at least two statements. A publication is frozen, so they are worked out once for
 * its number and kept for a while.
 */
function publicThreads(store: Store, of: PublicDossier): Promise<PublicThreads> {
  return keptOf(store, of).work;
}

function keptOf(store: Store, of: PublicDossier): Kept {
  const house = houses.get(store.read) ?? { kept: new Map<string, Kept>(), turn: Promise.resolve() };
  houses.set(store.read, house);
  const name = `${of.id}:${of.publication.number}:${of.erased}`;
  let mine = house.kept.get(name);
  if (!mine) {
    const work = house.turn.then(() => workOut(store, of));
    const fresh: Kept = { threads: null, work };
    house.turn = work.then(
      (threads) => {
        fresh.threads = threads;
      },
      // Whoever asks next begins anew; who waits is told by the promise itself.
      () => house.kept.delete(name),
    );
    mine = fresh;
  }
  // Set again, so that a Map's order is that of use.
  house.kept.delete(name);
  house.kept.set(name, mine);
  if (house.kept.size > MOST_KEPT) house.kept.delete(house.kept.keys().next().value!);
  return mine;
}

/**
 * The thread of a statement, for its own page: a large publication's threads are not waited for. Where they are not known
 * yet, they are worked out meanwhile for whoever reads next; null until then, and for a statement that stands alone.
 */
export async function threadOfStatement(
  store: Store,
  { of, counts }: DossierRequest,
  id: string,
): Promise<Thread | null> {
  const isSmall = counts.statement <= SMALL;
  if (!isSmall && of.publication.number < of.newest) return null;
  const { threads, work } = keptOf(store, of);
  // A failure is told to those who wait for it, and begun anew by the next.
  work.catch(() => {});
  const known = isSmall ? await work : threads;
  return known?.of.get(id) ?? null;
}

async function workOut(store: Store, of: PublicDossier): Promise<PublicThreads> {
  const views: (PublicStatement | PublicIncident)[] = [];
  for (const kind of ['statement', 'incident'] as const) {
    let cursor: string | null = null;
    do {
      const page = await listPublished(store, of, kind, { cursor, limit: ROWS });
      for (const { view } of page.items)
        if (view.kind === 'statement' || view.kind === 'incident') views.push(view);
      cursor = page.next;
    } while (cursor !== null);
  }
  const analysis = new StatementAnalysis(namesIn(views));
  for (const view of views) analysis.set(view);
  analysis.setLinks(
    views.flatMap(({ kind, id, links }) =>
      links.flatMap((one) =>
        one.direction === 'to'
          ? [{ from: { kind, id }, to: { kind: one.kind, id: one.id }, link: one.link }]
          : [],
      ),
    ),
  );
  for (const _ of analysis.settle()) await breathe();
  const end = (thread: Thread) => drawnRange(thread.range)?.to ?? -Infinity;
  const threads = analysis
    .threads()
    // What is only suggested is the team's business.
    .map((thread) => ({ ...thread, links: thread.links.filter(({ basis }) => basis === 'drawn') }))
    .filter(({ statements, links }) => statements.length > 1 || links.length > 0)
    .sort((a, b) => end(b) - end(a) || (a.key < b.key ? -1 : 1));
  const byStatement = new Map<string, Thread>();
  for (const thread of threads)
    for (const { reports } of thread.statements) for (const id of reports) byStatement.set(id, thread);
  return { threads, of: byStatement };
}

/** The names that the views themselves hold: nothing else of the dossier's actors is public. */
function namesIn(views: readonly (PublicStatement | PublicIncident)[]): Names {
  const actors = new Map<string, { names: Set<string>; roles: Set<string> }>();
  const see = (party: Party | null) => {
    if (party?.actor == null) return;
    const known = actors.get(party.actor) ?? { names: new Set(), roles: new Set() };
    known.names.add(party.name);
    if (party.role !== null) known.roles.add(party.role);
    actors.set(party.actor, known);
  };
  for (const view of views) {
    if (view.kind === 'statement')
      for (const party of [view.speaker, view.reporter, view.addressee]) see(party);
    else for (const act of view.acts) for (const { party } of act.perpetrators) see(party);
  }
  return {
    measures: [],
    places: [],
    actors: [...actors].map(([id, { names, roles }]) => {
      const [name = '', ...aliases] = names;
      return {
        ...{ id, name, aliases, type: 'other' },
        roles: [...roles].map((title) => ({ title, body: null, held: null })),
      };
    }),
  };
}

/** The part of an address that names a thread: its key without what all keys begin with. */
function partOf({ key }: Thread): string {
  return key.slice(key.indexOf(':') + 1);
}

/** The address of a thread; with a statement, at its place in it. */
export function threadAddress(request: DossierRequest, thread: Thread, statement?: string): string {
  const at = statement === undefined ? '' : `#statement-${statement}`;
  return `${link(request, `${request.base}/who-said-what/${encodeURIComponent(partOf(thread))}`)}${at}`;
}

/** The list of threads. `after`: the thread that the page before ended with. Throws `request.cursor`. */
export async function threadsPage(
  store: Store,
  request: DossierRequest,
  after: string | null,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base } = request;
  const { threads } = await publicThreads(store, of);
  const from = after === null ? 0 : threads.findIndex((thread) => partOf(thread) === after) + 1;
  if (after !== null && from === 0) throw problem('request.cursor');
  const shown = threads.slice(from, from + PAGE);
  const ends = shown.flatMap(({ statements }) => [statements[0]!.id, ...lastDated(statements)]);
  const views = await statementsOf(store, of, ends);
  const path = `${base}/who-said-what`;
  const title = m.t('public.said');
  const next = from + shown.length < threads.length ? shown.at(-1)! : null;
  const body = html`<div class="leaf"><div class="text">
    <h1>${title}</h1>
    <p class="standing">${m.t('public.said.count', { count: threads.length })}</p>
    <p class="hint">${m.t(threads.length === 0 ? 'public.said.none' : 'public.said.lead')}</p>
    ${shown.length === 0 ? '' : html`<ol class="entries threads">${shown.map((thread) => threadLine(request, thread, views))}</ol>`}
    <p class="paging">
      ${after === null ? '' : html`<a href="${link(request, path)}">${m.t('public.list.first')}</a>`}
      ${next === null ? '' : html`<a class="onward" rel="next" href="${link(request, path, { after: partOf(next) })}">${m.t('public.list.next')}</a>`}
    </p>
  </div></div>`;
  return renderDossierPage(
    request,
    { title: `${title} – ${of.publication.title}`, unlisted: after !== null, body },
    'who-said-what',
  );
}

function lastDated(statements: readonly ThreadStatement[]): string[] {
  const last = statements.findLast(({ range }) => range !== null);
  return last ? [last.id] : [];
}

async function statementsOf(
  store: Store,
  of: PublicDossier,
  ids: readonly string[],
): Promise<Map<string, PublicStatement>> {
  const statements = new Map<string, PublicStatement>();
  for (const [id, view] of await publishedRecords(store, of, ids))
    if (view.kind === 'statement') statements.set(id, view);
  return statements;
}

function threadLine(
  request: DossierRequest,
  thread: Thread,
  views: ReadonlyMap<string, PublicStatement>,
): Html {
  const m = wordsFor(request);
  const first = views.get(thread.statements[0]!.id);
  const last = views.get(lastDated(thread.statements)[0] ?? '');
  const dates = datesInWords(first?.saidOn ?? null, last?.saidOn ?? null, request);
  const names = thread.speakers.map(({ name }) => name);
  return html`<li class="entry kind-statement">
    <p class="when"><span>${m.t('public.said.statements', { count: thread.statements.length })}${thread.links.length === 0 ? '' : html` · ${m.t('public.said.links', { count: thread.links.length })}`}</span>
      <span class="date">${dates}</span></p>
    <div class="what">
      <h2 class="line"><a href="${threadAddress(request, thread)}">${quoted(thread.title, null)}</a></h2>
      <p class="byline">${names.slice(0, 8).map((name, index) => html`${index > 0 ? ' · ' : ''}${quoted(name, null, 'bdi')}`)}${names.length > 8 ? ' …' : ''}</p>
    </div>
  </li>`;
}

/** From when to when. Where one date lies within the other, the wider one says it all. */
function datesInWords(first: string | null, last: string | null, request: DossierRequest): string {
  const m = wordsFor(request);
  if (first === null || last === null) return m.t('public.undated');
  // Over a whole thread it does not matter whether a day is certain.
  const [from, to] = [first, last].map((date) => date.replace(/[~?%]/g, '')) as [string, string];
  if (to.startsWith(from)) return dateInWords(from, m);
  if (from.startsWith(to)) return dateInWords(to, m);
  return m.t('public.said.dates', { from: dateInWords(from, m), to: dateInWords(to, m) });
}

/** A thread: the picture, and the same as a list in order of time. Throws `not-found`. */
export async function threadPage(store: Store, request: DossierRequest, part: string): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base } = request;
  const { threads, of: byStatement } = await publicThreads(store, of);
  // An address may name any statement of the thread: its first may be another in a later publication.
  const thread = threads.find((one) => partOf(one) === part) ?? byStatement.get(part);
  if (!thread) throw problem('not-found', { what: 'page' });
  const views = await statementsOf(
    store,
    of,
    thread.statements.flatMap(({ reports }) => reports),
  );
  const dates = datesInWords(
    views.get(thread.statements[0]!.id)?.saidOn ?? null,
    views.get(lastDated(thread.statements)[0] ?? '')?.saidOn ?? null,
    request,
  );
  const drawn = { thread, statements: views, links: thread.links, groups: [] };
  const picture =
    thread.statements.length > MOST_DRAWN ? null : threadChart(drawn, m, (id) => `#statement-${id}`);
  const numbers = new Map(thread.statements.map(({ id }, index) => [id, index + 1]));
  const body = html`<article class="thread kind-statement">
    <div class="leaf">
      <header class="text">
        <p class="kicker"><a href="${link(request, `${base}/who-said-what`)}">${m.t('public.said')}</a></p>
        <h1>${quoted(thread.title, null)}</h1>
        <p class="standing">${[
          m.t('public.said.statements', { count: thread.statements.length }),
          m.t('public.said.speakers', { count: thread.speakers.length }),
          dates,
        ].join(' · ')}</p>
      </header>
      ${
        picture === null
          ? ''
          : html`<figure class="picture"><a class="skip-picture" href="#statements">${m.t('public.said.to-list')}</a>
              <div class="drawn">${raw(picture)}</div></figure>`
      }
      <section class="text" aria-labelledby="statements">
        <h2 id="statements">${m.t('public.said.in-order')}</h2>
        <ol class="said-list">${thread.statements.map((one, index) => {
          const later = index === 0 ? null : laterInWords(thread.statements[index - 1]!.range, one.range, m);
          return statementEntry(request, one, { later, views, numbers, links: thread.links });
        })}</ol>
      </section>
    </div>
  </article>`;
  const canonical = `${base}/who-said-what/${encodeURIComponent(partOf(thread))}`;
  return renderDossierPage(
    request,
    { title: `${thread.title} – ${m.t('public.said')} – ${of.publication.title}`, canonical, body },
    'who-said-what',
  );
}

interface Within {
  later: string | null;
  views: ReadonlyMap<string, PublicStatement>;
  numbers: ReadonlyMap<string, number>;
  links: readonly ThreadLink[];
}

function statementEntry(
  request: DossierRequest,
  one: ThreadStatement,
  { later, views, numbers, links }: Within,
): Html {
  const m = wordsFor(request);
  const view = views.get(one.id);
  if (!view) return html``;
  const speaker = view.speaker?.name ?? m.t('public.speaker.unknown');
  const answers = links.filter(({ from }) => from === one.id);
  const answered = links
    .filter(({ to }) => to === one.id)
    .sort((a, b) => numbers.get(a.from)! - numbers.get(b.from)!);
  const isSilence = view.act === 'no-response';
  const form = isSilence ? 'silence' : view.mode;
  const circumstance = [
    view.speaker?.role ?? null,
    view.venue && view.venue !== 'other' ? m.t(`public.venue.${view.venue}`) : null,
    view.addressee ? m.t('public.said.to', { name: view.addressee.name }) : null,
  ].filter((part) => part !== null);
  const reporters = [...new Set(one.reports.flatMap((id) => views.get(id)?.reporter?.name ?? []))];
  const reported = reportsInWords(one, m);
  const at = (id: string) => `#statement-${id}`;
  return html`${later === null ? '' : html`<li class="later">${later}</li>`}<li id="statement-${one.id}" class="told told-${form}${answers.length > 0 ? ' told-answer' : ''}">
    <p class="told-number told-${form}">${m.number(numbers.get(one.id)!)}</p>
    <div class="told-what">
      <p class="when"><span>${speech(speaker, view, m)}</span>
        <span class="date">${view.saidOn === null ? m.t('public.undated') : dateInWords(view.saidOn, m)}</span></p>
      ${circumstance.length === 0 ? '' : html`<p class="byline">${circumstance.map((part, index) => html`${index > 0 ? ' · ' : ''}${quoted(part, null, 'bdi')}`)}</p>`}
      <h3 class="told-words"><a href="${link(request, addressOf(request.base, view))}"><span class="said${view.mode === 'direct' && !isSilence ? ' exact' : ''}" dir="auto" lang="${view.language ?? ''}">${view.content}</span></a></h3>
      ${
        reported === null && reporters.length === 0
          ? ''
          : html`<p class="byline">${reported ?? m.t('public.said.reported-by')}${reporters.length === 0 ? '' : html`${reported === null ? ' ' : ': '}${reporters.map((name, index) => html`${index > 0 ? ', ' : ''}${quoted(name, null, 'bdi')}`)}`}</p>`
      }
      ${
        answers.length === 0 && answered.length === 0
          ? ''
          : html`<ul class="relations">${answers.map(({ to, link: kind }) => {
              const isAbove = numbers.get(to)! < numbers.get(one.id)!;
              const target = views.get(to);
              return html`<li class="relation-${kind}"><span class="relation">${linkWord(kind, m)}</span> <a href="${at(to)}"><span aria-hidden="true">${isAbove ? '↑' : '↓'}</span> ${m.number(numbers.get(to)!)} ${target ? nameAndDate(target, m) : ''}</a></li>`;
            })}${answered.map(({ from, link: kind }) => {
              const other = views.get(from);
              return html`<li class="relation-${kind}"><span class="relation">${m.t(`public.link.from.${kind}`)}</span> <a href="${at(from)}"><span aria-hidden="true">${numbers.get(from)! < numbers.get(one.id)! ? '↑' : '↓'}</span> ${m.number(numbers.get(from)!)} ${other ? nameAndDate(other, m) : ''}</a></li>`;
            })}</ul>`
      }
    </div>
  </li>`;
}
