// The permanent page of a record: what it says, the passage it rests on, who published it when, and how to check and cite it.
import { html } from 'hono/html';
import type { z } from 'zod';
import { canonicalJson, encodeLeaf } from '../log/entry.ts';
import { CONTEXT_LENGTH } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import type { PublicPassage, PublicRecord, PublicSource } from '../record/public-view.ts';
import { RecordKind } from '../record/vocabulary.ts';
import {
  listPublications,
  type PublishedHistory,
  publishedRecords,
  publishedSources,
  readPublished,
  viewHash,
} from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { bibtex, type Citation, citationMeta, citationOf, citationText, ris } from './cite.ts';
import { claim } from './json-ld.ts';
import { disagreementsSection } from './public-disagreements.ts';
import { addressOf, relations, speech } from './public-list.ts';
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
import { threadAddress, threadOfStatement } from './public-threads.ts';
import {
  actsInWords,
  byline,
  clip,
  type Fact,
  facts,
  figureInWords,
  headline,
  partyInWords,
  viewDate,
} from './public-words.ts';

type Passage = z.infer<typeof PublicPassage>;
type RecordHistory = PublishedHistory<PublicRecord>;

/** A record's page is either the record, or the notice that it was withdrawn. Throws `not-found`. */
export async function recordPage(store: Store, request: DossierRequest, id: string): Promise<Answer> {
  const history = await readRecordHistory(store, request, id);
  return history.shown === null
    ? withdrawnPage(store, request, history)
    : shownPage(store, request, history, history.shown.view);
}

async function readRecordHistory(store: Store, request: DossierRequest, id: string): Promise<RecordHistory> {
  const history = await readPublished(store, request.of, id);
  // Sources, measures and disagreements are published too, at addresses of their own.
  if (!RecordKind.options.some((kind) => kind === history.versions[0]!.view.kind))
    throw problem('not-found', { what: 'record' });
  return history as RecordHistory;
}

/** The record, its entry, and what proves one by the other, as JSON. Throws `not-found`. */
export async function recordJson(store: Store, request: DossierRequest, id: string): Promise<object> {
  const { of, origin } = request;
  const { shown, versions, entry } = await readRecordHistory(store, request, id);
  if (shown === null) throw problem('not-found', { what: 'record' });
  const sources = await publishedSources(store, of, passageSources(shown.view));
  return {
    address: `${origin}${frozenAddress(request, shown.view)}`,
    publication: of.publication.number,
    since: shown.since,
    view: shown.view,
    sha256: viewHash(shown.view),
    sources: [...sources.values()],
    versions: versions.map(({ since, until, at, view }) => ({ since, until, at, sha256: viewHash(view) })),
    // The leaf of the log is three lines: "constat-entry@v1", then these two commitments.
    log: entry && {
      ...{ entry: entry.id, at: entry.at, index: entry.index },
      headCommitment: entry.headCommitment,
      payloadCommitment: entry.commitment,
      // The payload commitment is SHA-256(salt ‖ payload), the payload being the canonical JSON of { publication, view }.
      salt: entry.salt,
      leaf: encodeLeaf({
        headCommitment: new Uint8Array(Buffer.from(entry.headCommitment, 'base64')),
        payloadCommitment: new Uint8Array(Buffer.from(entry.commitment, 'base64')),
      }).reduce((text, byte) => text + String.fromCharCode(byte), ''),
      payload: canonicalJson({ publication: shown.since, view: shown.view }),
    },
  };
}

/** The proof file of the record's entry. Throws `not-found`, or `log.not-yet` until the log has signed for it. */
export async function recordProof(store: Store, request: DossierRequest, id: string): Promise<string> {
  const { entry } = await readRecordHistory(store, request, id);
  if (entry === null) throw problem('not-found', { what: 'record' });
  if (entry.index === null) throw problem('log.not-yet');
  return store.log.proof(entry.index);
}

