// `constat serve`: the whole product in one process.
import type { Command } from 'commander';
import { modelLines } from '../intake/model-settings.ts';
import { makeExample } from '../server/example/example.ts';
import { startServer } from '../server/serve.ts';
import { readSettings } from '../server/settings.ts';
import { print, run, say } from './output.ts';

/** Adds the command. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('run the whole product: desk, public site, API, log')
    .option('--port <port>', 'port to listen on (default 4000)', Number)
    .option('--host <host>', 'address to listen on (default 127.0.0.1: this machine only)')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--example', 'make the example dossier at once')
    .option('--json', 'print the address as JSON')
    .action((options: { port?: number; host?: string; data?: string; example?: boolean; json?: boolean }) =>
      run(options.json ?? false, async () => {
        const started = performance.now();
        const running = await startServer(readSettings(options));
        const { url, setupLink } = running;
        const { model } = running.services.intake;
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        print(options.json ?? false, { url, setupLink, ...(model && { model }) }, () => [
          `Constat is ready at ${url} (${seconds} s)`,
          ...(model ? modelLines(model) : []),
          ...(setupLink ? [`Make the owner’s account with this link; it works once:\n  ${setupLink}`] : []),
        ]);
        if (options.example) {
          const { slug } = await makeExample(running.services);
          say(`The example dossier is at ${url}/d/${slug}, and for the public at ${url}/p/${slug}`);
        }
        await new Promise<void>((resolve) => {
          for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
        });
        await running.stop();
        return 0;
      }),
    );
}
