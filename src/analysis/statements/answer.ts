// Whether one statement answers another, and how surely: what speaks for it is gathered first, then each kind of answer
// has what it cannot do without and a sum it has to reach. The numbers are chosen by hand; docs/disagreements.md tells them.
import type { AnswerKind } from './cue.ts';
import { daysBetween, distance, type Said } from './digest.ts';
import { areOpposed, type PartyBook, type Side } from './party.ts';

/** How much a telling word or a topic tells: the rarer in the dossier, the more. */
export interface Rarity {
  /** 3 for a word few statements have, 2, or 1. */
  word(stem: number): number;
  /** 2 for a topic few statements have, 1.5, or 1. */
  topic(topic: string): number;
}

/** What speaks for one statement answering another. */
export interface Evidence {
  side: Side;
  opposed: boolean;
  /** A topic both have, folded; the rarest. */
  topic: string | null;
  /** Telling words both have, as numbers of stems. */
  shared: number[];
  /** The part of the answer's own telling words that the other has, 0 to 1. */
  coverage: number;
  /** A word of the answer that names who spoke before, or the office. */
  mention: string | null;
  addressed: boolean;
  /** Whether each speaks to the other: a letter and its answer. */
  exchange: boolean;
  /** A number both have. */
  number: string | null;
  /** Characters between them in one source; null in different ones. */
  apart: number | null;
  days: number | null;
  /** What tells that the answer came after: its date, its place in the text, or nothing that says otherwise. */
  order: 'dates' | 'text' | 'open';
  /** Points for words, and for everything but the parties. */
  lexical: number;
  points: number;
}

/** An answer that was found. */
export interface Answer {
  target: Said;
  kind: AnswerKind | 'no-response';
  score: number;
  evidence: Evidence;
  /** Whether the speech act says so; else only words do. */
  byAct: boolean;
}

const TOO_LATE = 400;

/**
 * What speaks for `answer` answering `target`; null when it cannot: it was said before, or more than thirteen months after.
 */
export function evidenceOf(answer: Said, target: Said, parties: PartyBook, rarity: Rarity): Evidence | null {
  const days = daysBetween(answer, target);
  if (days !== null && (days > TOO_LATE || answer.range!.to < target.range!.from)) return null;
  const apart = distance(answer, target);
  const together = apart !== null;
  const side = parties.side(answer.speaker, target.speaker, together);

  let topic: string | null = null;
  let topicPoints = 0;
  for (const one of answer.topics) {
    if (!target.topics.includes(one) || rarity.topic(one) <= topicPoints) continue;
    topic = one;
    topicPoints = rarity.topic(one);
  }

  const shared: number[] = [];
  let lexical = 0;
  let own = 0;
  for (const word of answer.words) {
    const isTopical = answer.topicWords.includes(word);
    own += isTopical ? 0.4 : 1;
    if (!target.words.includes(word)) continue;
    shared.push(word);
    lexical += rarity.word(word) * (isTopical && topic !== null ? 0.4 : 1);
  }
  const covered = shared.reduce((sum, word) => sum + (answer.topicWords.includes(word) ? 0.4 : 1), 0);
  const coverage = own === 0 ? 0 : covered / own;
  const number = answer.numbers.find((one) => target.numbers.includes(one)) ?? null;

  const mention = mentionOf(answer, target);
  const addressee = parties.side(answer.addressee, target.speaker, together);
  const addressed = isOwn(addressee);
  const exchange = addressed && isOwn(parties.side(target.addressee, answer.speaker, together));

  let order: Evidence['order'] = 'open';
  if (answer.range !== null && target.range !== null && target.range.from < answer.range.from)
    order = 'dates';
  if (days !== null && days > 0) order = 'dates';
  let orderPoints = 0;
  if (together && days !== null ? days === 0 : together) {
    if (target.start <= answer.start) {
      if (order === 'open') order = 'text';
      orderPoints = 0.5;
    } else orderPoints = -2;
  }

  const near = apart === null ? 0 : apart <= 300 ? 2 : apart <= 1000 ? 1.25 : apart <= 3000 ? 0.75 : 0.25;
  const when =
    days === null
      ? together
        ? 1
        : -1
      : days <= 3
        ? 2
        : days <= 14
          ? 1.5
          : days <= 45
            ? 0.75
            : days <= 90
              ? 0
              : -2;
  // Who answers an answer rather says it of what both are about.
  const again = target.answers === null ? 0 : -1.5;
  const points =
    topicPoints +
    Math.min(4.5, lexical * 0.5) +
    near +
    when +
    orderPoints +
    again +
    (mention === null ? 0 : 1.5) +
    (exchange ? 3.5 : addressed ? 2 : 0);
  return {
    side,
    opposed: areOpposed(answer.speaker, target.speaker),
    topic,
    shared,
    coverage,
    mention,
    addressed,
    exchange,
    number,
    apart,
    days,
    order,
    lexical,
    points,
  };
}

