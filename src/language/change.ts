// Changes and ratios: "rose by 12 %", "more than doubled", "three times as many", « trois fois plus », and what they are
// changes from. A change is a signed difference, in per cent where it is a ratio: doubled is +100 %, halved −50 %.
import type { Amount } from './amount.ts';
import { boundBefore } from './bound.ts';
import { readNumeral, round } from './numeral.ts';
import { isJoint, lowerOf, type Piece } from './piece.ts';
import type { Language } from './propose.ts';

const list = (words: string): Set<string> => new Set(words.trim().split(/\s+/));

const RISE = list(
  'rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb climbed climbs climbing jump jumps jumped jumping soar soared soaring surge surged surging gain gains gained gaining add added advance advanced up upward upwards higher hike hiked raised raise raises boost boosted swelled swell expanded hausse augmenté augmente augmentent augmentation augmentations augmentait augmentera progressé progresse progression grimpé grimpe bondi bond crû croissance accru accroissement majoration relevé gagné flambée flambé',
);
const FALL = list(
  'fall falls fell fallen falling decrease decreases decreased decreasing drop drops dropped dropping decline declines declined declining shrink shrank shrunk plunge plunged plunging plummet plummeted plummeting tumble tumbled slump slumped slip slipped slid slide sank sink lose lost reduced reduce reduction reductions cut cuts down downward downwards lower dip dipped slashed baisse baissé baisse baissent diminué diminution diminue diminuent reculé recul chuté chute réduction réduit réduits réduite perdu repli replié repli dégringolé',
);
/** Verbs that take an amount as their object: "gained 3 %", "rose 18 points". Without "by", only these make a change. */
const VERBS = list(
  'rose rise rises risen rising climbed climb climbs jumped jump jumps soared surged surge gained gain gains grew grow grows grown advanced added fell fall falls fallen falling dropped drop drops declined decline declines shrank plunged plunge plummeted plummeting tumbled slumped slipped slid sank lost lose loses dipped up down increased decreased',
);
const NOUNS_AFTER = list(
  'increase rise jump surge fall drop decline decrease reduction cut growth hike slump plunge dip hausse baisse',
);
const ADVERB =
  /^(?:further|another|only|just|even|also|sharply|slightly|steeply|significantly|nearly|almost|about|around|roughly|approximately|over|more|than|under|less|some|at|least|up|to|a|an|the|by|as|much|well|additional|estimated|encore|fortement|légèrement|nettement|seulement|de|d'|près|plus|moins|environ|presque|quelque|au|quasiment)$/;

const signOf = (word: string): 1 | -1 | null => (RISE.has(word) ? 1 : FALL.has(word) ? -1 : null);

/** How an amount is a change: its sign, and the pieces of the verb or noun of change it begins or ends with. */
export interface Change {
  sign: 1 | -1;
  from: number;
  next: number;
}

/** Whether an amount is a difference: a plus before it, a verb or noun of change beside it. */
export function changeAround(pieces: Piece[], amount: Amount, language: Language): Change | null {
  const before = pieces[amount.from - 1];
  if (before?.text === '+' && !pieces[amount.from]!.gap)
    return { sign: 1, from: amount.from - 1, next: amount.next };
  const first = pieces[amount.from]!;
  if (amount.kind === 'percent' && first.kind === 'mark' && /^[-−–]$/.test(first.text))
    return { sign: 1, from: amount.from, next: amount.next };
  if (amount.kind === 'time' && !/^(?:by|de|d')$/.test(lowerOf(pieces, amount.from - 1))) return null;
  const after = changeAfter(pieces, amount, language);
  return changeBefore(pieces, amount, language) ?? after;
}

function changeBefore(pieces: Piece[], amount: Amount, language: Language): Change | null {
  const bound = boundBefore(pieces, amount.from, language);
  const start = bound?.from ?? amount.from;
  const word = lowerOf(pieces, start - 1);
  const relative = amount.kind === 'percent';
  if (language === 'en') {
    if (word === 'by' || word === 'of') {
      for (let back = start - 2; back >= 0 && back > start - 6; back--) {
        const sign = signOf(lowerOf(pieces, back));
        // "a cut of 300 posts", "an increase of 12 %", but no "a group up of".
        if (sign && (word === 'by' || (back === start - 2 && isNoun(pieces, back))))
          return { sign, from: back, next: amount.next };
        // "cut the budget by 12 %": the object may stand between.
        if (
          !sign &&
          (word === 'of' ||
            pieces[back]?.kind !== 'word' ||
            /^(?:and|but|that|which|said|is|was|were|killed|by|had|has)$/.test(lowerOf(pieces, back)))
        )
          break;
      }
      return null;
    }
    let back = start - 1;
    while (
      back >= 0 &&
      back > start - 4 &&
      ADVERB.test(lowerOf(pieces, back)) &&
      !signOf(lowerOf(pieces, back))
    )
      back--;
    const verb = lowerOf(pieces, back);
    if (back < 0 || !VERBS.has(verb)) return null;
    if (back < start - 1 && /^(?:to|at|a|an|the)$/.test(lowerOf(pieces, start - 1))) return null;
    const measured = relative || /^(?:bp|cent|penny|sen)$/.test(amount.unit ?? '');
    const intransitive =
      /^(?:rose|rise|rises|risen|fell|fallen|climbed|jumped|soared|slid|slipped|sank|dipped|plunged|tumbled|slumped|plummeted|plummeting|up|down)$/.test(
        verb,
      );
    if (!measured && !(intransitive && amount.kind !== 'plain')) return null;
    return { sign: signOf(verb) ?? 1, from: back, next: amount.next };
  }
  if (word === 'de' || word === "d'" || word === 'du') {
    for (let back = start - 2; back >= 0 && back > start - 6; back--) {
      const sign = signOf(lowerOf(pieces, back));
      if (sign) return { sign, from: back, next: amount.next };
      if (
        !/^(?:encore|fortement|légèrement|nettement|seulement|globale|moyenne|annuelle|totale|ainsi|même|en|moyenne|importante|nette|forte|légère)$/.test(
          lowerOf(pieces, back),
        )
      )
        break;
    }
  }
  if (relative && /^(?:gagné|gagne|perdu|perd|pris|bondi|progressé|reculé|cédé)$/.test(word))
    return { sign: /^(?:perdu|perd|reculé|cédé)$/.test(word) ? -1 : 1, from: start - 1, next: amount.next };
  return null;
}

/** "increase", "rise", "cut" as nouns: an article or adjective before them. */
function isNoun(pieces: Piece[], at: number): boolean {
  return /^(?:increase|rise|jump|surge|gain|boost|hike|fall|drop|decline|decrease|reduction|cut|cuts|dip|plunge|slump|increases|reductions|growth|loss)$/.test(
    lowerOf(pieces, at),
  );
}

function changeAfter(pieces: Piece[], amount: Amount, language: Language): Change | null {
  const next = lowerOf(pieces, amount.next);
  const relative = amount.kind === 'percent' || amount.unit === 'bp';
  if (!relative) return null;
  if (language === 'en') {
    let at = amount.next;
    // "a 3 percent pay rise", "a 12 % year-on-year drop"
    while (
      at < amount.next + 3 &&
      pieces[at]?.kind === 'word' &&
      !NOUNS_AFTER.has(lowerOf(pieces, at)) &&
      !/^(?:of|in|on|and|to|for|from|the|per|or|with|more|fewer|less|is|was|had|have|has|voted|said)$/.test(
        lowerOf(pieces, at),
      )
    )
      at++;
    const noun = lowerOf(pieces, at);
    if (NOUNS_AFTER.has(noun) && (at === amount.next || hasArticle(pieces, amount)))
      return { sign: signOf(noun) ?? 1, from: amount.from, next: at === amount.next ? at + 1 : amount.next };
    if (/^(?:more|higher)$/.test(next)) return { sign: 1, from: amount.from, next: amount.next + 1 };
    if (/^(?:fewer|less|lower)$/.test(next)) return { sign: -1, from: amount.from, next: amount.next + 1 };
    return null;
  }
  if (next === 'de' && /^(?:plus|moins)$/.test(lowerOf(pieces, amount.next + 1)))
    return {
      sign: lowerOf(pieces, amount.next + 1) === 'plus' ? 1 : -1,
      from: amount.from,
      next: amount.next + 2,
    };
  if (
    (next === 'de' || next === "d'") &&
    /^(?:hausse|augmentation|croissance|progression|baisse|recul|diminution)$/.test(
      lowerOf(pieces, amount.next + 1),
    )
  )
    return { sign: signOf(lowerOf(pieces, amount.next + 1)) ?? 1, from: amount.from, next: amount.next + 2 };
  return null;
}

function hasArticle(pieces: Piece[], amount: Amount): boolean {
  const bound = boundBefore(pieces, amount.from, 'en');
  return /^(?:a|an|the|another|sharp|steep|further)$/.test(lowerOf(pieces, (bound?.from ?? amount.from) - 1));
}

/** A ratio that begins at a piece: its change in per cent, and where it ends. */
export interface Ratio {
  from: number;
  next: number;
  change: number;
  /** "more than doubled": the change is a lower or upper bound, or an estimate. */
  bounded: boolean;
}

const FACTORS: Record<Language, ReadonlyMap<string, number>> = {
  en: new Map(
    Object.entries({
      doubled: 2,
      doubling: 2,
      doubles: 2,
      tripled: 3,
      tripling: 3,
      trebled: 3,
      quadrupled: 4,
      quintupled: 5,
      halved: 0.5,
      halving: 0.5,
      twofold: 2,
      threefold: 3,
      fourfold: 4,
      fivefold: 5,
      sixfold: 6,
      tenfold: 10,
    }),
  ),
  fr: new Map(
    Object.entries({
      doublé: 2,
      double: 2,
      doublent: 2,
      doublement: 2,
      triplé: 3,
      triple: 3,
      quadruplé: 4,
      quintuplé: 5,
      décuplé: 10,
    }),
  ),
};

/** Words a ratio may begin with. */
const RATIO_WORDS: Record<Language, ReadonlySet<string>> = {
  en: new Set([...FACTORS.en.keys(), 'twice', 'double']),
  fr: new Set([
    ...FACTORS.fr.keys(),
    ...'multiplié multipliée multipliés multipliées multiplient multiplication divisé divisée divisés divisées'.split(
      ' ',
    ),
  ]),
};

/** Whether a ratio or a frequency may begin with a word: "doubled", "twice", « multiplié ». */
export function isRatioWord(word: string, language: Language): boolean {
  return RATIO_WORDS[language].has(word) || word === 'once' || word === 'thrice';
}

/** The ratio at piece `at`: "doubled", "threefold", "three times as many", « trois fois plus », « multiplié par quatre ». */
export function ratioAt(text: string, pieces: Piece[], at: number, language: Language): Ratio | null {
  const word = lowerOf(pieces, at);
  if (!RATIO_WORDS[language].has(word)) return null;
  const bound = boundBefore(pieces, at, language);
  const from = bound?.from ?? at;
  const ratio = (next: number, factor: number): Ratio => ({
    from,
    next,
    change: round((factor - 1) * 100),
    bounded: bound !== null,
  });
  const factor = FACTORS[language].get(word);
  if (factor !== undefined) {
    if (language === 'en' || word === 'doublement') return ratio(at + 1, factor);
    // « ont plus que doublé »; « le double » is a noun, « double » an adjective.
    const more = lowerOf(pieces, at - 1) === 'que' && lowerOf(pieces, at - 2) === 'plus';
    const nearly = /^(?:presque|quasiment|pratiquement)$/.test(lowerOf(pieces, at - 1));
    const lead = more ? at - 2 : nearly ? at - 1 : at;
    if (!/^(?:a|ont|avait|avaient|aurait|auraient|avoir|par|été|vu|ayant)$/.test(lowerOf(pieces, lead - 1)))
      return null;
    return /^(?:double|triple)$/.test(word)
      ? null
      : { ...ratio(at + 1, factor), from: lead, bounded: more || nearly };
  }
  if (language === 'en') {
    if (word === 'twice' && comparesAfter(pieces, at + 1)) return ratio(compareEnd(pieces, at + 1), 2);
    if (
      word === 'double' &&
      /^(?:the|that|those|last|its|their)$/.test(lowerOf(pieces, at + 1)) &&
      !/^(?:to|will|would|could|may|might)$/.test(lowerOf(pieces, at - 1))
    )
      return ratio(at + 1, 2);
  } else if (
    /^(?:multipliée?s?|multiplient|multiplication|divisée?s?)$/.test(word) &&
    lowerOf(pieces, at + 1) === 'par'
  ) {
    const numeral = readNumeral(text, pieces, skipBound(pieces, at + 2, language), language, {
      loose: false,
      money: false,
    });
    if (!numeral || numeral.value <= 0) return null;
    return ratio(numeral.next, word.startsWith('div') ? 1 / numeral.value : numeral.value);
  }
  return null;
}

/** The ratio a number begins: "three times as many", "a 3-fold increase", « deux fois moins ». */
export function ratioOf(pieces: Piece[], amount: Amount, language: Language): Ratio | null {
  const { numeral } = amount;
  if (amount.kind !== 'plain' || numeral.share || numeral.value <= 0) return null;
  const bound = boundBefore(pieces, amount.from, language);
  const from = bound?.from ?? amount.from;
  const at = numeral.next;
  const ratio = (next: number, factor: number): Ratio => ({
    from,
    next,
    change: round((factor - 1) * 100),
    bounded: bound !== null,
  });
  if (language === 'en') {
    if (isJoint(pieces, at) && lowerOf(pieces, at + 1) === 'fold') return ratio(at + 2, numeral.value);
    if (lowerOf(pieces, at) === 'fold') return ratio(at + 1, numeral.value);
    if (lowerOf(pieces, at) === 'times' && comparesAfter(pieces, at + 1))
      return ratio(compareEnd(pieces, at + 1), numeral.value);
    return null;
  }
  if (lowerOf(pieces, at) !== 'fois') return null;
  const word = lowerOf(pieces, at + 1);
  if (word === 'plus' || word === 'supérieur' || word === 'supérieure') return ratio(at + 2, numeral.value);
  if (word === 'moins' || word === 'inférieur' || word === 'inférieure')
    return ratio(at + 2, 1 / numeral.value);
  return null;
}

function comparesAfter(pieces: Piece[], at: number): boolean {
  const word = lowerOf(pieces, at);
  if (word === 'as')
    return /^(?:many|much|high|large|big|likely|long|fast|often|great|expensive)$/.test(
      lowerOf(pieces, at + 1),
    );
  return (
    /^(?:more|higher|larger|greater|bigger|the)$/.test(word) &&
    (word !== 'the' ||
      /^(?:number|amount|size|rate|total|level|figure|average|national|usual|limit|price|cost|capacity)$/.test(
        lowerOf(pieces, at + 1),
      ))
  );
}

function compareEnd(pieces: Piece[], at: number): number {
  return lowerOf(pieces, at) === 'as' ? at + 2 : at + 1;
}

function skipBound(pieces: Piece[], at: number, language: Language): number {
  for (let next = at; next < at + 4 && next < pieces.length; next++) {
    if (boundBefore(pieces, next, language)?.from === at && next > at) return next;
  }
  return at;
}

/** Words that lead to what a change is a change from: "over 2018", "compared with the year before", « par rapport à ». */
const BASELINE: Record<Language, [string[], boolean][]> = {
  en: [
    ['compared with', 'compared to', 'in comparison with', 'in comparison to', 'relative to', 'against'],
    [
      'as in',
      'as during',
      'more than in',
      'higher than in',
      'fewer than in',
      'less than in',
      'lower than in',
      'than in',
      'than',
      'year on year',
    ],
    ['over', 'on', 'from', 'since'],
  ].map((phrases, index) => [phrases, index === 2] as [string[], boolean]),
  fr: [
    [
      'par rapport à',
      'par rapport au',
      'par rapport aux',
      "par rapport à l'",
      'comparé à',
      'en comparaison de',
      'contre',
      "qu' en",
      'que',
    ],
    ['depuis'],
  ].map((phrases, index) => [phrases, index === 1] as [string[], boolean]),
};

/**
 * Where the baseline of a change begins, after piece `at`: the piece after "compared with" or « par rapport à » and
 * the like, or null. `dateOnly`: the words lead to a baseline only where a date follows ("over 2018", « depuis 2015 »).
 */
export function baselineAfter(
  pieces: Piece[],
  at: number,
  language: Language,
): { at: number; dateOnly: boolean } | null {
  for (let from = at; from < pieces.length && from < at + 8; from++) {
    if (from > at && /^[.;:!?]$/.test(pieces[from]!.text)) return null;
    for (const [phrases, dateOnly] of BASELINE[language]) {
      for (const phrase of phrases) {
        const words = phrase.split(' ');
        if (words.every((word, offset) => lowerOf(pieces, from + offset) === word))
          return { at: from + words.length, dateOnly };
      }
    }
  }
  return null;
}
