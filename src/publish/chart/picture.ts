// A chart as a picture: for slides, papers and places that take no SVG. The fonts are those of this house, so that every
// machine draws the same, Arabic as well.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const FONTS = [
  ...(['400Regular/SourceSans3_400Regular.ttf', '600SemiBold/SourceSans3_600SemiBold.ttf'] as const).map(
    (file) => fontFile('@expo-google-fonts/source-sans-3', file),
  ),
  ...(
    ['400Regular/NotoSansArabic_400Regular.ttf', '600SemiBold/NotoSansArabic_600SemiBold.ttf'] as const
  ).map((file) => fontFile('@expo-google-fonts/noto-sans-arabic', file)),
];

function fontFile(name: string, file: string): string {
  const path = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
  if (!existsSync(path)) throw new Error(`a font is missing: ${path}`);
  return path;
}

/** An SVG that is a file by itself as PNG, so many pixels wide, in its colours for light paper. */
export function pictureOf(svg: string, width: number): Uint8Array<ArrayBuffer> {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'Source Sans 3' },
    // What a page of a browser would do with a dark screen, a picture does not.
    languages: ['en'],
  });
  return new Uint8Array(drawing.render().asPng());
}
