// Offices as English and French texts name them: "French interior minister", « ministère de l’intérieur », "Home Office".
// A minister and the ministry are one office; a minister of another country, or of something else, is another.
import { fold, stemOf, wordsOf } from './words.ts';

/** An office: what sort it is, of what, and of which country where that is said. */
export interface Office {
  family: string;
  /** What it is in charge of or where, as stems in order; empty when only "the minister" is said. */
  portfolio: string[];
  country: string | null;
}

/** Beginnings of the words that name a sort of office. */
const FAMILIES: [family: string, words: RegExp][] = [
  ['ministry', /^(?:minist(?:er|ers|ry|ries|re|res|ere|eres|eriel|erial)|ministerial)$/],
  ['government', /^(?:governments?|gouvernements?|gouvernemental|matignon|executif)$/],
  ['prefecture', /^(?:prefects?|prefectures?|prefets?|prefetes?|prefectoral|prefectorale)$/],
  [
    'town',
    /^(?:mayors?|mayoress|maires?|mairies?|councils?|councillors?|municipalit(?:y|e)s?|municipal|commune)$/,
  ],
  ['police', /^(?:police|policiers?|policemen|gendarmerie|gendarmes?|crs)$/],
  ['prosecutor', /^(?:prosecutors?|procureure?s?|parquet)$/],
  ['coastguard', /^(?:coastguards?)$/],
  ['presidency', /^(?:presidents?|presidente|presidency|presidence|elysee)$/],
  ['authority', /^(?:authorit(?:y|ies)|autorites?|officials?|etat|state)$/],
  ['court', /^(?:courts?|tribunal|tribunaux|judges?|juges?)$/],
];

