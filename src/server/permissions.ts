// Who may do what, as data: each permission and how far each role's right reaches. The server enforces it in endpoint.ts,
// a test tries every route as every role, and docs/permissions.md is printed from it.
import { z } from 'zod';
import type { DossierRole, HouseRole } from '../record/account.ts';

/**
 * The roles of the table. In a dossier: owner to reader. `member` is signed in but not of the dossier's team; `public` is
 * nobody. The owner of the house counts as owner in every dossier.
 */
export type Role = DossierRole | 'member' | 'public';

/** Every role, from the most to the least. */
export const ROLES = [
  'owner',
  'editor',
  'contributor',
  'observer',
  'reader',
  'member',
  'public',
] as const satisfies readonly Role[];

/** How far a right reaches: over everything there, or over what the person handed in themselves. */
export type Reach = 'all' | 'own';

/** What one permission is about, and who has it; a role that is not named has not. */
export interface Rule {
  /** What it allows, in a line for the documentation. */
  allows: string;
  /** Where a role is held: in the dossier of the address, or in the house. */
  where: 'dossier' | 'house';
  roles: Partial<Record<Role, Reach>>;
}

const everybody = { owner: 'all', editor: 'all', contributor: 'all', reader: 'all' } as const;
const writers = { owner: 'all', editor: 'all', contributor: 'all' } as const;
const editors = { owner: 'all', editor: 'all' } as const;
const owners = { owner: 'all' } as const;

/** What an endpoint may ask for. */
export const PERMISSIONS = {
  'dossier.read': {
    allows: 'see that a dossier exists, its title and summary',
    where: 'dossier',
    roles: { ...everybody, observer: 'all' },
  },
  'dossier.edit': { allows: 'change what a dossier says of itself', where: 'dossier', roles: editors },
  'dossier.publish': { allows: 'see what would leave, and publish it', where: 'dossier', roles: editors },
  'people.read': { allows: 'see who is of the team', where: 'dossier', roles: everybody },
  'people.edit': {
    allows: 'invite people, change their roles, name who may open what is sealed',
    where: 'dossier',
    roles: owners,
  },
  'source.read': {
    allows: 'read sources, their texts and their originals, where they are not sealed',
    where: 'dossier',
    roles: { ...everybody, observer: 'own' },
  },
  'source.add': { allows: 'hand in sources', where: 'dossier', roles: { ...writers, observer: 'own' } },
  'source.edit': { allows: 'change what is said of a source', where: 'dossier', roles: writers },
  'record.read': {
    allows: 'read records, and all that is worked out from them',
    where: 'dossier',
    roles: everybody,
  },
  'record.write': {
    allows: 'make, judge and change records, links, measures, actors, places and requests; undo',
    where: 'dossier',
    roles: writers,
  },
  'witness.read': { allows: 'see witnesses by their pseudonyms', where: 'dossier', roles: writers },
  'witness.write': {
    allows: 'make and change witnesses and their consents',
    where: 'dossier',
    roles: editors,
  },
  'seal.close': { allows: 'seal records, fields and sources', where: 'dossier', roles: writers },
  'seal.open': {
    allows: 'open what is sealed; the person must be named besides',
    where: 'dossier',
    roles: { ...everybody, observer: 'own' },
  },
  'subject.erase': { allows: 'erase a record, source or witness for good', where: 'dossier', roles: owners },
  'log.read': { allows: 'read the dossier’s log, histories and proofs', where: 'dossier', roles: everybody },
  'dossier.list': {
    allows: 'list the dossiers whose team one belongs to',
    where: 'house',
    roles: { owner: 'all', member: 'own' },
  },
  'dossier.create': { allows: 'make a dossier; whoever makes it owns it', where: 'house', roles: owners },
  'house.read': {
    allows: 'see the state of the log, the exchange rates and the language model',
    where: 'house',
    roles: { owner: 'all', member: 'all' },
  },
  'house.edit': {
    allows: 'change what holds for the whole house: exchange rates, people, letters',
    where: 'house',
    roles: owners,
  },
  'account.own': {
    allows: 'manage one’s own account: password, passkeys, codes, sessions',
    where: 'house',
    roles: { owner: 'own', member: 'own' },
  },
  anyone: {
    allows: 'sign in, accept an invitation, read what is published',
    where: 'house',
    roles: { owner: 'all', member: 'all', public: 'all' },
  },
} as const satisfies Record<string, Rule>;

/** A permission. */
export type Permission = keyof typeof PERMISSIONS;

/** What somebody may do, as answers tell it: each permission they have, and how far it reaches. */
export const May = z
  .partialRecord(z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]), z.enum(['all', 'own']))
  .meta({ id: 'May', title: 'Rights' });
export type May = z.infer<typeof May>;

/** Who asks: an account's role in the house, or null for nobody; and the role in the dossier of the address, if any. */
export interface Asking {
  house: HouseRole | null;
  dossier: DossierRole | null;
}

/** The role by which somebody's right is looked up. */
export function roleOf({ house, dossier }: Asking, where: Rule['where']): Role {
  if (house === null) return 'public';
  if (house === 'owner') return 'owner';
  return where === 'dossier' ? (dossier ?? 'member') : 'member';
}

/** How far a permission reaches for a role, or null where it is not given. */
export function reach(role: Role, permission: Permission): Reach | null {
  const { roles }: Rule = PERMISSIONS[permission];
  return roles[role] ?? null;
}

/** All that somebody may do in the house, or in one dossier: what the desk shows is read off this. */
export function rightsOf(asking: Asking, where: Rule['where']): May {
  const role = roleOf(asking, where);
  const rights: May = {};
  for (const [permission, rule] of Object.entries(PERMISSIONS) as [Permission, Rule][]) {
    const found = rule.roles[role];
    if (rule.where === where && found) rights[permission] = found;
  }
  return rights;
}
