// What does not fit, for the public: the disagreements that were upheld or explained, their evidence side by side with its
// passages, the working in sentences, and what the team made of it. Made of what is published and nothing else.
import { html } from 'hono/html';
import { stepInWords } from '../language/wording.ts';
import { csvLine } from '../record/csv.ts';
import type { LinkEnd } from '../record/link.ts';
import { problem } from '../record/problem.ts';
import type { PublicDisagreement, PublicRecord, PublicSource } from '../record/public-view.ts';
import {
  listPublishedDisagreements,
  publishedDisagreements,
  publishedRecords,
  publishedSources,
} from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { addressOf, speech } from './public-list.ts';
import {
  type Answer,
  type DossierRequest,
  type Html,
  link,
  mark,
  quoted,
  renderDossierPage,
  wordsFor,
} from './public-page.ts';
import { byline, clip, figureInWords, headline, viewDate } from './public-words.ts';

/** Disagreements on a page. */
const PAGE = 20;
/** More records than these are listed by their headlines: beside one another they could not be compared any more. */
const MOST_BESIDE = 4;
/** Rows read at a time while the table is written. */
const ROWS = 200;

/** The records and sources that some disagreements rest on. */
interface Evidence {
  records: ReadonlyMap<string, PublicRecord>;
  sources: ReadonlyMap<string, PublicSource>;
}

/** The page of a publication's disagreements, in the order in which they were judged. Throws `request.cursor`. */
export async function disagreementsPage(
  store: Store,
  request: DossierRequest,
  after: string | null,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base, counts } = request;
  const { items, next } = await listPublishedDisagreements(store, of, { cursor: after, limit: PAGE });
  const evidence = await evidenceOf(store, request, items);
  const path = `${base}/disagreements`;
  const title = m.t('public.disagreements');
  const body = html`<div class="leaf">
    <div class="text">
      <h1>${title}</h1>
      <p class="standing">${m.t('public.disagreements.count', { count: counts.disagreement })}</p>
      <p class="hint">${m.t(items.length === 0 ? 'public.disagreements.none' : 'public.disagreements.lead')}</p>
    </div>
    ${items.map((item) => disagreementArticle(request, item, evidence, 'h2'))}
    <div class="text">
      <p class="paging">
        ${after === null ? '' : html`<a href="${link(request, path)}">${m.t('public.list.first')}</a>`}
        ${next === null ? '' : html`<a class="onward" rel="next" href="${link(request, path, { after: next })}">${m.t('public.list.next')}</a>`}
      </p>
      ${items.length === 0 ? '' : html`<p class="take"><a href="${link(request, `${path}.csv`)}">${m.t('public.disagreements.csv')}</a></p>`}
    </div>
  </div>`;
  return renderDossierPage(
    request,
    { title: `${title} – ${of.publication.title}`, unlisted: after !== null, body },
    'disagreements',
  );
}

/** The page of one disagreement. Throws `not-found`. */
export async function disagreementPage(store: Store, request: DossierRequest, id: string): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base } = request;
  const [item] = await publishedDisagreements(store, of, { id });
  if (!item) throw problem('not-found', { what: 'disagreement' });
  const evidence = await evidenceOf(store, request, [item]);
  const kind = m.t(`words.disagreement-kind.${item.finding}`);
  const body = html`<div class="leaf">
    <p class="text kicker"><a href="${link(request, `${base}/disagreements`)}">${m.t('public.disagreements')}</a></p>
    ${disagreementArticle(request, item, evidence, 'h1')}
  </div>`;
  return renderDossierPage(
    request,
    {
      title: `${kind} – ${of.publication.title}`,
      description: clip(stepInWords(item.working[0]!, m), 200),
      body,
    },
    'disagreements',
  );
}

