// Starts the product: store, background work, HTTP. Gives its address back, and a way to stop it in order.
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import packageFile from '../../package.json' with { type: 'json' };
import { openIntake } from '../intake/intake.ts';
import { openLanguageModel } from '../intake/language-model.ts';
import { hasOwner, newSetupToken } from '../store/accounts.ts';
import { sealUnsealed } from '../store/sealed-sources.ts';
import { openStore, type Store } from '../store/store.ts';
import { createApp } from './app.ts';
import type { Services } from './endpoint.ts';
import { failedRequests, openLogger } from './log-lines.ts';
import { startPost } from './mail.ts';
import type { Settings } from './settings.ts';

/** A running Constat. */
export interface Running {
  /** Where it answers: "http://localhost:4000". */
  url: string;
  /** The one-time link that makes the owner's account; null once there is one. */
  setupLink: string | null;
  services: Services;
  store: Store;
  stop: () => Promise<void>;
}

/** The built desk: beside the built server, or in dist/ when running from source; null when it was not built. */
function webFolder(): string | null {
  const place = import.meta.url.endsWith('.ts') ? '../../dist/web/' : '../web/';
  const folder = fileURLToPath(new URL(place, import.meta.url));
  return existsSync(`${folder}index.html`) ? folder : null;
}

/** Starts everything; resolves when requests are answered. Port 0 takes a free one. */
export async function startServer(settings: Settings): Promise<Running> {
  const logger = openLogger(settings.logLevel);
  const store = await openStore({
    directory: settings.data,
    databaseUrl: settings.databaseUrl,
    origin: settings.origin,
    sealKey: settings.sealKey,
  });
  const intake = openIntake(
    store,
    undefined,
    (error) => logger.error({ err: error }, 'background work failed'),
    { model: settings.model && openLanguageModel(settings.model), isAsking: true },
    settings.reach,
  );
  // What an earlier version only marked as sealed; nobody waits for it but whoever stops.
  const sealing = sealUnsealed(store).catch((error: unknown) =>
    logger.error({ err: error }, 'sealing failed'),
  );
  const post =
    settings.mail &&
    startPost(store, settings.mail, (error) => logger.error({ err: error }, 'the post failed'));
  const services: Services = {
    store,
    intake,
    logError: failedRequests(logger),
    strictAnswers: process.env.NODE_ENV === 'test',
    limits: settings.limits,
    signIn: settings.signIn,
    post,
  };
  const app = createApp(services, {
    web: webFolder(),
    version: packageFile.version,
    address: settings.address,
  });
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, hostname: settings.host, port: settings.port }, () =>
      resolve(starting),
    );
    starting.once('error', reject);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await post?.close();
      await intake.close();
      await sealing;
      await store.close();
    })();
    return stopping;
  };
  store.onFatal((error) => {
    logger.fatal({ err: error }, error.message);
    // Nothing after this could be promised to be kept; what was acknowledged is on the disk.
    process.exit(3);
  });
  const setupLink = (await hasOwner(store)) ? null : `${url}/setup#${await newSetupToken(store)}`;
  return { url, setupLink, services, store, stop };
}
