// Currencies by sign, code and word, as ISO 4217 codes (and BTC, which has none).

import { lowerOf, type Piece, touches } from './piece.ts';
import type { Language } from './propose.ts';

const list = (words: string): string[] => words.trim().split(/\s+/);

const CODES = new Set(
  list(
    `AED AFN AMD ARS AUD AZN BAM BDT BGN BHD BIF BRL BWP BYN BTC CAD CDF CHF CLP CNY COP CRC CZK DJF DKK DOP DZD EGP ERN ETB
    EUR GBP GEL GHS GMD GNF GTQ HKD HRK HUF IDR ILS INR IQD IRR ISK JOD JPY KES KRW KWD KZT LAK LBP LKR LYD MAD MDL MGA MKD
    MMK MRU MUR MXN MYR NGN NOK NPR NZD OMR PHP PKR PLN QAR RON RSD RUB RWF SAR SDG SEK SGD SLE SSP SYP THB TND TRY
    TWD TZS UAH UGX USD UYU UZS VND XAF XOF YER ZAR ZMW RMB`,
  ),
);

const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '£': 'GBP',
    '€': 'EUR',
    $: 'USD',
    '¥': 'JPY',
    '₽': 'RUB',
    '₹': 'INR',
    '₺': 'TRY',
    '₩': 'KRW',
    '₪': 'ILS',
    '₫': 'VND',
    '฿': 'THB',
    '₴': 'UAH',
    '₦': 'NGN',
    '₱': 'PHP',
    '₡': 'CRC',
    '₾': 'GEL',
    '₭': 'LAK',
    '₿': 'BTC',
    '₸': 'KZT',
    '₵': 'GHS',
    元: 'CNY',
    円: 'JPY',
    ரூ: 'LKR',
  }),
);

/** What may stand against a dollar sign: US$, A$, $CAD. */
const DOLLARS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    us: 'USD',
    'u.s': 'USD',
    'u.s.': 'USD',
    usd: 'USD',
    a: 'AUD',
    au: 'AUD',
    aud: 'AUD',
    c: 'CAD',
    ca: 'CAD',
    can: 'CAD',
    cad: 'CAD',
    nz: 'NZD',
    nzd: 'NZD',
    hk: 'HKD',
    hkd: 'HKD',
    s: 'SGD',
    sgd: 'SGD',
    mx: 'MXN',
    mex: 'MXN',
    mxn: 'MXN',
    nt: 'TWD',
    r: 'BRL',
  }),
);

/** Currencies by name; words are in the singular, with a code after the colon. */
const NAMES = new Map<string, string>();
function names(code: string, phrases: string): void {
  for (const phrase of phrases.split('|')) NAMES.set(phrase, code);
}
names(
  'USD',
  'dollar|us dollar|u.s. dollar|united states dollar|american dollar|dollar américain|dollar états-unis|dollar us|buck|greenback',
);
names('CAD', 'canadian dollar|dollar canadien|loonie');
names('AUD', 'australian dollar|dollar australien');
names('NZD', 'new zealand dollar|dollar néo zélandais|dollar néo-zélandais');
names('HKD', 'hong kong dollar|dollar de hong kong|dollar hongkongais');
names('SGD', 'singapore dollar|dollar de singapour');
names('TWD', 'taiwan dollar|dollar taïwanais');
names('EUR', 'euro');
names('GBP', 'pound|pound sterling|british pound|sterling|livre|livre sterling|livre britannique|quid');
names('EGP', 'egyptian pound|livre égyptienne');
names('LBP', 'lebanese pound|livre libanaise');
names('SYP', 'syrian pound|livre syrienne');
names('SDG', 'sudanese pound|livre soudanaise');
names('JPY', 'yen|japanese yen|yen japonais');
names('CNY', 'yuan|chinese yuan|yuan chinois|renminbi|kuai|rmb');
names('KRW', 'won|korean won|south korean won|won sud coréen');
names('INR', 'rupee|indian rupee|roupie|roupie indienne');
names('PKR', 'pakistani rupee|roupie pakistanaise');
names('LKR', 'sri lankan rupee|roupie sri lankaise');
names('RUB', 'rouble|ruble|russian rouble|russian ruble|rouble russe');
names('CHF', 'swiss franc|franc suisse');
names('XOF', 'cfa franc|franc cfa');
names('FRF', 'franc|french franc|franc français');
names('TRY', 'turkish lira|lira|livre turque');
names('SEK', 'swedish krona|swedish crown|couronne suédoise');
names('NOK', 'norwegian krone|norwegian crown|couronne norvégienne');
names('DKK', 'danish krone|danish kroner|danish crown|couronne danoise');
names('CZK', 'czech crown|couronne tchèque');
names('PLN', 'zloty|polish zloty|zloty polonais');
names('HUF', 'forint|hungarian forint');
names('RON', 'romanian leu|leu roumain');
names('BGN', 'bulgarian lev');
names('UAH', 'hryvnia');
names('HRK', 'kuna|croatian kuna');
names('RSD', 'serbian dinar|dinar serbe');
names('DZD', 'algerian dinar|dinar algérien');
names('TND', 'tunisian dinar|dinar tunisien');
names('LYD', 'libyan dinar|dinar libyen');
names('IQD', 'iraqi dinar|dinar irakien');
names('MAD', 'dirham|moroccan dirham|dirham marocain');
names('AED', 'emirati dirham|dirham émirati');
names('SAR', 'riyal|saudi riyal|riyal saoudien');
names('QAR', 'qatari riyal|riyal qatari');
names('IRR', 'rial|iranian rial|rial iranien');
names('ILS', 'shekel|israeli shekel|new shekel');
names('ZAR', 'rand|south african rand|rand sud africain');
names('NGN', 'naira');
names('GHS', 'cedi');
names('KES', 'kenyan shilling');
names('ETB', 'birr');
names('AFN', 'afghani');
names('GEL', 'lari|georgian lari');
names('THB', 'baht|thai baht');
names('MYR', 'ringgit|malaysian ringgit');
names('IDR', 'rupiah');
names('PHP', 'philippine peso|peso philippin');
names('MXN', 'mexican peso|peso mexicain');
names('ARS', 'argentine peso|peso argentin');
names('BRL', 'brazilian real|real brésilien');
names('VND', 'dong');
names('CRC', 'colón|costa rican colón');
names('LAK', 'kip|lao kip');
names('BTC', 'bitcoin');
// Money that is no longer, or that has no code of its own; the unit is then its name.
names('DEM', 'mark|marque|german mark|deutschmark|deutsche mark|mark allemand');
names('FIM', 'finnish markka|finnish mark|mark finlandais');
names('NLG', 'guilder|dutch guilder|netherlands guilder|florin|florin hollandais|florin néerlandais');
names('ESP', 'peseta');
names('ITL', 'italian lira|lire');
names('peso', 'peso');
names('dinar', 'dinar');
names('krone', 'krone|kroner|krona|kronor|crown|couronne');
names('pesewa', 'pesewa');
names('satoshi', 'satoshi');
names('sen', 'sen');
names('cent', 'cent|centime');
names('penny', 'penny|pence|p');