/** The citation of a record in a format for reference managers. Throws `not-found`. */
export async function recordCitation(
  store: Store,
  request: DossierRequest,
  id: string,
  format: 'bib' | 'ris',
): Promise<string> {
  const history = await readRecordHistory(store, request, id);
  if (history.shown === null) throw problem('not-found', { what: 'record' });
  const citation = cite(request, history, history.shown.view);
  return format === 'bib' ? bibtex(citation) : ris(citation);
}

const passageSources = (view: PublicRecord) => view.passages.map(({ source }) => source);

function frozenAddress(request: DossierRequest, view: PublicRecord): string {
  return addressOf(`/p/${request.of.slug}/${request.of.publication.number}`, view);
}

function cite(request: DossierRequest, history: RecordHistory, view: PublicRecord): Citation {
  const { of, origin } = request;
  const address = `${origin}${frozenAddress(request, view)}`;
  const index = history.entry?.index ?? null;
  return citationOf(view, of.publication, { address, language: of.language, index }, wordsFor(request));
}

async function shownPage(
  store: Store,
  request: DossierRequest,
  history: RecordHistory,
  view: PublicRecord,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of, origin, base } = request;
  const sources = await publishedSources(store, of, passageSources(view));
  const linked = await publishedRecords(
    store,
    of,
    view.links.map(({ id }) => id),
  );
  const thread = view.kind === 'statement' ? await threadOfStatement(store, request, view.id) : null;
  const citation = cite(request, history, view);
  const line = headline(view, m);
  const newest = addressOf(`/p/${of.slug}`, view);
  const isCurrent = history.shown!.until === null;
  const body = html`<article class="record kind-${view.kind}">
    <div class="leaf">
      <header class="text">
        <p class="kicker">${mark(view.kind)}<span class="kind">${m.t(`public.kind.${view.kind}`)}</span>
          <span class="date">${viewDate(view, m) || m.t('public.undated')}</span>
          ${view.status === 'corrected' || history.versions.length > 1 ? html`<span class="state">${m.t('public.record.corrected')}</span>` : ''}</p>
        ${lead(request, view)}
      </header>
      <section class="text passages" aria-labelledby="passages">
        <h2 id="passages">${m.t('public.record.passages', { count: view.passages.length })}</h2>
        ${view.passages.map((passage) => passageFigure(request, passage, sources.get(passage.source)))}
      </section>
      <aside class="notes">
        <section><h2>${m.t('public.record.facts')}</h2>${factList(facts(view, m), view.language)}</section>
        ${dates(request, history)}
      </aside>
      ${
        linked.size === 0
          ? ''
          : html`<section class="text" aria-labelledby="links"><h2 id="links">${m.t('public.record.links')}</h2>
              ${relations(request, view, linked)}</section>`
      }
      ${await disagreementsSection(store, request, view)}
      ${thread ? html`<p class="text in-thread">${m.t('public.said.in-thread')} <a href="${threadAddress(request, thread, view.id)}">${quoted(thread.title, null, 'bdi')}</a></p>` : ''}
      ${check(request, history, view)}
      ${citing(request, citation, view)}
    </div>
  </article>`;
  return renderDossierPage(request, {
    title: `${line} – ${of.publication.title}`,
    description: clip(view.passages[0]?.exact ?? line, 200),
    canonical: isCurrent ? newest : addressOf(base, view),
    unlisted: !isCurrent,
    meta: [...citationMeta(citation), ['og:title', line], ['og:type', 'article']],
    data: claim(view, {
      text: line,
      address: `${origin}${newest}`,
      dossierAddress: `${origin}/p/${of.slug}`,
      publication: of.publication,
      sources,
    }),
    body,
  });
}

