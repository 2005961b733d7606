// Settings: from the environment, overridden by command-line flags; every one has a default that works.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ModelSettings, modelSettings } from '../intake/model-settings.ts';
import { PUBLIC_WEB, type Reach } from '../intake/public-web.ts';
import type { Limits } from './endpoint.ts';
import { type MailSettings, mailSettings } from './mail.ts';
import { type SignInSettings, signInSettings } from './sign-in-settings.ts';

/** What `constat serve` runs with. */
export interface Settings {
  /** Address to listen on; only this machine unless told otherwise. */
  host: string;
  port: number;
  /** The data directory. */
  data: string;
  databaseUrl: string | undefined;
  origin: string | undefined;
  /** The house's seal key, where it is not in the data directory. */
  sealKey: string | undefined;
  /** The address readers reach this house under, "https://…"; taken from each request when absent. */
  address: string | undefined;
  limits: Limits;
  /** How people sign in. */
  signIn: SignInSettings;
  logLevel: string;
  /** How letters leave; null where they wait for the owner of the house to send them by hand. */
  mail: MailSettings | null;
  /** The language model that sources are told to; null when there is none. */
  model: ModelSettings | null;
  /** Which addresses sources may be fetched from; null for none. */
  reach: Reach | null;
}

/** Flags that override the environment. */
export interface SettingFlags {
  host?: string;
  port?: number;
  data?: string;
}

/** Where the data lies: all that a command needs which works on it alone. */
export function storeSettings(
  flags: SettingFlags = {},
  env: NodeJS.ProcessEnv = process.env,
): Pick<Settings, 'data' | 'databaseUrl' | 'origin' | 'sealKey'> {
  return {
    data: resolve(flags.data ?? env.CONSTAT_DATA ?? 'data'),
    databaseUrl: env.DATABASE_URL || undefined,
    origin: env.CONSTAT_LOG_ORIGIN || undefined,
    sealKey: env.CONSTAT_SEAL_KEY_FILE
      ? readFileSync(env.CONSTAT_SEAL_KEY_FILE, 'utf8')
      : env.CONSTAT_SEAL_KEY || undefined,
  };
}

/** Reads settings; throws `setting.invalid`, or `model.setting` for a language model that cannot be used. The names stand in docs/operations.md; a test keeps them there. */
export function readSettings(flags: SettingFlags = {}, env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    host: flags.host ?? env.CONSTAT_HOST ?? '127.0.0.1',
    port: flags.port ?? Number(env.CONSTAT_PORT ?? 4000),
    ...storeSettings(flags, env),
    address: env.CONSTAT_ADDRESS || undefined,
    limits: {
      body: Number(env.CONSTAT_MAX_BODY_MB ?? 25) * 1_000_000,
      requestsPerMinute: Number(env.CONSTAT_REQUESTS_PER_MINUTE ?? 3000),
    },
    signIn: signInSettings(env),
    logLevel: env.CONSTAT_LOG_LEVEL ?? 'info',
    mail: mailSettings(env),
    model: modelSettings(env),
    reach: env.CONSTAT_FETCH === 'off' ? null : PUBLIC_WEB,
  };
}
