// The page that checks a bundle and shows it: choose or drop, progress, verdict, findings, records with their passages.
// The same at /verify and inside every bundle; each gives its own way of running the check. Made of plain elements, and
// nothing of a bundle is ever put in as HTML.
import ar from '../../../locales/verify/ar.json';
import en from '../../../locales/verify/en.json';
import fr from '../../../locales/verify/fr.json';
import { LogError } from '../../log/error.ts';
import { parseVerifierKey } from '../../log/note.ts';
import type { PublicRecord } from '../../record/public-view.ts';
import { entryPath, proofPath } from './layout.ts';
import { type Chosen, type OpenBundle, openBundle } from './open-bundle.ts';
import { recordLine } from './record-line.ts';
import { type Finding, type Messages, type Report, type Summary, say, saySentence } from './report.ts';

/** The languages of the page. */
const LANGUAGES = {
  en: { name: 'English', messages: en },
  fr: { name: 'Français', messages: fr },
  ar: { name: 'العربية', messages: ar },
} as const;
type Language = keyof typeof LANGUAGES;

/** How the page is used where it stands. */
export interface ReaderPage {
  root: HTMLElement;
  /** The first language; the reader may choose another. */
  language: string;
  /** Runs the check. */
  check: (
    chosen: Chosen,
    options: { vkey: string | undefined; onProgress: (done: number, total: number) => void },
  ) => Promise<Report>;
  /** Whether the page came out of the bundle it checks, which has to be said. */
  isOwnPage: boolean;
  /** Called with each language, for what the page has around the root. */
  onLanguage?: (language: string) => void;
  /** Called when the records of a bundle are shown. */
  onShown?: () => void;
}

/** Records shown at first, and added by each "show more". */
const STEP = 50;
/** Characters of the text shown on either side of a passage. */
const CONTEXT = 240;

