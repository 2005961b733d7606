// Prints docs/permissions.md from the permission table and the endpoints: npx tsx scripts/permissions.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { api } from '../src/server/api.ts';
import { PERMISSIONS, type Permission, ROLES, type Rule, reach } from '../src/server/permissions.ts';

/** Where the page lies. */
const PAGE = join(import.meta.dirname, '..', 'docs', 'permissions.md');

const INTRODUCTION = `# Who may do what

This page is printed from the table that the server enforces (\`src/server/permissions.ts\`) by
\`npx tsx scripts/permissions.ts\`; a test fails when the two differ. \`src/server/roles.test.ts\` asks every route below as
every role, with things of the dossier and with things of another one. [Decision 17](decisions/0017-roles.md) says why it is
built this way.

## How a right is found

- Every endpoint names one permission. There is no other check of roles, and no endpoint without a permission.
- A person has a role in the house (*owner* or *member*), and may have one in each dossier: *owner*, *editor*,
  *contributor*, *observer* or *reader*. Where a permission is held **in the dossier**, the role there decides; where it is
  held **in the house**, the role in the house.
- The owner of the house counts as owner of every dossier. Nobody may open what is sealed by role alone, the owner of the
  house included: a dossier’s owner names who may, person by person, and each naming and each opening is an entry in the log.
- **all** reaches everything there; **own** reaches only what the person handed in themselves.
- Whoever is not of a dossier’s team is told that there is no such dossier (404). Somebody of the team without the right is
  told so (403). Nobody signed in is asked to sign in (401). A suspended account is nobody, from the moment it is suspended.
- A thing of another dossier is not found, whoever asks, in an address as in a body.

`;

/** The page. */
export function permissionsPage(): string {
  const rules = Object.entries(PERMISSIONS) as [Permission, Rule][];
  const routes = Object.entries(
    api as Record<string, { permission: Permission; mindsReach?: boolean; csv?: unknown }>,
  );
  const table = (where: Rule['where'], title: string) => {
    const roles = ROLES.filter((role) =>
      where === 'dossier' ? true : role === 'owner' || role === 'member' || role === 'public',
    );
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    return [
      `## ${title}`,
      '',
      line(['permission', 'allows to', ...roles]),
      line(['---', '---', ...roles.map(() => '---')]),
      ...rules
        .filter(([, rule]) => rule.where === where)
        .map(([permission, { allows }]) =>
          line([`\`${permission}\``, allows, ...roles.map((role) => reach(role, permission) ?? '–')]),
        ),
      '',
    ].join('\n');
  };
  const byPermission = rules
    .map(([permission]) => {
      const own = routes.filter(([, one]) => one.permission === permission);
      const lines = own.map(
        ([route, { csv, mindsReach }]) =>
          `- \`${route}\`${csv ? ', and as `.csv`' : ''}${mindsReach ? ' (an observer: their own)' : ''}`,
      );
      return [`### \`${permission}\``, '', ...lines, ''].join('\n');
    })
    .join('\n');
  return [
    INTRODUCTION,
    table('dossier', 'In a dossier'),
    '\n',
    table('house', 'In the house'),
    '\n## Routes by permission\n\nAll stand under `/api/v1`.\n\n',
    byPermission,
    '\n## Outside the API\n\n',
    'The published pages under `/p`, their feeds, bundles and charts, the log at `/log`, the desk’s own files, `/verify`,\n',
    '`/docs/problems` and `/health` are for anybody, and hold nothing that was not published.\n',
  ].join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, permissionsPage());
