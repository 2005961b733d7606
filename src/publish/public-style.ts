// The look of public pages: one stylesheet and the fonts it names, served from this house and kept by browsers for good.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartRules } from './chart/pen.ts';

interface Family {
  /** The name in stylesheets. */
  name: string;
  package: string;
  /** How its files are called: `<stem>-<subset>-<axes>-<style>.woff2`. */
  stem: string;
  subsets: string[];
  axes: string;
  styles: ('normal' | 'italic')[];
  weights: string;
}

const EUROPEAN = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'];

const FAMILIES: Family[] = [
  {
    name: 'Source Serif 4',
    package: '@fontsource-variable/source-serif-4',
    stem: 'source-serif-4',
    subsets: EUROPEAN,
    axes: 'opsz',
    styles: ['normal', 'italic'],
    weights: '200 900',
  },
  {
    name: 'Source Sans 3',
    package: '@fontsource-variable/source-sans-3',
    stem: 'source-sans-3',
    subsets: EUROPEAN,
    axes: 'wght',
    styles: ['normal', 'italic'],
    weights: '200 900',
  },
  {
    name: 'Noto Sans Arabic',
    package: '@fontsource-variable/noto-sans-arabic',
    stem: 'noto-sans-arabic',
    subsets: ['arabic'],
    axes: 'wght',
    styles: ['normal'],
    weights: '100 900',
  },
];

interface FontFile {
  name: string;
  path: string;
  face: string;
}

/** Every font file that is served, by its name. Nothing else can be asked for. */
const FONTS: ReadonlyMap<string, FontFile> = new Map(
  FAMILIES.flatMap(fontFiles).map((file) => [file.name, file]),
);

function fontFiles(family: Family): FontFile[] {
  const folder = dirname(createRequire(import.meta.url).resolve(`${family.package}/package.json`));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const ranges: Record<string, string> = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8'));
  return family.subsets.flatMap((subset) =>
    family.styles.flatMap((style) => {
      const name = `${family.stem}-${subset}-${family.axes}-${style}.woff2`;
      const path = join(folder, 'files', name);
      if (!existsSync(path)) return [];
      const face = [
        `font-family:'${family.name}'`,
        `font-style:${style}`,
        `font-weight:${family.weights}`,
        'font-display:swap',
        // The version makes a new address for a new file, since browsers keep the old one.
        `src:url(/assets/fonts/${name}?v=${version}) format('woff2')`,
        `unicode-range:${ranges[subset]}`,
      ].join(';');
      return [{ name, path, face: `@font-face{${face}}` }];
    }),
  );
}

/** The stylesheet lies beside this module, in the source and in the build. */
const STYLESHEET = [
  ...[...FONTS.values()].map(({ face }) => face),
  readFileSync(fileURLToPath(new URL('./public.css', import.meta.url)), 'utf8'),
  chartRules('@media screen and (prefers-color-scheme: dark)'),
].join('\n');
const HASH = createHash('sha256').update(STYLESHEET).digest('hex').slice(0, 16);

/** The whole stylesheet of public pages, fonts first. */
export function stylesheet(): string {
  return STYLESHEET;
}

/** Where pages find it; the address changes with what it says. */
export function stylesheetAddress(): string {
  return `/assets/public.css?v=${HASH}`;
}

/** The bytes of a font file by its name, or null for any name that is not one of ours. */
export function fontFile(name: string): Uint8Array<ArrayBuffer> | null {
  const file = FONTS.get(name);
  return file ? new Uint8Array(readFileSync(file.path)) : null;
}
