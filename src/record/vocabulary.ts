// Vocabularies: the closed lists of terms, as data. Labels live in locales/, under `vocabulary.<list>.<term>`.
import { z } from 'zod';

/** How the words stand: quoted, reported, or reported with quoted parts. */
export const StatementMode = z.enum(['direct', 'indirect', 'mixed']).meta({ id: 'StatementMode' });
export type StatementMode = z.infer<typeof StatementMode>;

/** What a speaker does by speaking. */
export const SpeechAct = z
  .enum([
    'says',
    'asks',
    'denies',
    'rejects',
    'clarifies',
    'corrects',
    'retracts',
    'confirms',
    'promises',
    'accuses',
    'explains',
    'orders',
    'no-response',
  ])
  .meta({ id: 'SpeechAct' });
export type SpeechAct = z.infer<typeof SpeechAct>;

/** Where something was said. */
export const Venue = z
  .enum([
    'interview',
    'press-conference',
    'press-release',
    'written-statement',
    'committee',
    'parliament',
    'court',
    'speech',
    'report',
    'letter',
    'social-media',
    'broadcast',
    'other',
  ])
  .meta({ id: 'Venue' });
export type Venue = z.infer<typeof Venue>;

/** How a printed number bounds the amount it speaks of. */
export const Bound = z
  .enum(['exact', 'about', 'at-least', 'at-most', 'more-than', 'less-than', 'range', 'change'])
  .meta({ id: 'Bound' });
export type Bound = z.infer<typeof Bound>;

/** Whether an amount is said to be so, pledged, or expected: what was promised is not set against what was paid. */
export const Modality = z.enum(['reported', 'pledged', 'expected']).meta({ id: 'Modality' });
export type Modality = z.infer<typeof Modality>;

/** What a measure's figures are counts of: a state at a time, what happened in a period, or a running total. */
export const SeriesKind = z.enum(['unknown', 'stock', 'flow', 'cumulative']).meta({ id: 'SeriesKind' });
export type SeriesKind = z.infer<typeof SeriesKind>;

/** Whether a measure counts the same person or thing again each time. */
export const Repeats = z.enum(['unknown', 'counted', 'once']).meta({ id: 'Repeats' });
export type Repeats = z.infer<typeof Repeats>;

/** The life of a record; which may follow which is in status.ts. */
export const Status = z
  .enum(['suggested', 'accepted', 'rejected', 'corrected', 'withdrawn'])
  .meta({ id: 'Status' });
export type Status = z.infer<typeof Status>;

/** Who may see a record or a source: everybody once published, the dossier's team, or only those named. */
export const Sensitivity = z.enum(['public', 'team', 'sealed']).meta({ id: 'Sensitivity' });
export type Sensitivity = z.infer<typeof Sensitivity>;

/** The three kinds of record. */
export const RecordKind = z.enum(['statement', 'figure', 'incident']).meta({ id: 'RecordKind' });
export type RecordKind = z.infer<typeof RecordKind>;

/** What a source is. */
export const SourceType = z
  .enum([
    'article',
    'report',
    'press-release',
    'transcript',
    'dataset',
    'photo',
    'video',
    'audio',
    'web-capture',
    'letter',
    'digest',
    'field-submission',
    'other',
  ])
  .meta({ id: 'SourceType' });
export type SourceType = z.infer<typeof SourceType>;

/** How far a source has proved reliable; "unknown" until somebody judged it. */
export const Reliability = z
  .enum(['unknown', 'reliable', 'usually-reliable', 'fairly-reliable', 'not-usually-reliable', 'unreliable'])
  .meta({ id: 'Reliability' });
export type Reliability = z.infer<typeof Reliability>;

/** How a source reached us. */
export const Acquisition = z
  .enum(['uploaded', 'pasted', 'fetched', 'handed-over', 'field', 'example'])
  .meta({ id: 'Acquisition' });
export type Acquisition = z.infer<typeof Acquisition>;

/** How far a source has come on its way from bytes to suggestions. */
export const SourceState = z
  .enum(['received', 'reading', 'read', 'proposed', 'unreadable'])
  .meta({ id: 'SourceState' });