/** Words that are no money in the other reading: « livre » is a book too, "mark" and "crown" are verbs, "buck" an animal. */
const HUNDREDTHS = new Set(['cent', 'penny']);

const SINGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pennies: 'penny',
    rupees: 'rupee',
    kuna: 'kuna',
    lire: 'lire',
    kn: 'kuna',
  }),
);

/** Whether letters in capitals are a currency's code: "USD" in "USD10m". */
export function isCurrencyCode(letters: string): boolean {
  return (
    letters.length === 3 &&
    (CODES.has(letters) ||
      (CODES.has(letters.toUpperCase()) &&
        letters === letters.toLowerCase() &&
        /^(?:usd|eur|gbp|aud|cad|nzd|mxn|chf|jpy|cny)$/.test(letters)))
  );
}

const codeOf = (letters: string): string => (letters.toUpperCase() === 'RMB' ? 'CNY' : letters.toUpperCase());

/** A currency and the piece after it. */
export interface CurrencyReading {
  unit: string;
  next: number;
  /** Thousands or millions written with the currency: « M€ », "MUSD". */
  scale: number;
  /** A coin of which a hundred make the unit: cents, pence. */
  coin: boolean;
  /** Written as a sign or code, not as a word. */
  sign: boolean;
}

const reading = (unit: string, next: number, sign: boolean, scale = 1): CurrencyReading => ({
  unit,
  next,
  scale,
  coin: HUNDREDTHS.has(unit),
  sign,
});

/** Whether a currency may stand at a piece, before a number: a quick test before the slow one. */
export function mayBeginMoney(pieces: Piece[], at: number): boolean {
  const piece = pieces[at]!;
  if (piece.kind === 'mark') return SIGNS.has(piece.text);
  const next = pieces[at + 1];
  if (!next || piece.kind !== 'word' || piece.text.length > 5) return false;
  return next.kind === 'digits' || next.kind === 'mark';
}