/** Expressions of several words, and what they say in the words above. */
const EXPRESSIONS: [RegExp, string][] = [
  [/\bprime minister('s office)?\b|\bpremiere? ministre\b|\bdowning street\b/g, ' government '],
  [/\bhome (?:office|secretary)\b/g, ' ministry interior british '],
  [/\bforeign (?:office|secretary)\b/g, ' ministry foreign british '],
  [/\b(\w+) secretary\b(?= *$|,| of state)/g, ' ministry $1 '],
  [/\bsecretar(?:y|ies) of state\b|\bsecretaires? d'etat\b|\bgarde des sceaux\b/g, ' ministry '],
  [/\bcoast guards?\b|\bgarde-cotes\b|\bgardes-cotes\b/g, ' coastguard '],
  [/\b(?:town|city) (?:hall|council)\b|\bhotel de ville\b|\bconseil municipal\b/g, ' council '],
  [/\b(?:sub|sous)-?(?= ?pref)/g, ' sub '],
  [/\bunited kingdom\b|\broyaume-uni\b|\bgreat britain\b|\bgrande-bretagne\b/g, ' british '],
  [/\bunited states\b|\betats-unis\b/g, ' american '],
  [/\bpays-bas\b/g, ' dutch '],
  [/\bporte-parole\b/g, ' spokesman '],
];

const COUNTRIES: [country: string, words: RegExp][] = [
  ['FR', /^(?:french|france|francais|francaise|francaises|paris)$/],
  ['GB', /^(?:british|britain|uk|britannique|britanniques|england|english|anglais|anglaise|londres|london)$/],
  ['BE', /^(?:belgian|belgium|belge|belges|belgique)$/],
  ['DE', /^(?:german|germany|allemand|allemande|allemagne)$/],
  ['IT', /^(?:italian|italy|italien|italienne|italie)$/],
  ['ES', /^(?:spanish|spain|espagnol|espagnole|espagne)$/],
  ['GR', /^(?:greek|greece|grec|grecque|grece)$/],
  ['NL', /^(?:dutch|netherlands|neerlandais|neerlandaise)$/],
  ['PL', /^(?:polish|poland|polonais|polonaise|pologne)$/],
  ['HU', /^(?:hungarian|hungary|hongrois|hongroise|hongrie)$/],
  ['TR', /^(?:turkish|turkey|turc|turque|turquie)$/],
  ['LY', /^(?:libyan|libya|libyen|libyenne|libye)$/],
  ['MA', /^(?:moroccan|morocco|marocain|marocaine|maroc)$/],
  ['TN', /^(?:tunisian|tunisia|tunisien|tunisienne|tunisie)$/],
  ['US', /^(?:american|americain|americaine|washington)$/],
  ['EU', /^(?:european|europeen|europeenne|eu|ue|brussels|bruxelles)$/],
];

/** What an office may be in charge of, in both languages. */
const PORTFOLIOS: [name: string, words: RegExp][] = [
  ['interior', /^(?:interior|interieur|home)$/],
  ['foreign', /^(?:foreign|etranger|etrangers|etrangere|etrangeres)$/],
  ['health', /^(?:health|sante)$/],
  ['defence', /^(?:defen[cs]e|armees?)$/],
  ['transport', /^transports?$/],
  ['housing', /^(?:housing|logement)$/],
  ['labour', /^(?:labou?r|travail|employment|emploi)$/],
  ['finance', /^(?:finances?|treasury|economy|economie)$/],
  ['environment', /^(?:environment|environnement|ecologie|ecologique)$/],
  ['security', /^(?:security|securite)$/],
  ['citizenship', /^(?:citizenship|citoyennete)$/],
];

/** Words that say how somebody stands to a body, and nothing of which body. */
const STANDING =
  /^(?:the|an?|l|la|le|les|d|du|de|des|of|for|in|at|and|et|un|une|to|spokes(?:man|woman|person|people)|directors?|directeurs?|directrices?|heads?|chiefs?|chefs?|coordinat(?:or|ors|eur|rice)|deputy|vice|adjointe?|national|nationale|general|generale|secretary|secretaire|representatives?|representante?|members?|membres?|lawyers?|avocate?s?|delegue|deleguee|office|affairs|affaires|charge|then|former|ancien|ancienne|local|locales?|sources?|close|near|department|press|service|presse|cabinet|aide)$/;

const meaning = (list: [string, RegExp][], word: string) => list.find(([, words]) => words.test(word))?.[0];

/** An office and the words of a body that a description names; `office` null where it names none. */
export interface Described {
  office: Office | null;
  /** The words that are neither office, country nor standing, as stems: the name of a body or a place. */
  words: string[];
  country: string | null;
}

/** What a role or a name says of an office. */
export function described(text: string): Described {
  let plain = fold(text);
  for (const [expression, words] of EXPRESSIONS) plain = plain.replace(expression, words);
  let family: string | null = null;
  let country: string | null = null;
  const words: string[] = [];
  for (const word of wordsOf(plain)) {
    const sort = meaning(FAMILIES, word);
    const from = meaning(COUNTRIES, word);
    if (sort !== undefined) {
      // "Government minister" is a minister; "police prefect" a prefect.
      if (family === null || family === 'government' || family === 'police' || family === 'authority')
        family = sort;
    } else if (from !== undefined) country ??= from;
    else if (!STANDING.test(word)) words.push(meaning(PORTFOLIOS, word) ?? stemOf(word));
  }
  const portfolio = [...new Set(words)].sort();
  return { office: family === null ? null : { family, portfolio, country }, words: portfolio, country };
}

/**
 * Whether two offices may be one: "yes" when what they are in charge of agrees, "perhaps" when one of them does not say,
 * "no" otherwise.
 */
export function sameOffice(a: Office, b: Office): 'yes' | 'perhaps' | 'no' {
  if (a.family !== b.family) return 'no';
  if (a.country !== null && b.country !== null && a.country !== b.country) return 'no';
  if (a.family === 'government') {
    if (a.country !== null && b.country !== null) return 'yes';
    return a.portfolio.length > 0 || b.portfolio.length > 0 ? 'no' : 'perhaps';
  }
  if (a.portfolio.length === 0 || b.portfolio.length === 0) return 'perhaps';
  const [few, many] = a.portfolio.length <= b.portfolio.length ? [a, b] : [b, a];
  return few.portfolio.every((word) => many.portfolio.includes(word)) ? 'yes' : 'no';
}

const STATE = new Set(['government', 'ministry', 'presidency', 'prefecture', 'police']);

/** Whether two offices are of one government. Where a country is not said, one text speaks of one country's. */
export function sameGovernment(a: Office, b: Office, together: boolean): boolean {
  if (!STATE.has(a.family) || !STATE.has(b.family)) return false;
  if (a.country !== null && b.country !== null) return a.country === b.country;
  return together;
}

const families = new Map<string, string | null>();

/** The sort of office a folded word names: "minister", « préfecture »; null for other words. */
export function familyOf(word: string): string | null {
  let family = families.get(word);
  if (family === undefined) {
    family = meaning(FAMILIES, word) ?? null;
    if (families.size >= 100_000) families.clear();
    families.set(word, family);
  }
  return family;
}
