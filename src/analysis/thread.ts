// Threads: the statements of one matter in order of time, and how they answer one another.
import type { LinkKind } from '../record/vocabulary.ts';

/** One statement of a thread. Several reports of the same words by the same speaker are one statement. */
export interface ThreadStatement {
  /** The statement it is told by: the earliest and fullest report. */
  id: string;
  /** Every record that reports it, itself first. */
  reports: string[];
  /** How many of the reports do not go back to another one of them: copies of one dispatch are one. */
  independent: number;
  /** The lane it stands in: an index into the thread's speakers. */
  speaker: number;
  /** First and last instant it may have been said, in milliseconds since 1970; null where no date is known. */
  range: { from: number; to: number } | null;
}

/** How two statements of a thread stand to one another. */
export interface ThreadLink {
  from: string;
  to: string;
  link: LinkKind;
  /** "drawn" by a person, or "suggested" by analysis with the key of its finding. */
  basis: 'drawn' | 'suggested';
  finding: string | null;
}

/** One thread. */
export interface Thread {
  /** Stays the same while the thread holds its first statement. */
  key: string;
  /** What it is about: a topic of its statements, else the words they share. */
  title: string;
  /** In order of time, undated last. */
  statements: ThreadStatement[];
  links: ThreadLink[];
  /** Who speaks in it, in the order of their first words; `actor` null where the dossier does not know them. */
  speakers: { name: string; actor: string | null }[];
  /** From the first to the last, in milliseconds since 1970; null where none is dated. */
  range: { from: number; to: number } | null;
}
