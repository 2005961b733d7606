// The roles of a dossier in the order in which a choice offers them; what each may do is the server’s table.
import type { DossierRole } from '../../record/account.ts';

/** From the most to the least. */
export const ROLES: readonly DossierRole[] = ['owner', 'editor', 'contributor', 'observer', 'reader'];
