// Times of day, "at 8.30 am", « vers 20 h 30 », « à 4 heures et demie »: found so that nothing else is made of their numbers.
import { readNumberWords } from './number-word.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

const HOUR = /^(?:[01]?\d|2[0-4])$/;
const HOUR_MINUTE = /^(?:[01]?\d|2[0-4])\.[0-5]\d$/;
const FRENCH_HOUR = /^(?:[01]?\d|2[0-4])h(?:[0-5]\d)?$/;
const ENGLISH_HOUR = /^(?:1[0-2]|0?\d)(?:\.[0-5]\d)?(?:am|pm)$/;
const MILITARY = /^(?:[01]\d|2[0-4])[0-5]\d$/;
const HALF = /^(?:am|pm|a\.m|p\.m|a\.m\.|p\.m\.|a|p)$/;
const ZONE = /^(?:gmt|utc|bst|cet|cest|est|edt|pst|pdt)$/;
const TIME_BEFORE = {
  en: /^(?:at|around|about|by|before|after|until|till|from|since|past)$/,
  fr: /^(?:à|vers|dès|avant|après|jusqu'à|depuis|sur)$/,
};

/**
 * The index after the time of day that begins at a token, or null. A length of time (« pendant 4 heures », "for 8 hours")
 * is none: hours need a preposition of time before them.
 */
export function clockTimeAt(tokens: Token[], at: number, language: Language): number | null {
  const token = tokens[at];
  if (!token) return null;
  const lower = (index: number) => tokens[index]?.lower ?? '';
  const placed = TIME_BEFORE[language].test(lower(at - 1));
  if (token.kind === 'number') {
    const { lower: text } = token;
    if (FRENCH_HOUR.test(text) && !(text.endsWith('h') && language === 'en')) {
      const minutes = text.endsWith('h') && /^[0-5]\d$/.test(lower(at + 1));
      return minutes ? at + 2 : at + 1;
    }
    if (ENGLISH_HOUR.test(text)) return at + 1;
    const colon = HOUR.test(text) && lower(at + 1) === ':' && /^[0-5]\d(?:am|pm)?$/.test(lower(at + 2));
    if (colon && tokens[at + 1]!.start === token.end && tokens[at + 2]!.start === tokens[at + 1]!.end)
      return halfAfter(tokens, at + 3);
    if (HOUR.test(text) || HOUR_MINUTE.test(text)) {
      if (HALF.test(lower(at + 1)) && halfAfter(tokens, at + 1) > at + 1) return halfAfter(tokens, at + 1);
      if (language === 'en' && lower(at + 1) === "o'clock") return at + 2;
      if (HOUR_MINUTE.test(text) && lower(at - 1) === 'at') return at + 1;
    }
    if (MILITARY.test(text) && ZONE.test(lower(at + 1))) return at + 2;
    if (language === 'fr' && HOUR.test(text)) return hoursAfter(tokens, at + 1, placed);
    return null;
  }
  if (token.kind !== 'word' || !placed) return null;
  if (token.lower === 'midday' || token.lower === 'noon' || token.lower === 'midnight') return at + 1;
  if (language === 'fr') {
    const words = readNumberWords(tokens, at, 'fr');
    const count = words ? words.tokens : token.lower === 'une' ? 1 : 0;
    return count > 0 && (words?.value ?? 1) <= 24 ? hoursAfter(tokens, at + count, placed) : null;
  }
  const words = readNumberWords(tokens, at, 'en');
  return words && lower(at + words.tokens) === "o'clock" ? at + words.tokens + 1 : null;
}

/** « 20 h 30 », « 4 heures et demie du matin »: `at` is where the unit stands. */
function hoursAfter(tokens: Token[], at: number, placed: boolean): number | null {
  const lower = (index: number) => tokens[index]?.lower ?? '';
  const unit = lower(at);
  if (unit !== 'h' && unit !== 'heure' && unit !== 'heures') return null;
  let next = at + 1;
  if (/^[0-5]\d$/.test(lower(next))) next++;
  else if (unit === 'h') return placed || lower(at - 2) === 'de' ? next : null;
  else if (!placed) return null;
  if (lower(next) === 'et' && /^(?:demie?|quart)$/.test(lower(next + 1))) next += 2;
  else if (lower(next) === 'moins' && lower(next + 1) === 'le' && lower(next + 2) === 'quart') next += 3;
  return next;
}

/** Past "am", "p.m." and "a" "." "m" "." as far as they stand here. */
function halfAfter(tokens: Token[], at: number): number {
  const lower = (index: number) => tokens[index]?.lower ?? '';
  if (/^[ap]\.m\.?$/.test(lower(at)) || lower(at) === 'am' || lower(at) === 'pm') {
    return lower(at).endsWith('m') && lower(at).includes('.') && lower(at + 1) === '.' ? at + 2 : at + 1;
  }
  return at;
}
