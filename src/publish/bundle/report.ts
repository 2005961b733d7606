// What a verification finds, and how it is said. Sentences are messages in locales/verify, in every language of the page.
import en from '../../../locales/verify/en.json';
import type { BundleAbout } from './manifest.ts';

/** Every code a finding may have; each has a sentence in every language. */
export const FINDING_CODES = [
  'bundle.not-a-bundle',
  'zip.directory',
  'zip.header',
  'file.missing',
  'file.unlisted',
  'file.order',
  'file.changed',
  'manifest.malformed',
  'manifest.changed',
  'manifest.counts',
  'seal.malformed',
  'seal.other',
  'seal.not-in-log',
  'key.malformed',
  'key.other',
  'checkpoint.refused',
  'checkpoint.smaller',
  'entry.malformed',
  'entry.other',
  'entry.not-in-log',
  'entry.no-proof',
  'data.differs',
  'table.differs',
  'source.no-original',
  'source.no-text',
  'source.other-parent',
  'source.withheld',
  'passage.malformed',
  'passage.no-source',
  'passage.other-text',
  'passage.differs',
  'passage.context',
  'disagreement.no-record',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that is wrong. `sentence` is English; the page says it in the reader's language from code and details. */
export interface Finding {
  code: FindingCode;
  sentence: string;
  /** The file it concerns. */
  path?: string;
  /** The record it concerns. */
  record?: string;
  details: Record<string, string>;
}

/** What was checked, as far as the check came. */
export interface Summary extends Omit<BundleAbout, 'format' | 'log'> {
  /** The key that signed: its name is the log's origin. */
  key: { origin: string; vkey: string; fingerprint: string };
  /** Whether the reader gave the key, or it was taken from the bundle, where anybody can put any key. */
  keyIsGiven: boolean;
  /** The signed state of the log that the seal is proved against. */
  checkpoint: { size: number; root: string };
  /** The seal's place in the log, and when it was written. */
  sealed: { index: number; at: string };
  files: number;
  bytes: number;
  records: number;
  proofsChecked: number;
  originals: number;
  passagesChecked: number;
  /** Passages in texts that may not leave: nobody can check them with this bundle, and nobody did. */
  passagesWithheld: number;
  sourcesWithheld: number;
}

/** The outcome. `refused`: not a bundle at all, or broken off, so that nothing could be checked. */
export interface Report {
  ok: boolean;
  refused: boolean;
  findings: Finding[];
  /** Findings beyond the first thousand. */
  more: number;
  summary: Summary | null;
}

/** Messages by their keys. */
export type Messages = Record<string, string>;

/** A message with its `{name}` places filled. Unknown keys come back as they are, so that a gap is seen. */
export function say(messages: Messages, key: string, details: Record<string, string | number> = {}): string {
  const message = messages[key] ?? key;
  return message.replace(/\{(\w+)\}/g, (place, name: string) => String(details[name] ?? place));
}

/** A finding's sentence in the language of the messages; `why` details that are words of ours are translated too. */
export function saySentence(
  messages: Messages,
  { code, details }: Pick<Finding, 'code' | 'details'>,
): string {
  const said = details.why === undefined ? details : { ...details, why: say(messages, `why.${details.why}`) };
  return say(messages, `finding.${code}`, said);
}

/** A finding with its English sentence. */
export function finding(
  code: FindingCode,
  details: Record<string, string> = {},
  of: { path?: string | undefined; record?: string | undefined } = {},
): Finding {
  const { path, record } = of;
  return {
    code,
    sentence: saySentence(en, { code, details }),
    ...(path !== undefined && { path }),
    ...(record !== undefined && { record }),
    details,
  };
}

/** A hash as people compare it aloud: groups of four hexadecimal digits. */
export function inGroups(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}
