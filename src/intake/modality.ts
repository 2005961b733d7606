// Whether a suggested amount is said to be so, pledged or expected: told by the promise it stands in, or by the verb that
// governs it. Where neither is plain it is said to be so, which is what a person corrects most easily.
import type { FigureSuggestion, Span, StatementSuggestion } from '../record/suggestion.ts';
import type { Modality } from '../record/vocabulary.ts';

/** How far before and after an amount its verb is looked for, in UTF-16 code units. */
const BEFORE = 90;
const AFTER = 60;

/** A word boundary that knows letters with accents. */
const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const words = (...forms: string[]) => `${START}(?:${forms.join('|')})${END}`;

/** Verbs and nouns of pledging, in English and French; they promise whatever stands after them. */
const PLEDGE = words(
  'pledg(?:e|es|ed|ing)',
  'promis(?:e|es|ed|ing)',
  'vow(?:s|ed|ing)? to',
  'undert(?:ake|akes|ook|aken|aking) to',
  'commit(?:s|ted|ting)? (?:itself |himself |herself |themselves )?to',
  'commitments? (?:of|to)',
  'earmark(?:s|ed|ing)?',
  'set(?:s|ting)? aside',
  'promet(?:s|tent|tait|taient|tra|tront|tre|tant)?',
  'promis(?:e|es)?',
  "promesses? d[e’']",
  'engag(?:e|ent|é|ée|és|ées|eait|eaient|er|era|eront|eant) à',
  "engagements? d[e’']",
  'débloqu(?:e|ent|é|ée|és|ées|ait|aient|er|era|eront|ant)',
  "déblocage d[e’']",
);
/** Verbs that pledge money and only report anything else. */
const PLEDGE_MONEY = words(
  'commit(?:s|ted|ting)?',
  'announc(?:e|es|ed|ing)',
  'allocat(?:e|es|ed|ing)',
  'offer(?:s|ed|ing)?',
  'annonc(?:e|ent|é|ée|és|ées|ait|aient|er|era|ant)',
  'allou(?:e|ent|é|ée|és|ées|ait|aient|er|era|ant)',
);
const EXPECT = words(
  'expect(?:s|ed|ing)?',
  'forecast(?:s|ed|ing)?',
  'predict(?:s|ed|ing)?',
  'anticipat(?:e|es|ed|ing)',
  'project(?:s|ed|ing)',
  'plann(?:ed|ing)',
  'plans? (?:for|to)',
  'prévo(?:it|ient|yait|yaient|ir|yant)',
  'prévu(?:e|s|es)?',
  "prévisions? d[e’']",
  'attendu(?:e|s|es)?',
  'devrai(?:t|ent)',
);
/** The same as participles, which may stand after the amount: "£3 million was pledged", « 500 places sont prévues ». */
const PLEDGED_AFTER = words('pledged', 'promised', 'earmarked', 'promis(?:e|es)?', 'débloqué(?:e|s|es)?');
const EXPECTED_AFTER = words(
  'expected',
  'forecast',
  'planned',
  'predicted',
  'prévu(?:e|s|es)?',
  'attendu(?:e|s|es)?',
);

/** What lies between a verb and the amount it governs: some words of one clause. */
const CLAUSE = '[^.!?;:()\\n«»“”"]{0,60}$';
/** Another clause begins: the amount is of what happened, not of what is promised. */
const OTHER_CLAUSE = new RegExp(
  `,|${words('after', 'because', 'since', 'when', 'who', 'which', 'where', 'following', 'despite', 'après', 'parce', 'depuis', 'quand', 'lorsque?', 'qui', 'dont', 'où', 'malgré', 'suite')}`,
  'iu',
);
const NEGATED =
  /(?:\b(?:not|never|without|refus\w*|declin\w*|fail\w*|sans)\b|n['’]t\b|(?<!\p{L})n(?:['’]|e(?!\p{L})))[^.;]{0,24}$/iu;

const before = (verbs: string) => new RegExp(`${verbs}(?<between>${CLAUSE.slice(0, -1)})$`, 'iu');
const after = (verbs: string) => new RegExp(`^(?<between>[^.!?;:(),\\n«»“”"]{0,40}?)${verbs}`, 'iu');
const RULES: { modality: Modality; ofMoney: boolean; side: 'before' | 'after'; pattern: RegExp }[] = [
  { modality: 'pledged', ofMoney: false, side: 'before', pattern: before(PLEDGE) },
  { modality: 'pledged', ofMoney: true, side: 'before', pattern: before(PLEDGE_MONEY) },
  { modality: 'expected', ofMoney: false, side: 'before', pattern: before(EXPECT) },
  { modality: 'pledged', ofMoney: false, side: 'after', pattern: after(PLEDGED_AFTER) },
  { modality: 'expected', ofMoney: false, side: 'after', pattern: after(EXPECTED_AFTER) },
];

/** The pieces of what is promised, in the order of the text. */
export function promisedIn(statements: readonly Pick<StatementSuggestion, 'act' | 'content'>[]): Span[] {
  return statements
    .flatMap(({ act, content }) => (act === 'promises' ? content : []))
    .sort((a, b) => a.start - b.start);
}

/** Whether an amount is said to be so, pledged or expected. Reads a few words around it; `promised` is in order. */
export function modalityOf(
  figure: Pick<FigureSuggestion, 'span' | 'unit'>,
  text: string,
  promised: readonly Span[],
): Modality {
  const { start, end } = figure.span;
  const piece = around(promised, figure.span);
  if (piece && !OTHER_CLAUSE.test(text.slice(Math.max(piece.start, start - BEFORE), start))) return 'pledged';
  const isMoney = figure.unit !== null && /^[A-Z]{3}$/.test(figure.unit);
  const head = text.slice(Math.max(0, start - BEFORE), start);
  const tail = text.slice(end, end + AFTER);
  for (const { modality, ofMoney, side, pattern } of RULES) {
    if (ofMoney && !isMoney) continue;
    const match = pattern.exec(side === 'before' ? head : tail);
    if (!match || OTHER_CLAUSE.test(match.groups!.between!)) continue;
    const earlier = side === 'before' ? head.slice(0, match.index) : match.groups!.between!;
    if (!NEGATED.test(earlier)) return modality;
  }
  return 'reported';
}

/** Promises stand inside one another but rarely: so many that begin before an amount are looked at. */
const NESTED = 4;

/** The nearest of some pieces, in order, that holds a span. */
function around(pieces: readonly Span[], { start, end }: Span): Span | undefined {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  return pieces.slice(Math.max(0, low - NESTED), low).findLast((piece) => end <= piece.end);
}
