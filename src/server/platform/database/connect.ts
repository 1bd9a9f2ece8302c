import { Kysely, PostgresDialect, type PostgresDialectConfig } from 'kysely';
import pg from 'pg';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { checkRole, checkServer, explainConnection } from './check-server.ts';
import { valueParsers } from './columns.ts';
import { startEmbedded } from './embedded/start.ts';
import { openListener, type Listen } from './listen.ts';
import { WalkingDialect } from './query-walk.ts';
import { tableKinds } from './table-kinds.ts';
import type { Tables } from './tables.ts';

export interface DatabaseInfo {
  readonly kind: 'embedded' | 'server';
  /** Of PostgreSQL, such as `15.20`. */
  readonly version: string;
}

export interface Database {
  readonly kysely: Kysely<Tables>;
  readonly pool: pg.Pool;
  readonly info: DatabaseInfo;
  /** Connection string, with the password: for tools of ours, never for a log. */
  readonly url: string;
  /**
   * Calls `heard` with the payload of each notification on the channel, and with null when some may have been missed (the
   * connection was lost and is back). It speeds up polling and never replaces it.
   * @returns how to stop.
   */
  readonly listen: Listen;
  /** Ends all connections, then stops the embedded server if there is one. */
  close(): Promise<void>;
}

export type DatabaseConfig = Pick<
  Config,
  'databaseUrl' | 'dataFolder' | 'dataFolderChosen' | 'demo' | 'poolSize' | 'checkQueries'
>;

/**
 * Opens the database that the settings name: the embedded one in the data folder, or a PostgreSQL server. The schema is not
 * touched: see `migrate`.
 * @throws StartError with words for the operator when it cannot be used.
 */
export async function openDatabase(config: DatabaseConfig, log: Log): Promise<Database> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ ...config, log }) : undefined;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const pool = openPool(url, config.poolSize, log);
  const kysely = new Kysely<Tables>({ dialect: chooseDialect({ pool }, config.checkQueries) });
  const listener = openListener(url, log);
  const close = async () => {
    await listener.close();
    await pool.end();
    await embedded?.stop();
  };
  try {
    const version = await checkServer(pool, log);
    await checkRole(pool, log, config.demo);
    const info = { kind: embedded === undefined ? ('server' as const) : ('embedded' as const), version };
    return { kysely, pool, info, url, listen: listener.listen, close };
  } catch (error) {
    await close();
    throw explainConnection(error, url);
  }
}

/** A pool with our reading of values. A connection lost while idle is logged and replaced at the next query. */
export function openPool(url: string, size: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types: valueParsers(),
    application_name: 'jingwei',
    connectionTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on('error', error => log.warn({ error: error.message }, 'database connection lost'));
  return pool;
}

function chooseDialect(config: PostgresDialectConfig, checkQueries: boolean): PostgresDialect {
  return checkQueries ? new WalkingDialect(config, tableKinds) : new PostgresDialect(config);
}