/** The word by which an answer speaks of who spoke before: a surname, or the office. */
function mentionOf(answer: Said, { speaker }: Said): string | null {
  if (speaker === null) return null;
  const { surname, offices, description } = speaker;
  if (surname !== null && surname.length > 2 && answer.mentions.includes(` ${surname} `)) return surname;
  if (answer.officeWords.length === 0) return null;
  const title = description?.split(' ') ?? [];
  const said = answer.officeWords.find(
    ({ word, family }) => title.includes(word) || offices.some((office) => office.family === family),
  );
  return said?.word ?? null;
}

const isNear = (evidence: Evidence, characters: number) =>
  evidence.apart !== null && evidence.apart <= characters;
const isOwn = (side: Side) => side === 'same-speaker' || side === 'same-body';

/** What a kind of answer cannot do without, and the points it has beside those of the evidence; null when it is none. */
const KINDS: Record<AnswerKind, (answer: Said, target: Said, evidence: Evidence) => number | null> = {
  clarifies(_answer, target, evidence) {
    const { side, mention } = evidence;
    const forAnother =
      mention !== null &&
      (side === 'same-government' || (side === 'other' && bothAuthorities(_answer, target)));
    if (!isOwn(side) && !forAnother) return null;
    const isMatter =
      evidence.topic !== null ||
      evidence.lexical >= 1.5 ||
      evidence.addressed ||
      (mention !== null && isNear(evidence, 1000));
    if (!isMatter) return null;
    return isOwn(side) ? 2 : 0;
  },
  rejects(answer, _target, evidence) {
    if (evidence.side !== 'other') return null;
    if (evidence.topic === null && evidence.lexical < 1.5 && !evidence.exchange) return null;
    const isTied =
      evidence.lexical > 0 ||
      isNear(evidence, 3000) ||
      evidence.addressed ||
      evidence.mention !== null ||
      answer.speaksOfAnother;
    return isTied ? 0.5 : null;
  },
  denies(answer, target, evidence) {
    if (evidence.side !== 'other' || target.answers === 'denies') return null;
    const saysIt = evidence.coverage >= 0.34 && evidence.lexical >= 1.5;
    const pointsAtIt =
      answer.speaksOfAnother &&
      (isNear(evidence, 1000) || evidence.addressed || evidence.mention !== null) &&
      (evidence.topic !== null || evidence.lexical > 0 || target.record.act === 'accuses');
    if (!saysIt && !pointsAtIt) return null;
    return 2 * evidence.coverage + (target.record.act === 'accuses' ? 1 : 0);
  },
  corrects(answer, target, evidence) {
    const own = isOwn(evidence.side);
    if (!own) {
      if (evidence.side === 'unknown' || evidence.coverage < 0.34) return null;
      if (evidence.mention === null && !evidence.addressed && evidence.number === null) return null;
    }
    const isMatter = evidence.lexical >= 1.5 || (evidence.topic !== null && (isNear(evidence, 3000) || own));
    if (!isMatter) return null;
    // What is corrected with a number was a number.
    if (answer.numbers.length > 0 && target.numbers.length === 0) return null;
    return (own ? 1.5 : 0) + (evidence.number === null ? 0 : 1.5);
  },
  retracts(_answer, _target, evidence) {
    if (!isOwn(evidence.side)) return null;
    if (evidence.topic === null && evidence.lexical < 1.5 && !isNear(evidence, 1000)) return null;
    return 1.5;
  },
  'explains-otherwise'(answer, target, evidence) {
    if (answer.record.act !== 'explains' || !evidence.opposed || evidence.side !== 'other') return null;
    if (target.answers !== null || target.record.act === 'asks' || target.record.act === 'promises')
      return null;
    const isMatter =
      evidence.topic !== null ||
      (evidence.lexical > 0 && (isNear(evidence, 3000) || evidence.coverage >= 0.34));
    if (!isMatter) return null;
    const isTied =
      evidence.lexical > 0 || evidence.apart !== null || evidence.mention !== null || evidence.addressed;
    return isTied ? (target.record.act === 'accuses' ? 1 : 0.5) : null;
  },
  confirms(answer, target, evidence) {
    if (evidence.side !== 'other' || answer.isNegated !== target.isNegated) return null;
    return evidence.coverage >= 0.4 && evidence.lexical >= 1.5 ? 0 : null;
  },
};

const bothAuthorities = (a: Said, b: Said) => a.speaker?.authority === true && b.speaker?.authority === true;