/** The disagreements a record is part of, as a section of its page; nothing where there are none. */
export async function disagreementsSection(
  store: Store,
  request: DossierRequest,
  record: PublicRecord,
): Promise<Html | ''> {
  const m = wordsFor(request);
  if (request.counts.disagreement === 0) return '';
  const items = await publishedDisagreements(store, request.of, { record: record.id });
  if (items.length === 0) return '';
  const others = await publishedRecords(
    store,
    request.of,
    items.flatMap((item) => item.records.map(({ id }) => id)),
  );
  return html`<section class="text" aria-labelledby="disagreements"><h2 id="disagreements">${m.t('public.disagreements.in-record')}</h2>
    <ul class="relations">${items.map((item) => {
      const other = item.records.map(({ id }) => others.get(id)).find((one) => one && one.id !== record.id);
      return html`<li><span class="relation">${m.t(`words.disagreement-kind.${item.finding}`)}</span>
        <a href="${link(request, `${request.base}/disagreements/${item.id}`)}">${
          other
            ? quoted(headline(other, m, 110), null, 'bdi')
            : quoted(clip(stepInWords(item.working[0]!, m), 110), null, 'bdi')
        }</a> <span class="judged">${stateInWords(item, request)}</span></li>`;
    })}</ul></section>`;
}

async function evidenceOf(
  store: Store,
  { of }: DossierRequest,
  items: readonly PublicDisagreement[],
): Promise<Evidence> {
  const ids = items.flatMap((item) => item.records.map(({ id }) => id));
  const records = await publishedRecords(store, of, ids);
  const sources = await publishedSources(
    store,
    of,
    [...records.values()].flatMap((record) => record.passages.slice(0, 1).map(({ source }) => source)),
  );
  return { records, sources };
}

function stateInWords({ state, explanation }: PublicDisagreement, request: DossierRequest): string {
  const m = wordsFor(request);
  return state === 'explained' && explanation !== null
    ? m.t('public.disagreements.state.explained', { explanation: m.t(`words.explanation.${explanation}`) })
    : m.t('public.disagreements.state.upheld');
}

function disagreementArticle(
  request: DossierRequest,
  item: PublicDisagreement,
  evidence: Evidence,
  level: 'h1' | 'h2',
): Html {
  const m = wordsFor(request);
  const address = link(request, `${request.base}/disagreements/${item.id}`);
  const kind = m.t(`words.disagreement-kind.${item.finding}`);
  const isMany = item.records.length > MOST_BESIDE;
  return html`<article class="disagreement" id="disagreement-${item.id}">
    <header class="text">
      ${level === 'h1' ? html`<h1>${kind}</h1>` : html`<h2><a href="${address}">${kind}</a></h2>`}
      <p class="judgement"><strong>${stateInWords(item, request)}</strong></p>
      ${item.reason === null ? '' : html`<p class="reason">${quoted(item.reason, null)}</p>`}
    </header>
    ${
      isMany
        ? html`<ul class="text relations">${item.records.map((end) => line(request, end, evidence))}</ul>`
        : html`<ul class="sides">${item.records.map((end) => side(request, end, evidence, level === 'h1' ? 2 : 3))}</ul>`
    }
    <section class="text">
      ${level === 'h1' ? html`<h2>${m.t('public.disagreements.working')}</h2>` : html`<h3>${m.t('public.disagreements.working')}</h3>`}
      <ol class="working">${item.working.map((step) => html`<li>${stepInWords(step, m)}</li>`)}</ol>
      <p class="byline">${[
        item.check === null
          ? m.t('public.disagreements.filed')
          : m.t('public.disagreements.found-by', { check: item.check }),
        m.t('public.disagreements.judged', { date: m.date(item.decidedAt) }),
      ].join(' · ')}</p>
    </section>
  </article>`;
}

