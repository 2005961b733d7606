// Records in words: the line a list shows, the headline of a page, the parts of both. One way for all screens.
import type { Party, PlaceMention } from '../record/common.ts';
import type { Figure, FigureContent } from '../record/figure.ts';
import type { Incident } from '../record/incident.ts';
import { SEALED_TEXT } from '../record/sealed.ts';
import type { Statement } from '../record/statement.ts';
import type { Words } from './messages.tsx';

/** Any of the three kinds of record. */
export type AnyRecord = Statement | Figure | Incident;

/** A party as a line names it: "the interior minister", or "a name, role". */
export function partyInWords(party: Party, words: Words): string {
  return party.role ? words.t('desk.words.party', { name: party.name, role: party.role }) : party.name;
}

/** A place, with how precisely it is known where that is said. */
export function placeInWords(place: PlaceMention, words: Words): string {
  if (place.precision === null || place.precision === 0) return place.name;
  const far = place.precision >= 1000;
  const distance = words.formatNumber(far ? place.precision / 1000 : place.precision, {
    style: 'unit',
    unit: far ? 'kilometer' : 'meter',
    maximumFractionDigits: 1,
  });
  return words.t('desk.words.place', { name: place.name, distance });
}

/**
 * A figure's amount with all it is an amount of: bound, unit, what it changes from, and the same in other currencies.
 * @example figureAmount(pledge, english) // "£12,000,000 (also €15,000,000, $19,000,000)"
 */
export function figureAmount(
  figure: Pick<FigureContent, 'bound' | 'value' | 'low' | 'high' | 'unit' | 'equivalents' | 'baseline'>,
  words: Words,
): string {
  const amount = words.formatAmount(figure, figure.unit);
  const baseline = figure.baseline && baselineInWords(figure.baseline, figure.unit, words);
  const changed = baseline ? words.t('desk.words.over', { amount, baseline }) : amount;
  if (figure.equivalents.length === 0) return changed;
  const others = figure.equivalents.map(({ value, unit }) => quantity(value, unit, words));
  return words.t('desk.words.also', { amount: changed, others: others.join(', ') });
}

/** What a change is a change from, in words; empty when nothing is said of it. */
function baselineInWords(
  baseline: NonNullable<FigureContent['baseline']>,
  unit: string | null,
  words: Words,
): string {
  // A share of change ("+50 %") is taken from a plain count, so its own unit is not the baseline's.
  const value = baseline.value === null ? null : quantity(baseline.value, unit === '%' ? null : unit, words);
  // The words of the source mostly hold the period already: "the whole of 2020".
  const of = baseline.words ?? (baseline.period === null ? '' : words.formatDate(baseline.period));
  if (value === null) return of;
  return of === '' ? value : words.t('desk.words.baseline', { of, value });
}

function quantity(value: number, unit: string | null, words: Words): string {
  return words.formatAmount({ bound: 'exact', value, low: null, high: null }, unit);
}

/** What was said, in quotation marks of the reader's language where the words are exact. */
export function wordsSaid(statement: Pick<Statement, 'content' | 'mode'>, words: Words): string {
  if (statement.content === SEALED_TEXT) return words.t('desk.seal.mark');
  const content = statement.content.trim();
  if (statement.mode !== 'direct') return content;
  // Marks the source printed around the whole are replaced by ours; marks inside belong to the words.
  const marked = /^(?:“(.*)”|«\s*(.*?)\s*»|"(.*)")$/su.exec(content);
  const bare = marked?.[1] ?? marked?.[2] ?? marked?.[3] ?? content;
  return /[“”«»"]/.test(bare) ? content : words.t('desk.words.quoted', { content: bare });
}

/** Those who did what an incident reports, each once; empty when nobody is named. */
export function perpetratorsOf(incident: Pick<Incident, 'acts'>, words: Words): string {
  const names = incident.acts.flatMap((act) => act.perpetrators.map(({ party }) => party.name));
  return words.formatList([...new Set(names)]);
}

/** The date of a record in words, or null when it has none. */
export function recordDate(record: AnyRecord, words: Words): string | null {
  const edtf =
    record.kind === 'statement'
      ? record.saidOn
      : record.kind === 'figure'
        ? record.period
        : record.occurredOn;
  return edtf === null ? null : words.formatDate(edtf);
}

/**
 * Who makes a statement and, where it is more than saying, what they do by it: "the ministry (denies)". In brackets,
 * because a speaker may be one or many, and no verb fits both.
 */
export function speakerInWords(statement: Pick<Statement, 'speaker' | 'act'>, words: Words): string {
  const speaker = statement.speaker ? partyInWords(statement.speaker, words) : words.t('desk.words.nobody');
  if (statement.act === 'says') return speaker;
  return words.t('desk.words.speaker-act', {
    speaker,
    act: words.t(`vocabulary.speechAct.${statement.act}`),
  });
}

/** Whether nothing of a record is told but that it is there. */
export function isWhollySealed(record: Pick<AnyRecord, 'sensitivity' | 'sealed'>): boolean {
  return record.sensitivity === 'sealed' && Boolean(record.sealed);
}

/** A record in one sentence: who said what; how many of what; what was done. */
export function headlineOf(record: AnyRecord, words: Words): string {
  if (isWhollySealed(record)) return words.t(`desk.seal.record.${record.kind}`);
  switch (record.kind) {
    case 'statement': {
      const of = { speaker: speakerInWords(record, words), content: wordsSaid(record, words) };
      return words.t('desk.words.statement', of);
    }
    case 'figure': {
      const of = { amount: figureAmount(record, words), counted: record.counted };
      return record.accordingTo
        ? words.t('desk.words.figure-by', { ...of, party: partyInWords(record.accordingTo, words) })
        : words.t('desk.words.figure', of);
    }
    case 'incident':
      return record.title;
  }
}

/** The plural name of a kind, as in addresses. */
export const PLURAL = { statement: 'statements', figure: 'figures', incident: 'incidents' } as const;
