import { startEmbedded } from '../../src/server/platform/database/embedded/start.ts';
import { createLog } from '../../src/server/platform/log.ts';

/**
 * `node test/helpers/hold-database.ts FOLDER` owns the embedded database of a data folder until it is told to stop, or is
 * killed. Prints one line of JSON when the database is ready.
 */
const [dataFolder = ''] = process.argv.slice(2);
const embedded = await startEmbedded({ dataFolder, dataFolderChosen: true, log: createLog({ logLevel: 'silent' }) });
console.log(JSON.stringify({ pid: embedded.pid(), adopted: embedded.adopted, url: embedded.url }));

const stop = async (): Promise<void> => {
  await embedded.stop();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
setInterval(() => undefined, 60_000);
