// Languages by name, in the reader's language.

/** The languages offered by name; any other tag can still stand in a source. */
const OFFERED = [
  'ar',
  'ckb',
  'de',
  'en',
  'es',
  'fa',
  'fr',
  'it',
  'ku',
  'nl',
  'ps',
  'so',
  'ti',
  'tr',
  'ur',
  'vi',
];

/** The name of a language, or its tag where this browser does not know it. */
export function languageName(locale: string, tag: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Choices for a field of language, by name; `current` is among them whatever it is. */
export function languageOptions(locale: string, current: string | null): { value: string; label: string }[] {
  const tags = current && !OFFERED.includes(current) ? [...OFFERED, current] : OFFERED;
  return tags
    .map((value) => ({ value, label: languageName(locale, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
