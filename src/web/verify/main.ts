// The page /verify: checks a bundle in a worker on this device. Nothing is uploaded; the page could not: it may not connect.
import '../../ui/trusted-types.ts';
import '@fontsource-variable/source-serif-4/wght.css';
import '@fontsource-variable/source-sans-3/wght.css';
import '@fontsource-variable/noto-sans-arabic/wght.css';
import '../../publish/bundle/reader.css';
import ar from '../../../locales/verify/ar.json';
import en from '../../../locales/verify/en.json';
import fr from '../../../locales/verify/fr.json';
import type { Chosen } from '../../publish/bundle/open-bundle.ts';
import { mountReader } from '../../publish/bundle/reader-page.ts';
import type { Report } from '../../publish/bundle/report.ts';
import type { CheckAnswer, CheckRequest } from './worker.ts';

const TITLES: Record<string, string> = {
  en: en['page.title'],
  fr: fr['page.title'],
  ar: ar['page.title'],
};

mountReader({
  root: document.getElementById('reader')!,
  language: preferred(),
  isOwnPage: false,
  check,
  onLanguage: (language) => {
    const title = TITLES[language] ?? TITLES.en!;
    document.title = `${title} · Constat`;
    document.getElementById('title')!.textContent = title;
  },
});

/** The first of the reader's languages that the page has. */
function preferred(): string {
  return navigator.languages.map((tag) => tag.split('-')[0]!).find((tag) => tag in TITLES) ?? 'en';
}

let current: Worker | undefined;

/** Runs the check in a worker of its own; one that is still going is ended. */
function check(
  chosen: Chosen,
  { vkey, onProgress }: { vkey: string | undefined; onProgress: (done: number, total: number) => void },
): Promise<Report> {
  current?.terminate();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  current = worker;
  return new Promise<Report>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
      if ('report' in data) resolve(data.report);
      else if ('failure' in data) reject(new Error(data.failure));
      else onProgress(data.done, data.total);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ chosen, vkey } satisfies CheckRequest);
  }).finally(() => worker.terminate());
}
