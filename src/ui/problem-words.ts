// Problems in the person's language: by their code and details, or, where only a sentence was kept, by what it says.
import english from '../../locales/en.json';
import type { MessageKey, Words } from './messages.tsx';

/** What is needed of a problem to show it; an ApiProblem is one, a source's failure another. */
export interface ProblemLike {
  code?: string;
  /** The server's own sentence, in English. */
  message: string;
  details?: Record<string, unknown>;
}

/**
 * What a sentence was made with, read back out of it by the English message it was made by; null where it does not fit.
 * @example valuesIn('No {what} here.', 'No dossier here.') // { what: 'dossier' }
 */
export function valuesIn(message: string, sentence: string): Record<string, string> | null {
  // Plurals and choices leave nothing to read back.
  if (/\{\w+\s*,/.test(message)) return null;
  const names: string[] = [];
  const pattern = message
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part);
      return '(.+?)';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`, 's').exec(sentence);
  return match && Object.fromEntries(names.map((name, index) => [name, match[index + 1]!]));
}

/** A problem as a sentence in the language of the words; the server's own where there is no other. */
export function problemInWords({ code, message, details }: ProblemLike, words: Words): string {
  const key = `problem.${code}`;
  if (!words.has(key)) return message;
  const values =
    details && Object.keys(details).length > 0 ? details : valuesIn(english[key as MessageKey], message);
  try {
    return words.t(key, (values ?? {}) as Record<string, string | number>);
  } catch {
    // A value the message needs is not known: the server's sentence has it already.
    return message;
  }
}
