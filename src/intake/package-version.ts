// Which version of a library made a rendition: renditions name their tool, so that a difference can be explained later.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The installed version of a package: the nearest package.json above its entry that bears its name. `entry` names a part
 * of a package that has no main one.
 */
export function packageVersion(name: string, entry = name): string {
  let directory = dirname(require.resolve(entry));
  for (;;) {
    try {
      const found = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      if (found.name === name && found.version) return found.version;
    } catch {
      // No package.json here, or one of a subfolder: further up.
    }
    if (dirname(directory) === directory) throw new Error(`no version of ${name} found`);
    directory = dirname(directory);
  }
}
