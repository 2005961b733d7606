// What charts say in words: marks, groups and notes, each as a sentence of the catalogue.
import type { ChartGroup, ChartMark, ChartNote } from '../../analysis/how-many.ts';
import type { Messages } from '../../language/messages.ts';
import {
  amountInWords,
  dateInWords,
  quantityInWords,
  stepInWords,
  type WordingId,
} from '../../language/wording.ts';

/** The ids of messages that charts are told in. */
export type ChartWordId =
  | WordingId
  | `words.how-many.mark.${'according' | 'reported' | 'nobody' | 'pledged' | 'expected'}`
  | `words.how-many.${'stretch' | 'nobody' | 'others' | 'desc' | 'in-place' | 'place.unknown'}`
  | `words.how-many.length.${NonNullable<ChartGroup['length']>}`
  | `words.how-many.note.${ChartNote['code']}`;
export type ChartMessages = Messages<ChartWordId>;

/** A mark in words, as those hear it who do not see it: "500, according to the local authorities, about October 2021". */
export function markInWords(mark: ChartMark, group: ChartGroup, m: ChartMessages): string {
  const { figure } = mark;
  const name = group.series[mark.series]!.name;
  if (figure === null) {
    const [low, high] = [mark.low, mark.high].map((amount) => quantityInWords(amount, group.unit, m));
    const party = name === '' ? m.t('words.how-many.nobody') : name;
    const date = dateInWords(mark.period, m);
    return m.t('words.how-many.stretch', { count: mark.count, low: low!, high: high!, party, date });
  }
  const amount = amountInWords(figure, figure.unit, m);
  const date = figure.period === null ? '' : dateInWords(figure.period, m);
  const way = name === '' ? 'nobody' : figure.accordingTo === null ? 'reported' : 'according';
  const said = m.t(`words.how-many.mark.${way}`, { amount, party: name, date });
  return figure.modality === 'reported'
    ? said
    : m.t(`words.how-many.mark.${figure.modality}`, { mark: said });
}

/** What sets a group apart from others of its measure: place, unit, length of time. Empty where nothing does. */
export function groupInWords(group: ChartGroup, m: ChartMessages): string {
  const parts: string[] = [];
  if (group.place) parts.push(group.place.name);
  else if (group.reasons.some(({ code }) => code === 'scope-unknown-place'))
    parts.push(m.t('words.how-many.place.unknown'));
  if (group.length) parts.push(m.t(`words.how-many.length.${group.length}`));
  if (group.unit && group.reasons.some(({ code }) => code === 'scope-unit')) parts.push(group.unit);
  return parts.join(' · ');
}

/** Why a group is not set against the first one, in sentences: "Another area: Dunkirk, not Calais." */
export function reasonsInWords(group: ChartGroup, m: ChartMessages): string[] {
  return group.reasons.map((reason) => stepInWords(reason, m));
}

/** A note as a sentence. */
export function noteInWords({ code, values }: ChartNote, m: ChartMessages): string {
  const said = values.party === '' ? { ...values, party: 'none' } : values;
  return m.t(`words.how-many.note.${code}`, said);
}
