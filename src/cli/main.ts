// The command `constat`. One file per command; each loads what it needs only when it runs, so that `read` starts fast.
import { Command } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };

const COMMANDS = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  read: async () => (await import('./read.ts')).readCommand,
  add: async () => (await import('./add.ts')).addCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  account: async () => (await import('./account.ts')).accountCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
};

const program = new Command('constat')
  .description('Establish what happened, who said what, and how many, where the parties disagree.')
  .version(packageFile.version)
  .showHelpAfterError('(constat --help lists the commands)')
  .exitOverride();

const asked = process.argv[2] as keyof typeof COMMANDS;
// The command asked for is loaded alone; help and mistakes load them all.
const wanted = asked in COMMANDS ? [COMMANDS[asked]] : Object.values(COMMANDS);
for (const load of wanted) (await load())(program);

try {
  await program.parseAsync();
} catch (error) {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) process.exitCode = exitCode === 0 ? 0 : 2;
  else throw error;
}
