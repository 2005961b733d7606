// A record on one line, without the help of any language: who, what and when, as the bundle's page lists them.
import type { PublicRecord } from '../../record/public-view.ts';

/** The parts of the line; empty where the record has none. */
export interface RecordLine {
  /** The kind's mark: nothing depends on colour alone. */
  mark: string;
  who: string;
  what: string;
  /** EDTF. */
  when: string;
}

/** The kinds' marks. */
const MARKS = { statement: '“', figure: '#', incident: '▲' } as const;

const BOUNDS: Record<string, string> = {
  about: '≈ ',
  'at-least': '≥ ',
  'at-most': '≤ ',
  'more-than': '> ',
  'less-than': '< ',
};

/** The line of a record. */
export function recordLine(record: PublicRecord): RecordLine {
  const mark = MARKS[record.kind];
  switch (record.kind) {
    case 'statement':
      return { mark, who: record.speaker?.name ?? '', what: record.content, when: record.saidOn ?? '' };
    case 'figure': {
      const amount = record.value ?? `${record.low}–${record.high}`;
      const sign = record.bound === 'change' && typeof amount === 'number' && amount > 0 ? '+' : '';
      const unit = record.unit === null ? '' : ` ${record.unit}`;
      return {
        mark,
        who: record.accordingTo?.name ?? '',
        what: `${BOUNDS[record.bound] ?? ''}${sign}${amount}${unit} · ${record.counted}`,
        when: record.period ?? '',
      };
    }
    case 'incident':
      return { mark, who: '', what: record.title, when: record.occurredOn ?? '' };
  }
}