export type SourceState = z.infer<typeof SourceState>;

/** How one record stands to another. Read as "from <kind> to": the clarification *clarifies* the statement. */
export const LinkKind = z
  .enum([
    'denies',
    'clarifies',
    'corrects',
    'retracts',
    'rejects',
    'confirms',
    'repeats',
    'explains-otherwise',
    'responds-to',
    'follows-up',
    'part-of',
    'same-event-as',
  ])
  .meta({ id: 'LinkKind' });
export type LinkKind = z.infer<typeof LinkKind>;

/** Kinds of finding over records. */
export const DisagreementKind = z
  .enum([
    'figures-differ',
    'scope-differs',
    'arithmetic-does-not-hold',
    'later-clarified',
    'denied',
    'rejected',
    'explained-otherwise',
    'no-response',
    'duplicate',
  ])
  .meta({ id: 'DisagreementKind' });
export type DisagreementKind = z.infer<typeof DisagreementKind>;

/** What a person made of a disagreement. */
export const DisagreementState = z
  .enum(['open', 'explained', 'upheld', 'dismissed'])
  .meta({ id: 'DisagreementState' });
export type DisagreementState = z.infer<typeof DisagreementState>;

/** Why records that do not fit may both be right, or which is wrong. */
export const Explanation = z
  .enum([
    'different-definition',
    'different-area',
    'different-time',
    'different-method',
    'repeats-counted',
    'rounding',
    'revised',
    'misprint',
    'translation',
    'same-origin',
    'other',
  ])
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof Explanation>;

/** By which means somebody was asked. */
export const ContactMeans = z
  .enum(['email', 'letter', 'telephone', 'in-person', 'press-office', 'social-media', 'other'])
  .meta({ id: 'ContactMeans' });
export type ContactMeans = z.infer<typeof ContactMeans>;

/** What came of asking. */
export const RequestOutcome = z
  .enum(['waiting', 'answered', 'declined', 'no-response'])
  .meta({ id: 'RequestOutcome' });
export type RequestOutcome = z.infer<typeof RequestOutcome>;

/** Kinds of actor. */
export const ActorType = z
  .enum([
    'person',
    'government-body',
    'ngo',
    'international-body',
    'company',
    'media',
    'police-unit',
    'group',
    'other',
  ])
  .meta({ id: 'ActorType' });
export type ActorType = z.infer<typeof ActorType>;

/** Kinds of place. */
export const PlaceType = z
  .enum([
    'country',
    'region',
    'town',
    'living-site',
    'camp',
    'port',
    'crossing',
    'road',
    'building',
    'area',
    'other',
  ])
  .meta({ id: 'PlaceType' });
export type PlaceType = z.infer<typeof PlaceType>;

/** How precisely a place is known, as a radius in metres; null when only a name is known. */
export const PlacePrecision = z.number().min(0).max(1_000_000).nullable();

/** What is done to people or things in an incident. */
export const ActKind = z
  .enum([
    'eviction',
    'demolition',
    'seizure',
    'destruction',
    'arrest',
    'expulsion',
    'violence',
    'intimidation',
    'obstruction',
    'death',
    'disappearance',
    'rescue',
    'provision-of-shelter',
    'other',
  ])
  .meta({ id: 'ActKind' });
export type ActKind = z.infer<typeof ActKind>;

/** A perpetrator's part in an act. */
export const Involvement = z
  .enum(['carried-out', 'ordered', 'assisted', 'present', 'alleged', 'unknown'])
  .meta({ id: 'Involvement' });
export type Involvement = z.infer<typeof Involvement>;

/** What is counted when victims are counted. */
export const CountingUnit = z
  .enum(['person', 'family', 'household', 'group', 'child', 'unaccompanied-minor'])
  .meta({ id: 'CountingUnit' });
export type CountingUnit = z.infer<typeof CountingUnit>;

/** What happened to things in an incident. */
export const ThingFate = z
  .enum(['seized', 'destroyed', 'damaged', 'removed', 'returned'])
  .meta({ id: 'ThingFate' });
export type ThingFate = z.infer<typeof ThingFate>;
