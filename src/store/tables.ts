// The tables as Kysely sees them, derived from the schemas: SQL is the only second statement of a shape,
// and tables.test.ts compares its columns with the schemas' keys.
import type { ColumnType, Generated } from 'kysely';
import type { HouseRole, Invitation, Letter, Membership, Passkey, SignInMethod } from '../record/account.ts';
import type { Actor } from '../record/actor.ts';
import type { Disagreement } from '../record/disagreement.ts';
import type { Dossier } from '../record/dossier.ts';
import type { Action } from '../record/entry.ts';
import type { Figure } from '../record/figure.ts';
import type { Incident } from '../record/incident.ts';
import type { Link } from '../record/link.ts';
import type { Measure } from '../record/measure.ts';
import type { Place } from '../record/place.ts';
import type { Publication } from '../record/report.ts';
import type { Request } from '../record/request.ts';
import type { Rendition, Source } from '../record/source.ts';
import type { Statement } from '../record/statement.ts';
import type { RecordKind } from '../record/vocabulary.ts';
import type { Witness } from '../record/witness.ts';

/** A shape as a row: objects and lists travel as JSON text when written, and come back parsed. */
type Row<Shape> = {
  [Key in keyof Shape]: NonNullable<Shape[Key]> extends object
    ? ColumnType<Shape[Key], string | null, string | null>
    : Shape[Key];
};

interface EntryTable {
  id: string;
  position: Generated<number>;
  dossier: string | null;
  at: string;
  who: string;
  action: Action;
  subject: string;
  batch: string;
  undoes: string | null;
  job: string | null;
  jobTries: Generated<number>;
  jobUntil: Generated<string | null>;
  logIndex: number | null;
  headSalt: Buffer;
  headCommitment: Buffer;
  salt: Buffer | null;
  commitment: Buffer;
  payload: string | null;
  payloadSealed: Generated<string | null>;
}

interface RecordIndexTable {
  dossier: string;
  kind: RecordKind;
  id: string;
  status: string;
  sensitivity: string;
  party: string | null;
  form: string;
  act: string | null;
  venue: string | null;
  place: string | null;
  year: number | null;
  source: string | null;
  sortDate: string;
  sortParty: string;
  sortValue: number;
  confidence: number;
  start: number;
  search: string;
}

/** Every table. Only src/store writes to them; elsewhere they are read. */
export interface Tables {
  accounts: {
    id: string;
    name: string;
    role: HouseRole;
    passwordHash: string | null;
    createdAt: string;
    email: Generated<string | null>;
    totp: Generated<string | null>;
    totpConfirmedAt: Generated<string | null>;
    totpStep: Generated<number | null>;
    suspendedAt: Generated<string | null>;
  };
  sessions: {
    tokenHash: string;
    id: string;
    account: string;
    method: SignInMethod;
    device: string | null;
    createdAt: string;
    confirmedAt: string;
    seenAt: string;
    expiresAt: string;
  };
  passkeys: Row<Passkey> & {
    account: string;
    publicKey: Buffer;
    counter: number;
    transports: ColumnType<string[], string, string>;
  };
  recoveryCodes: { account: string; codeHash: string; usedAt: string | null };
  challenges: { id: string; challenge: string; purpose: string; account: string | null; expiresAt: string };
  guesses: { key: string; points: number; expiresAt: string };
  memberships: Row<Membership>;
  invitations: Row<Invitation> & { tokenHash: string };
  outbox: Row<Letter>;
  seals: {
    dossier: string;
    id: string;
    subject: string;
    wrapped: string | null;
    wrappedFor: string | null;
    recipient: string;
    createdAt: string;
    destroyedAt: string | null;
  };
  witnesses: Row<Witness>;
  settings: { name: string; value: string };
  entries: EntryTable;
  logState: { onlyRow: Generated<boolean>; size: number };
  dossiers: Row<Dossier>;
  blobs: { sha256: string; bytes: number; storedAt: string; checkedAt: string | null; fault: string | null };
  sources: Row<Source>;
  sourceParts: {
    dossier: string;
    source: string;
    part: number;
    start: number;
    words: string;
    search: string;
  };
  renditions: Row<Rendition>;
  statements: Row<Omit<Statement, 'kind'>>;
  figures: Row<Omit<Figure, 'kind'>>;
  incidents: Row<Omit<Incident, 'kind'>>;
  recordIndex: RecordIndexTable;
  recordSources: { dossier: string; source: string; kind: RecordKind; id: string; start: number };
  actors: Row<Actor>;
  places: Row<Place>;
  measures: Row<Measure>;
  links: Row<Link>;
  disagreements: Row<Disagreement>;
  requests: Row<Request>;
  exchangeRates: { day: string; currency: string; perEuro: number; source: string };
  publications: Row<Publication>;
  published: {
    dossier: string;
    id: string;
    kind: string;
    since: number;
    until: number | null;
    view: ColumnType<unknown, string, string>;
    entry: string;
    sortKey: string;
  };
}
