/**
 * Completes `package-lock.json` for every platform: `npm install` leaves out the optional packages that the registry at
 * hand does not carry, and then `npm ci` refuses the lock file everywhere. Run it after any change of a dependency.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of a lock entry that matters here; see "package-lock.json" in npm's manual. */
interface LockEntry {
  version?: string;
  cpu?: string[];
  dev?: boolean;
  libc?: string[];
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
}

const file = join(import.meta.dirname, '..', 'package-lock.json');
const lock: { packages: Record<string, LockEntry> } = JSON.parse(readFileSync(file, 'utf8'));

for (const [path, { dev, optionalDependencies }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (places.some((place) => place in lock.packages) || !/^\d/.test(version)) continue;
    const { os, cpu, libc } = platformOf(name);
    // In npm's own order of keys, so that the next install leaves the entry as it is.
    const entry = { version, cpu, ...(dev && { dev }), ...(libc && { libc }), optional: true, os };
    lock.packages[`node_modules/${name}`] = entry;
    process.stdout.write(`${name} ${version}\n`);
  }
}
const root = lock.packages[''];
const rest = Object.entries(lock.packages).filter(([path]) => path !== '');
// npm keeps the packages in this order; another would make every later diff unreadable.
rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = { ...(root && { '': root }), ...Object.fromEntries(rest) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

/** What a native package says of its platform, read from its name: `…-linux-x64-musl`, `…-win32-arm64-msvc`. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } {
  const match = /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name);
  if (!match)
    throw new Error(`The platform of ${name} cannot be read from its name: add its lock entry by hand.`);
  const [, os, cpu, abi] = match;
  const libc = abi?.startsWith('musl') ? ['musl'] : abi?.startsWith('gnu') ? ['glibc'] : undefined;
  return { os: [os!], cpu: [cpu!], ...(os === 'linux' && libc && { libc }) };
}
