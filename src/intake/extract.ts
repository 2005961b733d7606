// A file's suggestions without a store: what `constat read` prints.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { detectLanguage } from '../language/detect.ts';
import { propose } from '../language/propose.ts';
import { type Problem, problem } from '../record/problem.ts';
import { isTable } from '../record/source.ts';
import type { FigureSuggestion, StatementSuggestion } from '../record/suggestion.ts';
import { intakeLimits, sizeText } from './limits.ts';
import { natureOf, read } from './read.ts';

/** What stands in one file; offsets count UTF-16 code units of `text`. */
export interface Extract {
  source: {
    path: string;
    sha256: string;
    mediaType: string;
    language: string;
    title: string | null;
    published: string | null;
    textLength: number;
  };
  text: string;
  statements: StatementSuggestion[];
  figures: FigureSuggestion[];
}

/** Reads one file and proposes from its text. Why it cannot be read is in the answer. */
export async function extractFile(
  path: string,
  bytes: Uint8Array,
  language?: 'en' | 'fr',
): Promise<{ ok: true; extract: Extract } | { ok: false; problem: Problem }> {
  if (bytes.length === 0) return { ok: false, problem: problem('source.empty') };
  const limits = intakeLimits();
  if (bytes.length > limits.upload) {
    return { ok: false, problem: problem('source.too-large', { limit: sizeText(limits.upload) }) };
  }
  const nature = natureOf(bytes, basename(path));
  const reading = await read(bytes, nature, limits);
  if (!reading.ok) return reading;
  const { text, metadata, layout } = reading;
  const found = language ?? detectLanguage(text).language;
  // Every language has figures and quotation marks; the English rules do least harm to the others.
  // Nothing is proposed from a table: its figures are imported row by row.
  const suggestions = isTable(nature)
    ? { statements: [], figures: [] }
    : propose(text, found === 'fr' ? 'fr' : 'en', {
        title: metadata.title,
        published: metadata.published,
        publisher: metadata.publisher,
        blocks: layout.blocks,
      });
  return {
    ok: true,
    extract: {
      source: {
        path,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        mediaType: nature.mediaType,
        language: metadata.language ?? found,
        title: metadata.title,
        published: metadata.published,
        textLength: text.length,
      },
      text,
      statements: suggestions.statements,
      figures: suggestions.figures,
    },
  };
}
