// Confidence as a frequency: from how much a rule had to guess to how often such suggestions are right.
import type { Suggestions } from '../record/suggestion.ts';
import type { Language } from './propose.ts';

/**
 * Rules rate what they had to guess, from 0 to 1, and are too modest: measured on labelled news, even their guesses are
 * mostly right. A straight line per language puts the rating on the measured scale. It is steep enough to keep the order
 * and coarse enough to be of no data set (`docs/accuracy.md` has the tables); French is lower because the French labels
 * are fewer and of other kinds of text.
 */
const STATEMENTS: Record<Language, { least: number; range: number }> = {
  en: { least: 0.5, range: 0.5 },
  fr: { least: 0.4, range: 0.5 },
};
const FIGURES = { least: 0.5, range: 0.5 };

/** Puts the ratings of a proposal on the scale of frequencies, in place. Incidents keep theirs: nothing measures them. */
export function calibrate(suggestions: Suggestions, language: Language): void {
  const line = (rating: number, { least, range }: { least: number; range: number }) =>
    Math.round((least + range * rating) * 100) / 100;
  for (const statement of suggestions.statements)
    statement.confidence = line(statement.confidence, STATEMENTS[language]);
  for (const figure of suggestions.figures) figure.confidence = line(figure.confidence, FIGURES);
}