/** The currency that stands before a number: a sign, "US$", "$US", "A $", a code. The number begins at `next`. */
export function currencyBefore(pieces: Piece[], at: number, loose = false): CurrencyReading | null {
  const piece = pieces[at]!;
  const next = pieces[at + 1];
  if (!next) return null;
  if (piece.kind === 'mark') {
    const sign = SIGNS.get(piece.text);
    if (!sign) return null;
    // "$US55", "$A82": the country after the sign.
    const dollar =
      piece.text === '$' && next.kind === 'word' && !next.gap ? DOLLARS.get(next.lower) : undefined;
    return dollar ? reading(dollar, at + 2, true) : reading(sign, at + 1, true);
  }
  if (piece.kind !== 'word') return null;
  if (next.text === '$') {
    const dollar = DOLLARS.get(piece.lower);
    // "US $5" and "A$6" are dollars of somewhere, "a $5 note" is not.
    const near = !next.gap
      ? piece.lower !== 'a' || piece.capital
      : loose
        ? piece.lower !== 'a' && piece.lower !== 's'
        : piece.capital && piece.lower !== 'a' && piece.lower !== 's';
    if (dollar && near) return reading(dollar, at + 2, true);
  }
  const scaled = /^([MKk])([A-Z]{3})$/.exec(piece.text);
  if (scaled && CODES.has(scaled[2]!))
    return reading(codeOf(scaled[2]!), at + 1, true, scaled[1] === 'M' ? 1e6 : 1e3);
  if (CODES.has(piece.text) || isCurrencyCode(piece.text) || piece.text === 'rmb')
    return reading(codeOf(piece.text), at + 1, true);
  if (piece.text === 'Rs' || piece.text === 'Rs.') return reading('INR', at + 1, true);
  if (piece.text === 'RM' && !next.gap) return reading('MYR', at + 1, true);
  if (piece.text === 'PS' && !next.gap) return reading('GBP', at + 1, true);
  if (piece.text === 'Y' && (next.text === '=' || next.text === '¥') && !next.gap)
    return reading('JPY', at + 2, true);
  return null;
}

/** The currency that stands after a number: "euros", « d'euros », « de livres sterling », "€", "USD", "US dollars". */
export function currencyAfter(pieces: Piece[], at: number, language: Language): CurrencyReading | null {
  let index = at;
  const first = lowerOf(pieces, index);
  if (language === 'fr' && (first === 'de' || first === "d'")) index++;
  const piece = pieces[index];
  if (!piece) return null;
  const sign = SIGNS.get(piece.text);
  if (sign) return reading(...withCountry(pieces, index, sign), true);
  if (piece.kind !== 'word') return null;
  const scale = /^(?:[mk]|md|mds)$/.test(piece.lower) ? piece.lower : '';
  if (scale !== '' && pieces[index + 1] && SIGNS.has(pieces[index + 1]!.text) && touches(pieces, index + 1))
    return reading(SIGNS.get(pieces[index + 1]!.text)!, index + 2, true, SCALES[scale]!);
  if (CODES.has(piece.text) || isCurrencyCode(piece.text))
    return reading(codeOf(piece.text), index + 1, true);
  const scaled = /^([MKk])([A-Z]{3})$/.exec(piece.text);
  if (scaled && CODES.has(scaled[2]!))
    return reading(codeOf(scaled[2]!), index + 1, true, scaled[1] === 'M' ? 1e6 : 1e3);
  return currencyName(pieces, index);
}

const SCALES: Record<string, number> = { k: 1e3, m: 1e6, md: 1e9, mds: 1e9 };

/** « 16 $ CAD », « 3 $ hk »: the country after the sign. */
function withCountry(pieces: Piece[], at: number, sign: string): [string, number] {
  const next = pieces[at + 1];
  if (pieces[at]!.text !== '$' || next?.kind !== 'word') return [sign, at + 1];
  const known = DOLLARS.get(next.lower);
  const code =
    next.lower.length > 1 ||
    !next.gap ||
    /^[^\p{L}]|^$/u.test(pieces[at + 2]?.text ?? '') ||
    next.lower === 'c';
  return known && code && next.lower !== 's' && next.lower !== 'a' ? [known, at + 2] : [sign, at + 1];
}

/** A currency named in words, up to four, the longest name first: "Australian dollars", « livres sterling ». */
export function currencyName(pieces: Piece[], at: number): CurrencyReading | null {
  let found: CurrencyReading | null = null;
  let phrase = '';
  for (let index = at; index < pieces.length && index < at + 4; index++) {
    const piece = pieces[index]!;
    if (piece.kind !== 'word' || piece.lower === '') break;
    const joined = phrase === '' ? '' : `${phrase} `;
    const plain = SINGULAR.get(piece.lower) ?? piece.lower;
    const word = plain.length > 3 && /[^s]s$/.test(plain) ? plain.slice(0, -1) : plain;
    const code = NAMES.get(joined + plain) ?? NAMES.get(joined + word);
    if (code) found = reading(code, index + 1, false);
    phrase = joined + word;
  }
  return found;
}

/** The currency a phrase names, for reading other people's names of currencies; null when it names none. */
export function currencyNamed(phrase: string): string | null {
  const words = phrase.toLowerCase();
  const singular = words
    .split(' ')
    .map((word) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word))
    .join(' ');
  return NAMES.get(words) ?? NAMES.get(singular) ?? null;
}
