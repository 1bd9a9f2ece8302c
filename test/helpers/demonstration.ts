import { rm } from 'node:fs/promises';
import path from 'node:path';

import { freshDatabase } from './database.ts';
import { makeDataFolder, startProgram } from './program.ts';

/** The running demonstration over a database of its own on the test server, for journeys in the browser. */
export interface RunningDemonstration {
  readonly url: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

export async function startDemonstration(): Promise<RunningDemonstration> {
  const fresh = await freshDatabase();
  const dataFolder = await makeDataFolder();
  const program = await startProgram({ dataFolder, databaseUrl: fresh.url });
  return {
    url: program.url,
    databaseUrl: fresh.url,
    async stop() {
      await program.end('SIGTERM');
      await fresh.drop();
      await rm(path.dirname(dataFolder), { recursive: true, force: true });
    },
  };
}