const ENOUGH: Record<AnswerKind, number> = {
  clarifies: 5,
  rejects: 4.5,
  denies: 4.5,
  corrects: 4.5,
  retracts: 4.5,
  'explains-otherwise': 4.25,
  confirms: 4.5,
};
/** What words alone have to reach more, of another party's statement, than a speech act that somebody recorded. */
const BY_WORDS = 1;

/** How surely `answer` answers `target`, or null when it does not. */
export function judge(answer: Said, target: Said, parties: PartyBook, rarity: Rarity): Answer | null {
  if (answer === target || target.record.act === 'no-response') return null;
  const kind = answer.answers;
  if (kind === null) return contradiction(answer, target, parties, rarity);
  const evidence = evidenceOf(answer, target, parties, rarity);
  if (evidence === null) return null;
  const more = KINDS[kind](answer, target, evidence);
  if (more === null) return null;
  const byAct = answer.cue === null || answer.cue.kind !== kind || answer.record.act !== 'says';
  const score = evidence.points + more;
  if (score < ENOUGH[kind] + (byAct || isOwn(evidence.side) ? 0 : BY_WORDS)) return null;
  return { target, kind, score, evidence, byAct };
}

/** A statement that says the same is not so, though nobody called it a denial: "no gas was used" after "gas was used". */
function contradiction(answer: Said, target: Said, parties: PartyBook, rarity: Rarity): Answer | null {
  if (!answer.isNegated || target.isNegated || target.answers !== null) return null;
  if (answer.record.act !== 'says' && answer.record.act !== 'confirms') return null;
  const evidence = evidenceOf(answer, target, parties, rarity);
  if (evidence === null || !evidence.opposed || evidence.side !== 'other') return null;
  if (evidence.shared.length < 2 || evidence.coverage < 0.6) return null;
  if (evidence.shared.length < 0.4 * target.words.length) return null;
  if (evidence.order === 'open' || (evidence.days !== null && evidence.days > 30)) return null;
  const score = evidence.points + evidence.coverage;
  return score < ENOUGH.denies + BY_WORDS ? null : { target, kind: 'denies', score, evidence, byAct: false };
}

/** Whether a statement can answer anything: what else there is need not be looked at. */
export function mayAnswer(said: Said): boolean {
  return said.answers !== null || said.isNegated || said.record.act === 'no-response';
}

/** What a silence may be about: what others said of the matter. */
export function judgeSilence(silence: Said, target: Said, parties: PartyBook, rarity: Rarity): Answer | null {
  if (target === silence || target.record.act === 'no-response' || target.answers === 'explains-otherwise')
    return null;
  const evidence = evidenceOf(silence, target, parties, rarity);
  if (evidence === null || evidence.side !== 'other' || !evidence.opposed) return null;
  if (evidence.topic === null && evidence.lexical < 1.5 && !evidence.addressed) return null;
  const score = evidence.points + (target.record.act === 'accuses' ? 1 : 0);
  return score < 4 ? null : { target, kind: 'no-response', score, evidence, byAct: true };
}

/**
 * Of the targets that were found, those that are meant: the best; a second one only where both are clearly denied or
 * rejected and speak for different parties. What a witness told a body is part of that body's account.
 */
export function meant(found: Answer[], parties: PartyBook): Answer[] {
  const accounts = found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          parties.side(
            one.target.addressee,
            other.target.speaker,
            one.target.source === other.target.source,
          ) === 'same-speaker',
      ),
  );
  const sorted = accounts.sort((a, b) => b.score - a.score || inOrderOfSaying(a, b));
  const [best, second] = sorted;
  if (best === undefined) return [];
  if (best.kind === 'no-response') {
    // About what is clear only when all of it is one party's; it is about what that party said first.
    const isOne = sorted.every((one) =>
      ['same-speaker', 'same-body'].includes(
        parties.side(one.target.speaker, best.target.speaker, one.target.source === best.target.source),
      ),
    );
    return isOne ? [sorted.sort(inOrderOfSaying)[0]!] : [];
  }
  if (second === undefined || (best.kind !== 'denies' && best.kind !== 'rejects')) return [best];
  const isBoth =
    second.score >= best.score - 0.5 &&
    best.evidence.coverage >= 0.5 &&
    second.evidence.coverage >= 0.5 &&
    parties.side(best.target.speaker, second.target.speaker, best.target.source === second.target.source) ===
      'other';
  return isBoth ? [best, second] : [best];
}

function inOrderOfSaying(a: Answer, b: Answer): number {
  const [first, second] = [a.target, b.target];
  if (first.time !== second.time) return first.time < second.time ? -1 : 1;
  if (first.source === second.source && first.start !== second.start) return first.start - second.start;
  return first.id < second.id ? -1 : 1;
}