type Child = Node | string | null;
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Puts the page into its root. */
export function mountReader(page: ReaderPage): void {
  let language: Language = page.language in LANGUAGES ? (page.language as Language) : 'en';
  let outcome: { report: Report; bundle: OpenBundle | null } | null = null;
  let running = 0;
  const t = (key: string, details?: Record<string, string | number>) =>
    say(LANGUAGES[language].messages as Messages, key, details);

  const status = element('p', { role: 'status' });
  const bar = element('progress', { max: '1', value: '0', hidden: '' });
  const results = element('div');
  const form = element('div', { class: 'no-print' });
  page.root.replaceChildren(form, bar, status, results);
  draw();

  function draw(): void {
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    page.onLanguage?.(language);
    drawForm();
    status.textContent = '';
    drawOutcome();
  }

  function drawForm(): void {
    const key = (document.getElementById('vkey') as HTMLInputElement | null)?.value ?? '';
    const vkey = element('input', {
      id: 'vkey',
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      dir: 'ltr',
    });
    vkey.value = key;
    const zip = element('input', { id: 'zip', type: 'file', accept: '.zip,application/zip' });
    zip.addEventListener('change', () => {
      if (zip.files?.[0]) void run(zip.files[0]);
      // The same file may be chosen again.
      zip.value = '';
    });
    const folder = element('input', { id: 'folder', type: 'file', webkitdirectory: '' });
    folder.addEventListener('change', () => {
      const files = [...(folder.files ?? [])].map((blob) => ({ path: blob.webkitRelativePath, blob }));
      if (files.length > 0) void run(files);
      folder.value = '';
    });
    const languages = element('select', { id: 'language' });
    for (const [tag, { name }] of Object.entries(LANGUAGES))
      languages.append(new Option(name, tag, false, tag === language));
    languages.addEventListener('change', () => {
      language = languages.value as Language;
      draw();
    });
    const drop = element(
      'section',
      { class: 'drop', 'aria-label': t('page.drop') },
      element('p', {}, t('page.lead')),
      element(
        'div',
        { class: 'row' },
        element('label', {}, t('page.choose-zip'), zip),
        element('label', {}, t('page.choose-folder'), folder),
      ),
      element('label', { class: 'wide' }, t('page.key'), vkey),
      element('p', { class: 'muted' }, t('page.key-help')),
    );
    acceptDrops(drop);
    form.replaceChildren(
      element('div', { class: 'row' }, element('label', {}, t('page.language'), languages)),
      ...(page.isOwnPage ? [element('p', { class: 'muted' }, t('page.own-page'))] : []),
      drop,
      element('p', { class: 'muted' }, t('page.explain')),
    );
  }

  function acceptDrops(drop: HTMLElement): void {
    // Anywhere on the page: what misses the box must not make the browser leave the page.
    document.ondragover = (event) => {
      event.preventDefault();
      drop.classList.add('over');
    };
    document.ondragleave = () => drop.classList.remove('over');
    document.ondrop = (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      const items = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
      const directory = items.find((item) => item?.isDirectory);
      const file = event.dataTransfer?.files[0];
      if (directory) void filesUnder(directory as FileSystemDirectoryEntry).then(run, broke);
      else if (file) void run(file);
    };
  }

  async function run(chosen: Chosen): Promise<void> {
    const turn = ++running;
    const vkey = (document.getElementById('vkey') as HTMLInputElement).value.trim() || undefined;
    if (vkey !== undefined && !isKey(vkey)) {
      status.textContent = t('page.key-wrong');
      return;
    }
    outcome = null;
    drawOutcome();
    bar.hidden = false;
    bar.value = 0;
    try {
      const report = await page.check(chosen, {
        vkey,
        onProgress: (done, total) => {
          if (turn !== running) return;
          bar.value = total === 0 ? 1 : done / total;
          status.textContent = t('page.checking', { done: megabytes(done), total: megabytes(total) });
        },
      });
      // What cannot be read is a finding already; a damaged bundle is shown as far as it can be read.
      const bundle = report.refused ? null : await openBundle(chosen).catch(() => null);
      if (turn !== running) return;
      outcome = { report, bundle };
      status.textContent = t('page.done');
      drawOutcome();
    } catch (error) {
      if (turn === running) broke(error);
    } finally {
      if (turn === running) bar.hidden = true;
    }
  }

  function broke(error: unknown): void {
    status.textContent = t('page.failed', { detail: error instanceof Error ? error.message : String(error) });
  }

  function drawOutcome(): void {
    if (outcome === null) {
      results.replaceChildren();
      return;
    }
    const { report, bundle } = outcome;
    results.replaceChildren(
      verdict(report),
      ...(report.findings.length > 0 && !report.refused ? [findingsList(report)] : []),
      ...(report.summary ? [summaryList(report.summary)] : []),
      ...(bundle ? [recordsSection(bundle)] : []),
    );
    if (bundle) page.onShown?.();
  }

  function verdict({ ok, refused, findings, summary }: Report): HTMLElement {
    const key = ok ? 'verdict.ok' : refused ? 'verdict.refused' : 'verdict.findings';
    return element(
      'section',
      { class: `verdict ${ok ? 'good' : 'bad'}`, id: 'verdict' },
      element('strong', {}, t(key)),
      refused ? element('p', {}, sentence(findings[0]!)) : null,
      summary && summary.passagesWithheld > 0
        ? element(
            'p',
            {},
            t('verdict.withheld', { count: summary.passagesWithheld, sources: summary.sourcesWithheld }),
          )
        : null,
      summary ? element('p', {}, t(summary.keyIsGiven ? 'verdict.key-given' : 'verdict.key-compare')) : null,
    );
  }

  function sentence(finding: Finding): string {
    return saySentence(LANGUAGES[language].messages as Messages, finding);
  }

  function findingsList({ findings, more }: Report): HTMLElement {
    const items = findings.map((finding) =>
      element(
        'li',
        {},
        sentence(finding),
        ' ',
        finding.path || finding.record
          ? element('code', { dir: 'ltr' }, finding.path ?? finding.record ?? '')
          : null,
      ),
    );
    return element(
      'section',
      {},
      element('h2', {}, t('page.findings')),
      element('ol', { class: 'findings' }, ...items),
      more > 0 ? element('p', {}, t('verdict.more', { count: more })) : null,
    );
  }

  function summaryList(summary: Summary): HTMLElement {
    const number = new Intl.NumberFormat(`${language}-u-nu-latn`);
    const time = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
      dateStyle: 'long',
      timeStyle: 'long',
      timeZone: 'UTC',
    });
    const list = element('dl');
    const add = (key: string, value: string | number | null, isCode = false) => {
      if (value === null) return;
      const text = typeof value === 'number' ? number.format(value) : value;
      list.append(
        element('dt', {}, t(`summary.${key}`)),
        element('dd', {}, isCode ? element('code', { dir: 'ltr' }, text) : text),
      );
    };
    add('dossier', summary.dossier.title);
    add('published-by', summary.dossier.publishedBy);
    add('publication', summary.publication.number);
    add('sealed', time.format(new Date(summary.sealed.at)));
    for (const key of ['statements', 'figures', 'incidents', 'disagreements', 'sources'] as const)
      add(key, summary.counts[key] ?? 0);
    add('originals', summary.originals);
    add('passages', summary.passagesChecked);
    add('withheld', summary.passagesWithheld);
    add('proofs', summary.proofsChecked);
    add('files', summary.files);
    add('bytes', summary.bytes);
    add('log', summary.key.origin, true);
    add('checkpoint', summary.checkpoint.size);
    add('key', summary.key.vkey, true);
    add('fingerprint', summary.key.fingerprint, true);
    return element('section', {}, element('h2', {}, t('page.checked')), list);
  }

  function recordsSection(bundle: OpenBundle): HTMLElement {
    const search = element('input', { id: 'search', type: 'search' });
    const kind = element('select', { id: 'kind' });
    kind.append(new Option(t('page.all-kinds'), ''));
    for (const name of ['statement', 'figure', 'incident'] as const)
      kind.append(new Option(t(`page.kind.${name}`), name));
    const count = element('p', { class: 'muted', role: 'status' });
    const list = element('ol', { class: 'records', id: 'found' });
    const more = element('button', { type: 'button' }, t('page.show-more'));
    const lines = bundle.records.map((record) => {
      const line = recordLine(record);
      return {
        record,
        line,
        words: fold([line.who, line.what, line.when, ...record.passages.map(({ exact }) => exact)].join(' ')),
      };
    });
    let found = lines;
    const show = (from: number) => {
      const shown = found.slice(from, from + STEP);
      list.append(...shown.map(({ record, line }) => recordItem(bundle, record, line)));
      const upTo = from + shown.length;
      more.hidden = upTo >= found.length;
      more.onclick = () => show(upTo);
      count.textContent = t('page.shown', { shown: upTo, count: found.length });
    };
    const look = () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      found = lines.filter(
        ({ record, words: all }) =>
          (kind.value === '' || record.kind === kind.value) && words.every((word) => all.includes(word)),
      );
      list.replaceChildren();
      show(0);
    };
    search.addEventListener('input', look);
    kind.addEventListener('change', look);
    look();
    return element(
      'section',
      {},
      element('h2', {}, t('page.records')),
      element(
        'div',
        { class: 'row no-print' },
        element('label', { class: 'wide' }, t('page.search'), search),
        element('label', {}, t('page.kind'), kind),
      ),
      count,
      list,
      more,
    );
  }

  function recordItem(
    bundle: OpenBundle,
    record: PublicRecord,
    line: ReturnType<typeof recordLine>,
  ): HTMLElement {
    const details = element(
      'details',
      {},
      element(
        'summary',
        {},
        element('span', { class: 'mark', 'aria-hidden': 'true' }, line.mark),
        line.who === '' ? null : element('span', { dir: 'auto' }, `${line.who}: `),
        element('span', { class: 'what', dir: 'auto' }, line.what),
        line.when === '' ? null : element('span', { class: 'muted' }, ` (${line.when})`),
      ),
    );
    let isFilled = false;
    details.addEventListener('toggle', () => {
      if (isFilled || !details.open) return;
      isFilled = true;
      void fill();
    });
    async function fill(): Promise<void> {
      for (const passage of record.passages) {
        const source = bundle.sources.get(passage.source);
        const text = await bundle.text(passage.rendition).catch(() => null);
        const { start, end, exact } = passage;
        const [before, after] =
          text === null
            ? [passage.prefix, passage.suffix]
            : [text.slice(Math.max(0, start - CONTEXT), start), text.slice(end, end + CONTEXT)];
        const quote = element(
          'blockquote',
          { class: 'quoted', dir: 'auto' },
          before,
          element('mark', {}, exact),
          after,
        );
        const published = [source?.publisher, source?.published].filter(Boolean).join(', ');
        details.append(
          quote,
          element('p', {}, `${t('page.source')}: ${source?.title ?? ''}${published && ` (${published})`}`),
          ...(text === null ? [element('p', { class: 'muted' }, t('page.withheld-passage'))] : []),
        );
      }
      details.append(
        element(
          'p',
          { class: 'muted' },
          `${t('page.entry')}: `,
          element('code', { dir: 'ltr' }, entryPath(record.id)),
        ),
        element(
          'p',
          { class: 'muted' },
          `${t('page.proof')}: `,
          element('code', { dir: 'ltr' }, proofPath(record.id)),
        ),
      );
    }
    return element('li', { class: record.kind }, details);
  }
}

function isKey(vkey: string): boolean {
  try {
    parseVerifierKey(vkey);
    return true;
  } catch (error) {
    if (error instanceof LogError) return false;
    throw error;
  }
}

/** For searching: without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** The files of a folder that was dropped, with their paths from its name on. */
async function filesUnder(directory: FileSystemDirectoryEntry): Promise<{ path: string; blob: Blob }[]> {
  const found: { path: string; blob: Blob }[] = [];
  const reader = directory.createReader();
  for (;;) {
    // Browsers give at most a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const entry of some) {
      if (entry.isDirectory) found.push(...(await filesUnder(entry as FileSystemDirectoryEntry)));
      else {
        const blob = await new Promise<File>((resolve, reject) =>
          (entry as FileSystemFileEntry).file(resolve, reject),
        );
        found.push({ path: entry.fullPath.replace(/^\//, ''), blob });
      }
    }
  }
}
