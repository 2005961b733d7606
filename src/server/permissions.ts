// Who may do what, as data: each permission and the roles that have it. The server enforces it in endpoint.ts.

/** The roles of accounts. More will come; the table is the place where they are let in. */
export type Role = 'owner';

/** What an endpoint may ask for. `anyone` needs no session; `signed-in` needs one and nothing more. */
export const PERMISSIONS = {
  'dossier.read': ['owner'],
  'dossier.create': ['owner'],
  'dossier.edit': ['owner'],
  'dossier.publish': ['owner'],
  'dossier.export': ['owner'],
  'source.read': ['owner'],
  'source.add': ['owner'],
  'source.edit': ['owner'],
  'record.read': ['owner'],
  'record.write': ['owner'],
  'log.read': ['owner'],
  'instance.edit': ['owner'],
} as const satisfies Record<string, readonly Role[]>;

/** A permission, or one of the two that need no role. */
export type Permission = keyof typeof PERMISSIONS | 'anyone' | 'signed-in';

/** Whether an account of this role (null: nobody signed in) has a permission. */
export function may(role: Role | null, permission: Permission): boolean {
  if (permission === 'anyone') return true;
  if (role === null) return false;
  return permission === 'signed-in' || (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
