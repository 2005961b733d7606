// Settings: from the environment, overridden by command-line flags; every one has a default that works.
import { resolve } from 'node:path';
import type { Limits } from './endpoint.ts';

/** What `constat serve` runs with. */
export interface Settings {
  /** Address to listen on; only this machine unless told otherwise. */
  host: string;
  port: number;
  /** The data directory. */
  data: string;
  databaseUrl: string | undefined;
  origin: string | undefined;
  /** The address readers reach this house under, "https://…"; taken from each request when absent. */
  address: string | undefined;
  limits: Limits;
  logLevel: string;
}

/** Flags that override the environment. */
export interface SettingFlags {
  host?: string;
  port?: number;
  data?: string;
}

/** Reads settings. The names stand in docs/operations.md; a test keeps them there. */
export function readSettings(flags: SettingFlags = {}, env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    host: flags.host ?? env.CONSTAT_HOST ?? '127.0.0.1',
    port: flags.port ?? Number(env.CONSTAT_PORT ?? 4000),
    data: resolve(flags.data ?? env.CONSTAT_DATA ?? 'data'),
    databaseUrl: env.DATABASE_URL || undefined,
    origin: env.CONSTAT_LOG_ORIGIN || undefined,
    address: env.CONSTAT_ADDRESS || undefined,
    limits: {
      body: Number(env.CONSTAT_MAX_BODY_MB ?? 25) * 1_000_000,
      requestsPerMinute: Number(env.CONSTAT_REQUESTS_PER_MINUTE ?? 3000),
    },
    logLevel: env.CONSTAT_LOG_LEVEL ?? 'info',
  };
}
