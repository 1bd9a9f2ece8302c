import type { Log } from '../log.ts';
import { openDatabase, type Database, type DatabaseConfig } from './connect.ts';
import { findRunning } from './embedded/start.ts';

/**
 * Opens the database for a tool: beside the running program when there is one, else as the program would. Closing it stops the
 * embedded server only if this call started it.
 * @throws StartError like `openDatabase`.
 */
export async function attachToDatabase(config: DatabaseConfig, log: Log): Promise<Database> {
  const running = config.databaseUrl ?? (await findRunning(config.dataFolder));
  return openDatabase(running === undefined ? config : { ...config, databaseUrl: running }, log);
}
