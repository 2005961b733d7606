// What was done and the reason given for it, against what another party says the reason was.
import { type DateRange, dateRange } from '../../record/date.ts';
import type { Step } from '../../record/disagreement.ts';
import type { Finding } from '../finding.ts';
import type { AnalysedIncident } from '../names.ts';
import type { Rarity } from './answer.ts';
import type { Said } from './digest.ts';
import { areOpposed, type PartyBook, type Profile } from './party.ts';
import { tellingStems, tellingWords } from './words.ts';
import { nameOf } from './working.ts';

/** An incident for which those who did it gave a reason, digested. */
export interface Happening {
  id: string;
  range: DateRange | null;
  /** The telling words of what was done. */
  words: number[];
  reason: string;
  reasonWords: number[];
  perpetrators: Profile[];
  source: string;
}

/** An incident digested; null when nobody gave a reason. */
export function happeningOf(record: AnalysedIncident, parties: PartyBook): Happening | null {
  const acts = record.acts.filter((act) => act.statedReason !== null && act.perpetrators.length > 0);
  if (acts.length === 0) return null;
  const range = record.occurredOn === null ? null : dateRange(record.occurredOn);
  const reason = acts.map((act) => act.statedReason).join('; ');
  const done = [
    record.title,
    ...record.acts.flatMap((act) => [act.method, act.outcome, ...act.things.map((things) => things.what)]),
  ];
  return {
    id: record.id,
    range,
    words: tellingStems(done.filter((text) => text !== null).join(' . ')),
    reason,
    reasonWords: tellingStems(reason),
    perpetrators: acts.flatMap((act) => act.perpetrators.map((one) => parties.profile(one.party, range))),
    source: record.passages[0]?.source ?? '',
  };
}

/** Weight of a word that may tie a statement to an incident: common ones would make this a look at everything. */
const TELLING = 2;
const LATEST = 60;

/** Whether a statement may give another reason for something: it explains, or gives a reason and does not only ask. */
export function mayExplain(said: Said): boolean {
  const { act } = said.record;
  return act === 'explains' || (said.givesReason && (act === 'accuses' || act === 'says'));
}

/** The finding that a statement gives another reason for an incident than those who did it; null when it does not. */
export function otherReason(
  said: Said,
  happening: Happening,
  parties: PartyBook,
  rarity: Rarity,
): Finding | null {
  if (!mayExplain(said)) return null;
  const together = said.source !== '' && said.source === happening.source;
  const { speaker } = said;
  if (speaker === null) return null;
  const sides = happening.perpetrators.map((one) => parties.side(speaker, one, together));
  if (!sides.every((side) => side === 'other')) return null;
  if (!happening.perpetrators.some((one) => areOpposed(speaker, one))) return null;
  const shared = said.words.filter((stem) => happening.words.includes(stem));
  if (shared.length < 2 || !shared.some((stem) => rarity.word(stem) >= TELLING)) return null;
  const same = happening.reasonWords.filter((stem) => said.words.includes(stem));
  if (happening.reasonWords.length === 0 || same.length * 2 >= happening.reasonWords.length) return null;
  if (said.range !== null && happening.range !== null) {
    if (said.range.to < happening.range.from) return null;
    if ((said.range.from - happening.range.to) / 86_400_000 > LATEST) return null;
  } else if (!together) return null;
  const working: Step[] = [
    {
      code: 'reason-given',
      values: { who: happening.perpetrators[0]!.name, words: happening.reason.slice(0, 200) },
    },
    { code: 'reason-other', values: { who: nameOf(said) } },
    {
      code: 'share-words',
      values: {
        words: tellingWords(said.record.content)
          .flatMap(({ stem, word }) => (shared.includes(stem) ? word : []))
          .slice(0, 8)
          .join(', '),
      },
    },
  ];
  return {
    key: `explained-otherwise:${said.id}:${happening.id}`,
    kind: 'explained-otherwise',
    check: 'explained-otherwise',
    records: [
      { kind: 'statement', id: said.id },
      { kind: 'incident', id: happening.id },
    ],
    working,
    weight: said.record.act === 'explains' ? 0.55 : 0.45,
    link: 'explains-otherwise',
  };
}