/** One of many: by its headline. */
function line(request: DossierRequest, end: LinkEnd, { records }: Evidence): Html {
  const m = wordsFor(request);
  const view = records.get(end.id);
  if (!view) return html``;
  return html`<li>${mark(view.kind)}<a href="${link(request, addressOf(request.base, view))}">${quoted(headline(view, m, 140), null, 'bdi')}</a>
    <span class="judged">${viewDate(view, m)}</span></li>`;
}

/** One of two or a few: who, when, how many or the words, and the passage it rests on. */
function side(request: DossierRequest, end: LinkEnd, { records, sources }: Evidence, level: 2 | 3): Html {
  const m = wordsFor(request);
  const view = records.get(end.id);
  if (!view) return html``;
  const [passage] = view.passages;
  const source = passage && sources.get(passage.source);
  const heading = who(request, view);
  return html`<li class="side kind-${view.kind}">
    <p class="when">${mark(view.kind)}<span class="kind">${m.t(`public.kind.${view.kind}`)}</span>
      <span class="date">${viewDate(view, m) || m.t('public.undated')}</span></p>
    ${level === 2 ? html`<h2 class="line">${heading}</h2>` : html`<h3 class="line">${heading}</h3>`}
    ${byline(view, m).length === 0 ? '' : html`<p class="byline"><bdi>${byline(view, m).join(' · ')}</bdi></p>`}
    ${
      passage
        ? html`<figure class="passage"><blockquote dir="auto" lang="${source?.language ?? ''}"><p><span class="context">${before(passage.prefix)}</span><mark>${passage.exact}</mark><span class="context">${behind(passage.suffix)}</span></p></blockquote>
          ${source ? html`<figcaption><cite><a href="${link(request, addressOf(request.base, source))}">${quoted(source.title, source.language)}</a></cite></figcaption>` : ''}</figure>`
        : ''
    }
    <p class="byline"><a href="${link(request, addressOf(request.base, view))}">${m.t('public.disagreements.whole-record')}</a>${
      view.passages.length > 1
        ? html` ${m.t('public.disagreements.more-passages', { count: view.passages.length - 1 })}`
        : ''
    }</p>
  </li>`;
}

function who(request: DossierRequest, view: PublicRecord): Html {
  const m = wordsFor(request);
  switch (view.kind) {
    case 'statement':
      // In which role they speak stands in the line below.
      return speech(view.speaker?.name ?? m.t('public.speaker.unknown'), view, m);
    case 'figure':
      return html`<span class="amount">${figureInWords(view, m)}</span> ${quoted(view.counted, view.language)}`;
    case 'incident':
      return quoted(view.title, view.language);
  }
}

/** The words before a passage without the one that its context cuts through. */
function before(prefix: string): string {
  return prefix === '' ? '' : `… ${prefix.replace(/^\S*\s+/, '')}`;
}

function behind(suffix: string): string {
  return suffix === '' ? '' : `${suffix.replace(/\s+\S*$/, '')} …`;
}

/** Every published disagreement as CSV, the working in the reader's language, in pieces as it is read. */
export async function* disagreementsCsv(store: Store, request: DossierRequest): AsyncGenerator<string> {
  const m = wordsFor(request);
  const { of, origin } = request;
  const frozen = `${origin}/p/${of.slug}/${of.publication.number}/disagreements`;
  yield `\ufeff${csvLine(['id', 'kind', 'state', 'explanation', 'reason', 'check', 'working', 'records', 'decidedAt', 'permalink'])}`;
  let cursor: string | null = null;
  do {
    const page = await listPublishedDisagreements(store, of, { cursor, limit: ROWS });
    yield page.items
      .map((item) =>
        csvLine([
          ...[item.id, item.finding, item.state, item.explanation, item.reason, item.check],
          item.working.map((step) => stepInWords(step, m)).join(' '),
          item.records.map(({ kind, id }) => `${kind}:${id}`).join(' | '),
          item.decidedAt,
          `${frozen}/${item.id}`,
        ]),
      )
      .join('');
    cursor = page.next;
  } while (cursor !== null);
}
