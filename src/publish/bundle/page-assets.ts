// Script and style of a bundle's page, each as one text: beside the built program, or built when asked for.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What is written into the page. */
export interface PageAssets {
  script: string;
  style: string;
}

/** The names under which the build puts them beside the program. */
export const PAGE_FILES = { script: 'bundle-page.js', style: 'bundle-page.css' } as const;

let built: Promise<PageAssets> | undefined;

/** The assets; from a checkout without a build they are made once, which takes about a second. */
export function pageAssets(): Promise<PageAssets> {
  built ??= find();
  return built;
}

async function find(): Promise<PageAssets> {
  const [script, style] = [PAGE_FILES.script, PAGE_FILES.style].map((name) =>
    fileURLToPath(new URL(`./${name}`, import.meta.url)),
  );
  if (existsSync(script!))
    return { script: readFileSync(script!, 'utf8'), style: readFileSync(style!, 'utf8') };
  return buildPageAssets();
}

/** Builds the assets with Vite: one script without imports, and one style sheet. The same sources give the same bytes. */
export async function buildPageAssets(): Promise<PageAssets> {
  const { build } = await import('vite');
  const outputs = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    build: {
      write: false,
      target: 'es2022',
      cssTarget: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('./bundle-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'constat',
        fileName: 'bundle-page',
      },
    },
  });
  const files = [outputs].flat().flatMap((output) => ('output' in output ? output.output : []));
  const script = files.find((file) => file.type === 'chunk');
  const style = files.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  if (script?.type !== 'chunk' || style?.type !== 'asset') throw new Error('the bundle’s page was not built');
  return { script: script.code, style: String(style.source) };
}
