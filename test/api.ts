/** The API for a test: an app on a fresh store, asked as its owner, with a dossier of its own. */
import { expect } from 'vitest';
import { openIntake } from '../src/intake/intake.ts';
import { createApp } from '../src/server/app.ts';
import { newSetupToken } from '../src/store/accounts.ts';
import type { Store } from '../src/store/store.ts';
import { createTestStore } from './platform/embedded.ts';
import { sampleDossier } from './samples.ts';

/** What a test asks. */
export interface TestApi {
  store: Store;
  dossier: Awaited<ReturnType<typeof sampleDossier>>['dossier'];
  writer: { account: string; dossier: string };
  /** One request of the owner; `path` begins below the dossier's address. */
  ask: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** The same with a body as it stands, which need not be JSON. */
  send: (method: string, path: string, body: string) => Promise<Response>;
  /** Ends it, and expects that nothing went wrong that no problem explains. */
  close: () => Promise<void>;
}

/** Opens it. */
export async function openApi(): Promise<TestApi> {
  const store = await (await createTestStore('PGlite')).open();
  const intake = openIntake(store);
  const unexpected: unknown[] = [];
  const app = createApp(
    {
      store,
      intake,
      logError: (_reference, error) => unexpected.push(error),
      strictAnswers: true,
      limits: { body: 1_000_000, requestsPerMinute: 10_000 },
    },
    { web: null, version: '0.0.0' },
  );
  const made = await app.request('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: await newSetupToken(store),
      name: 'an observer',
      password: 'a sentence nobody guesses',
    }),
  });
  const cookie = made.headers.get('set-cookie')!.split(';')[0]!;
  const { dossier, writer } = await sampleDossier(store);
  const send = async (method: string, path: string, body?: string) =>
    app.request(`/api/v1/dossiers/${dossier.slug}${path}`, {
      method,
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    });
  return {
    store,
    dossier,
    writer,
    ask: (method, path, body) => send(method, path, body === undefined ? undefined : JSON.stringify(body)),
    send,
    close: async () => {
      await intake.close();
      expect(unexpected).toEqual([]);
    },
  };
}
