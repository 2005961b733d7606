// What a table's columns are: told from their headers in English and French, and from what stands in them.
import { decimalMarkOf, isBlank, readNumber } from './cell.ts';
import { dayOrderOf, fold, periodOf } from './period.ts';

/** What a column gives. `number` is a column of numbers that is none of the others: one series of a wide table. */
export const COLUMN_ROLES = [
  'id',
  'counted',
  'place',
  'period',
  'period-start',
  'period-end',
  'value',
  'low',
  'high',
  'bound',
  'unit',
  'equivalent',
  'change',
  'baseline',
  'part-of',
  'according-to',
  'reported-by',
  'published',
  'method',
  'definition',
  'note',
  'address',
  'number',
  'text',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Headers by role, folded, as whole headers; the first role that knows a header has it. */
const HEADERS: readonly [ColumnRole, RegExp][] = [
  ['address', /^(?:url|link|links|lien|liens|web|web ?site|address|adresse|href)$/],
  [
    'period-start',
    /^(?:(?:period|date) )?(?:start|from|begin|begins|beginning)(?: (?:date|day))?$|^(?:date de )?debut(?: de (?:la )?periode)?$|^periode debut$|^du$/,
  ],
  [
    'period-end',
    /^(?:(?:period|date) )?(?:end|to|until|ends)(?: (?:date|day))?$|^(?:date de )?fin(?: de (?:la )?periode)?$|^periode fin$|^au$/,
  ],
  [
    'published',
    /^(?:published|published on|publication date|date published|date of publication|date de publication|publie(?: le)?|paru le|reported on|as of publication)$/,
  ],
  [
    'baseline',
    /^(?:baseline(?: period)?|compared (?:with|to)|change from|versus|vs|reference period|base(?: period)?|par rapport a|compare a|periode de reference)$/,
  ],
  ['part-of', /^(?:part of|component of|parent|total id|partie de|composante de|compris dans)$/],
  ['id', /^(?:id|ids|ref|reference|key|no|n°|nr|row|identifiant|numero|code|cle)$|^[a-z]+ id$/],
  [
    'counted',
    /^(?:quantity|measure|counted|what|what is counted|indicator|metric|variable|mesure|quantite|compte|indicateur|objet|ce qui est compte|grandeur)$/,
  ],
  ['bound', /^(?:bound|qualifier|bounds|borne|qualificatif|precision)$/],
  ['unit', /^(?:unit|units|unit of measure|currency|unite|unites|devise|monnaie)$/],
  [
    'low',
    /^(?:low|lower|low (?:value|estimate)|lower (?:bound|limit)|min|minimum|at least|bas|basse|fourchette basse|borne basse|estimation basse|au moins)$/,
  ],
  [
    'high',
    /^(?:high|upper|high (?:value|estimate)|upper (?:bound|limit)|max|maximum|at most|haut|haute|fourchette haute|borne haute|estimation haute|au plus)$/,
  ],
  [
    'change',
    /^(?:%|percent|pct)? ?(?:change|variation|evolution|growth|hausse|croissance)(?: ?(?:%|percent|pct|en %|yoy))?$/,
  ],
  [
    'value',
    /^(?:value|values|number|count|figure|amount|best|best estimate|n|valeur|nombre|chiffre|effectif|montant|how many|combien)$/,
  ],
  [
    'according-to',
    /^(?:according to|publisher|source|sources|authority|attributed to|counted by|who|selon|d'apres|source du chiffre|editeur|autorite|compte par|information source)$/,
  ],
  [
    'reported-by',
    /^(?:reported by|media|outlet|newspaper|publication|via|rapporte par|relaye par|journal|media source)$/,
  ],
  ['method', /^(?:method|methods|methodology|counting method|methode|mode de comptage|methodologie)$/],
  [
    'note',
    /^(?:(?:definition )?notes?|comments?|remarks?|claims?|remarques?|commentaires?|observations?|details?|description|text|texte|quote|citation)$/,
  ],
  ['definition', /^(?:definition|counting rule|regle de comptage)$/],
  [
    'place',
    /^(?:place|places|location|area|site|town|city|country|region|where|lieu|lieux|zone|ville|commune|pays|territoire|secteur|endroit|location (?:of|description).*)$/,
  ],
];
/** Words of a header that say when, surest first. */
const WHEN = [
  /^(?:date|day|period|periode|jour|when|quand|as of|au)$/,
  /\bdate\b|\bperiod\b|\bperiode\b|\bweek\b|\bsemaine\b|\bw\/?e\b|\bday\b|\bjour\b/,
  /\bmonth\b|\bmois\b|\bquarter\b|\btrimestre\b/,
  /\byear\b|\bannee\b|\ban\b/,
];
/** Parts of a date and coordinates: numbers that count nothing. */
const NOT_COUNTS =
  /\byears?\b|\bmonths?\b|\bdays?\b|\bweeks?\b|\bannees?\b|\bmois\b|\bjours?\b|\bsemaines?\b|\blat(?:itude)?\b|\blon(?:g(?:itude)?)?\b|\bcoordinates?\b|\bquality\b|\bcode\b|\bpost(?:al)?\b/;

/** A header as it is compared: folded, without the signs that spreadsheets put between words. */
export function headerWords(header: string): string {
  return fold(
    header
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/[_#*:]+/g, ' ')
      .replace(/-/g, ' '),
  ).replace(/\.(?= |$)/g, '');
}

/** The currency that a header names: "value_eur", "Amount (GBP)", « montant en € ». */
export function currencyIn(header: string): string | null {
  // "usd_per_eur" is a rate, not an amount.
  if (/(?:^|[\s_])(?:per|par)(?:$|[\s_])|\//i.test(header)) return null;
  const found = /(?:^|[\s_(])(eur|gbp|usd|euros?|€|£|\$)(?:$|[\s_)])/i.exec(header)?.[1]?.toLowerCase();
  if (found === undefined) return null;
  return /^(?:eur|€)/.test(found) ? 'EUR' : /gbp|£/.test(found) ? 'GBP' : 'USD';
}

/** Whether a header says that its date ends or begins a week; null where it says neither. */
export function weekIn(header: string): 'ending' | 'beginning' | null {
  const words = headerWords(header);
  if (
    /\bweek ?end(?:ing|ed|s)?\b|\bw\/e\b|\bsemaine (?:finissant|se terminant|au)\b|\bfin de semaine\b/.test(
      words,
    )
  )
    return 'ending';
  if (
    /\bweek (?:beginning|commencing|starting|of)\b|\bw\/[bc]\b|\bsemaine (?:commencant|debutant|du)\b|\bdebut de semaine\b/.test(
      words,
    )
  )
    return 'beginning';
  return null;
}

/** How many rows are looked at to tell what a column holds. */
const SAMPLE = 400;

interface Contents {
  numbers: number;
  periods: number;
  filled: number;
}

/**
 * What each column is, from its header and a sample of its cells. Each role but `number`, `note`, `equivalent`, `address` and
 * `text` is given once: to the first column that claims it. A column whose header claims a number, and which holds none, is
 * `text`. The result is as long as the header.
 */
export function guessRoles(header: readonly string[], rows: readonly (readonly string[])[]): ColumnRole[] {
  const sample =
    rows.length <= SAMPLE ? rows : rows.filter((_, index) => index % Math.ceil(rows.length / SAMPLE) === 0);
  const words = header.map(headerWords);
  const contents = header.map((_, column) => contentsOf(sample.map((row) => row[column] ?? '')));
  const mostly = (part: number, { filled }: Contents) => filled > 0 && part * 2 >= filled;
  const holdsNumbers = contents.map((content) => mostly(content.numbers, content));
  const holdsPeriods = contents.map((content) => mostly(content.periods, content));
  const roles: (ColumnRole | null)[] = header.map(() => null);
  const taken = new Set<ColumnRole>();
  const give = (column: number, role: ColumnRole) => {
    roles[column] = role;
    taken.add(role);
  };
  const many = new Set<ColumnRole>(['number', 'note', 'equivalent', 'address', 'text']);
  for (const [column, text] of words.entries()) {
    const bare = text.replace(/\s*\(.*?\)\s*/g, ' ').trim();
    const role = HEADERS.find(([, pattern]) => pattern.test(text) || pattern.test(bare))?.[0];
    if (role === undefined || (taken.has(role) && !many.has(role))) continue;
    const empty = contents[column]!.filled === 0;
    if (/^(?:value|low|high|change)$/.test(role) && !holdsNumbers[column] && !empty) continue;
    if (/^(?:period-start|period-end)$/.test(role) && !holdsPeriods[column] && !empty) continue;
    give(column, role);
  }
  if (!taken.has('period-start')) {
    for (const pattern of WHEN) {
      if (taken.has('period')) break;
      const column = words.findIndex(
        (text, index) => roles[index] === null && pattern.test(text) && holdsPeriods[index],
      );
      if (column >= 0) give(column, 'period');
    }
    if (!taken.has('period')) {
      // A date is told from its look; a bare number of four digits is not.
      const column = header.findIndex(
        (_, index) => roles[index] === null && holdsPeriods[index] && !holdsNumbers[index],
      );
      if (column >= 0) give(column, 'period');
    }
  }
  for (const [column, text] of header.entries()) {
    if (roles[column] !== null || !holdsNumbers[column] || currencyIn(text) === null) continue;
    give(column, taken.has('value') ? 'equivalent' : 'value');
  }
  for (const [column, text] of words.entries()) {
    if (roles[column] !== null) continue;
    roles[column] = holdsNumbers[column] && !NOT_COUNTS.test(text) ? 'number' : 'text';
  }
  return roles as ColumnRole[];
}

function contentsOf(cells: string[]): Contents {
  const filled = cells.filter((cell) => !isBlank(cell));
  const { mark } = decimalMarkOf(filled);
  const order = dayOrderOf(filled);
  let [numbers, periods] = [0, 0];
  for (const cell of filled) {
    if (!('problem' in readNumber(cell, mark))) numbers++;
    if (periodOf(cell, order) !== null) periods++;
  }
  return { numbers, periods, filled: filled.length };
}

/** Whether columns make a table of figures, one a row; otherwise it is a wide one: dates down, series across. */
export function isFigureTable(roles: readonly ColumnRole[]): boolean {
  const has = (role: ColumnRole) => roles.includes(role);
  return (
    (has('value') || has('low')) && (has('counted') || has('place') || has('according-to') || has('unit'))
  );
}