/** The record itself, large. */
function lead(request: DossierRequest, view: PublicRecord): Html {
  const m = wordsFor(request);
  const lang = view.language ?? '';
  switch (view.kind) {
    case 'statement': {
      const speaker = view.speaker ? partyInWords(view.speaker, m) : m.t('public.speaker.unknown');
      const venue = view.venue && view.venue !== 'other' ? m.t(`public.venue.${view.venue}`) : '';
      return html`<h1 class="speech"><span class="party">${speech(speaker, view, m)}${venue === '' ? '' : ` ${venue}`}</span>
        <span class="said${view.mode === 'direct' ? ' exact' : ''}" dir="auto" lang="${lang}">${view.content}</span></h1>`;
    }
    case 'figure':
      return html`<h1 class="number"><span class="amount">${figureInWords(view, m)}</span>
          <span class="counted" dir="auto" lang="${lang}">${view.counted}</span></h1>
        ${view.accordingTo ? html`<p class="attribution">${m.t('public.according-to', { party: partyInWords(view.accordingTo, m) })}</p>` : ''}`;
    case 'incident':
      return html`<h1 dir="auto" lang="${lang}">${view.title}</h1>
        ${byline(view, m).length === 0 ? '' : html`<p class="attribution">${byline(view, m).join(' · ')}</p>`}
        ${actsInWords(view, m).map(
          (act) =>
            html`<section class="act"><h2>${act.title}</h2>${factList(act.facts, view.language)}</section>`,
        )}`;
  }
}

function factList(list: Fact[], language: string | null): Html {
  return html`<dl class="facts">${list.map(
    ({ label, values }) =>
      html`<div><dt>${label}</dt>${values.map((value) => html`<dd>${quoted(value, language, 'bdi')}</dd>`)}</div>`,
  )}</dl>`;
}

/** The passage in its context, the exact words marked, and the source they stand in. */
function passageFigure(request: DossierRequest, passage: Passage, source: PublicSource | undefined): Html {
  const m = wordsFor(request);
  const lang = source?.language ?? '';
  const page = passage.pages[0]?.page;
  const [before, after] = contextOf(passage);
  return html`<figure class="passage">
    <blockquote dir="auto" lang="${lang}"${source?.address ? html` cite="${source.address}"` : ''}><p><span class="context">${before}</span><mark>${passage.exact}</mark><span class="context">${after}</span></p></blockquote>
    ${
      source === undefined
        ? ''
        : html`<figcaption>
      <cite><a href="${link(request, addressOf(request.base, source))}">${quoted(source.title, source.language)}</a></cite>
      <span class="origin">${[
        ...byline(source, m),
        viewDate(source, m),
        page === undefined ? '' : m.t('public.record.page', { page }),
      ]
        .filter((words) => words !== '')
        .map((words, index) => html`${index > 0 ? ' · ' : ''}<bdi>${words}</bdi>`)}</span>
      ${source.address ? html`<a class="outside" href="${source.address}" rel="noopener noreferrer nofollow">${clip(source.address.replace(/^https?:\/\/(www\.)?/, ''), 60)}</a>` : ''}
      <span class="hash">SHA-256 <code>${source.original}</code></span>
    </figcaption>`
    }
  </figure>`;
}

/** The words around a passage; a word that the context's end cut through is left out, and an ellipsis says so. */
function contextOf({ prefix, suffix, start }: Passage): [before: string, after: string] {
  const isCutBefore = start > prefix.length;
  const isCutAfter = suffix.length >= CONTEXT_LENGTH - 1;
  return [
    isCutBefore ? `… ${prefix.replace(/^\S*\s+/, '')}` : prefix,
    isCutAfter ? `${suffix.replace(/\s+\S*$/, '')} …` : suffix,
  ];
}

