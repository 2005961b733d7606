// The process that initialises the embedded database and ends, taking its memory with it.
import { runInitialisation } from './pglite.ts';

await runInitialisation(process.argv[2]!);
// PGlite leaves handles open; the work is done and on its way to the disk.
process.exit(0);
