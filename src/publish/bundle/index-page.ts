// index.html of a bundle: what it is and what it holds, readable without script; with script it checks and searches.
import { createHash } from 'node:crypto';
import ar from '../../../locales/verify/ar.json';
import en from '../../../locales/verify/en.json';
import fr from '../../../locales/verify/fr.json';
import type { PublicRecord, PublicSource } from '../../record/public-view.ts';
import type { PageContent } from './assemble.ts';
import { entryPath, NOTICE, originalPath, proofPath, textPath } from './layout.ts';
import { type PageAssets, pageAssets } from './page-assets.ts';
import { recordLine } from './record-line.ts';
import { type Messages, say } from './report.ts';

const CATALOGUES: Record<string, Messages> = { en, fr, ar };

/** The page, in the dossier's language where it is one of the page's. */
export async function indexPage(content: PageContent): Promise<string> {
  return renderIndexPage(content, await pageAssets());
}

/** The page with these assets. */
export function renderIndexPage(
  { about, records, sources }: PageContent,
  { script, style }: PageAssets,
): string {
  // An inline script ends at the first "</script", wherever it stands; ours has none, and must not get one unseen.
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
    throw new Error('a page asset cannot be inlined');
  const language = about.dossier.language in CATALOGUES ? about.dossier.language : 'en';
  const messages = CATALOGUES[language]!;
  const t = (key: string, details?: Record<string, string | number>) => html(say(messages, key, details));
  const { dossier, publication, counts, log } = about;
  const total = counts.statements + counts.figures + counts.incidents;
  const facts: [string, string | number][] = [
    ['published-by', dossier.publishedBy ?? '—'],
    ['publication', `${publication.number} · ${publication.at.slice(0, 10)}`],
    ['statements', counts.statements],
    ['figures', counts.figures],
    ['incidents', counts.incidents],
    ['disagreements', counts.disagreements ?? 0],
    ['sources', counts.sources],
    ['log', log.origin],
    ['key', log.vkey],
  ];
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash(script)}'`,
    `style-src 'sha256-${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(dossier.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1 dir="auto">${html(dossier.title)}</h1>
<dl>
${facts.map(([key, value]) => `<dt>${t(`summary.${key}`)}</dt><dd><bdi>${html(String(value))}</bdi></dd>`).join('\n')}
</dl>
<p><a href="${NOTICE}">${NOTICE}</a></p>
<div id="reader" hidden></div>
<section id="listed">
<h2>${t('page.records')}</h2>
<p class="muted">${t('page.shown', { shown: records.length, count: total })}</p>
<ol class="records">
${records.map((record) => recordItem(record, sources, t)).join('\n')}
</ol>
</section>
</main>
<script>${script}</script>
</body>
</html>
`;
}

type Say = (key: string) => string;

function recordItem(record: PublicRecord, sources: ReadonlyMap<string, PublicSource>, t: Say): string {
  const { mark, who, what, when } = recordLine(record);
  const passages = record.passages.map((passage) => {
    const source = sources.get(passage.source);
    const words = [passage.prefix, `<mark>${html(passage.exact)}</mark>`, passage.suffix];
    const quote = `${html(words[0]!)}${words[1]}${html(words[2]!)}`;
    return `<blockquote class="quoted" dir="auto">${quote}</blockquote>\n<p>${t('page.source')}: ${sourceLine(source)}</p>`;
  });
  return `<li class="${record.kind}" id="${record.id}"><p><span class="mark" aria-hidden="true">${mark}</span>${
    who === '' ? '' : `<bdi>${html(who)}</bdi>: `
  }<span class="what" dir="auto">${html(what)}</span>${when === '' ? '' : ` <span class="muted">(${html(when)})</span>`}</p>
${passages.join('\n')}
<p class="muted"><a href="${entryPath(record.id)}">${t('page.entry')}</a> · <a href="${proofPath(record.id)}">${t('page.proof')}</a></p></li>`;
}

function sourceLine(source: PublicSource | undefined): string {
  if (!source) return '';
  const details = [source.publisher, source.published].filter((part) => part !== null).join(', ');
  const title = `<bdi>${html(source.title)}</bdi>${details === '' ? '' : ` (${html(details)})`}`;
  if (!source.mayLeave) return title;
  const path = source.text ? textPath(source.text.sha256) : originalPath(source.original);
  return `<a href="${path}">${title}</a>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Text as HTML. */
function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