/** Who published the record, and its versions over the publications. */
function dates(request: DossierRequest, { versions }: RecordHistory): Html {
  const m = wordsFor(request);
  const { of } = request;
  const view = versions.at(-1)!.view;
  const inPublication = (at: string, number: number) =>
    html`<a href="${link(request, addressOf(`/p/${of.slug}/${number}`, view))}">${m.t('public.record.in-publication', { date: m.date(at), number })}</a>`;
  // Only what happened up to the publication that is read: a frozen page does not know the future.
  const known = versions.filter(({ since }) => since <= of.publication.number);
  return html`<section><h2>${m.t('public.record.dates')}</h2><dl class="facts">
    <div><dt>${m.t('public.record.by')}</dt><dd><bdi>${of.publication.publishedBy ?? m.t('public.publisher-unnamed')}</bdi></dd></div>
    <div><dt>${m.t('public.record.recorded')}</dt><dd>${m.date(known[0]!.view.recordedAt)}</dd></div>
    ${known.map(
      ({ since, at }, index) =>
        html`<div><dt>${m.t(index === 0 ? 'public.record.published' : 'public.record.corrected')}</dt><dd>${inPublication(at, since)}</dd></div>`,
    )}
  </dl></section>`;
}

/** How anybody can check that this page shows what was recorded. */
function check(request: DossierRequest, { entry }: RecordHistory, view: PublicRecord): Html {
  const m = wordsFor(request);
  if (entry === null) return html``;
  const address = addressOf(request.base, view);
  return html`<section class="text check" aria-labelledby="check"><h2 id="check">${m.t('public.record.check')}</h2>
    <p>${
      entry.index === null
        ? m.t('public.record.check.waiting')
        : m.t('public.record.check.logged', { index: m.number(entry.index) })
    }</p>
    <dl class="facts">
      ${entry.index === null ? '' : html`<div><dt>${m.t('public.record.check.index')}</dt><dd>${m.number(entry.index)}</dd></div>`}
      <div><dt>${m.t('public.record.check.commitment')}</dt><dd><code>${entry.commitment}</code></dd></div>
    </dl>
    <ul class="downloads">
      ${entry.index === null ? '' : html`<li><a href="${address}.tlog-proof">${m.t('public.record.check.proof')}</a></li>`}
      <li><a href="${address}.json">${m.t('public.record.check.json')}</a></li>
      <li><a href="/verify">${m.t('public.take.verify')}</a></li>
    </ul></section>`;
}

function citing(request: DossierRequest, citation: Citation, view: PublicRecord): Html {
  const m = wordsFor(request);
  const address = addressOf(request.base, view);
  return html`<section class="text cite" aria-labelledby="cite"><h2 id="cite">${m.t('public.record.cite')}</h2>
    <p class="citation">${citationText(citation, m)}</p>
    <p class="hint">${m.t('public.record.cite.hint')}</p>
    ${[
      ['BibTeX', bibtex(citation), 'bib'],
      ['RIS', ris(citation), 'ris'],
    ].map(
      ([name, text, ending]) => html`<details><summary>${name}</summary><pre dir="ltr">${text}</pre>
        <p class="save"><a href="${link(request, `${address}.${ending}`)}" download>${m.t('public.record.cite.save')}</a></p></details>`,
    )}
  </section>`;
}

/** The notice that a record or source is no longer published, and where it still stands. */
export async function withdrawnPage(
  store: Store,
  request: DossierRequest,
  { versions }: PublishedHistory,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of } = request;
  const last = versions.findLast(({ since }) => since <= of.publication.number)!;
  const number = last.until!;
  const withdrawal = (await listPublications(store, of.id)).find((one) => one.number === number)!;
  const title = m.t('public.record.withdrawn.title');
  return renderDossierPage(request, {
    status: 410,
    title: `${title} – ${of.publication.title}`,
    body: html`<article class="notice"><h1>${title}</h1>
      <p>${m.t('public.record.withdrawn.text', { number, date: m.date(withdrawal.at) })}</p>
      <p><a class="onward" href="${link(request, addressOf(`/p/${of.slug}/${number - 1}`, last.view))}">${m.t('public.record.withdrawn.last')}</a></p>
    </article>`,
  });
}
