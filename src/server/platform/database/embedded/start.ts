import { randomBytes } from 'node:crypto';
import { chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../log.ts';
import { StartError } from '../start-error.ts';
import { findHome, makeDataFolder, makeHome, makeSocketFolder } from './home.ts';
import { lockFolder } from './owner-lock.ts';
import { findPostmaster, isServing, launch, removeStaleLock, stopPostmaster } from './postmaster.ts';
import { prepareRuntime, removeOldRuntimes, type Runtime } from './runtime.ts';
import { findServiceUser, run, type ServiceUser } from './service-user.ts';

/**
 * [Note: The embedded database]
 * A real PostgreSQL from an npm package, started and watched by us. It outlives our sudden death (its transactions are
 * safe, its backends end by themselves); the next start adopts it. It is stopped only by `stop()`. Two roles: `jingwei_admin` owns
 * the cluster and is used here alone; `jingwei`, which owns the database, is all that the program has.
 */
export interface EmbeddedOptions {
  readonly dataFolder: string;
  /** True when the operator named the folder, see `Config.dataFolderChosen`. */
  readonly dataFolderChosen: boolean;
  readonly log: Log;
  /** For tests: nothing is written for good. */
  readonly throwAway?: boolean;
}

export interface Embedded {
  /** Connection string of the program's database. */
  readonly url: string;
  /** True when the server was found running. */
  readonly adopted: boolean;
  /** Process number of the server. It changes when a server that died has been started again. */
  pid(): number;
  /** Stops the server cleanly and gives up the folder. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly folder: string;
  readonly home: string;
  readonly socketFolder: string;
  readonly password: string;
  readonly user: ServiceUser | undefined;
  readonly runtime: Runtime;
  readonly throwAway: boolean;
  readonly log: Log;
}

/**
 * Opens the database of a data folder: creates it, starts it, or adopts the running server.
 * @throws StartError with words for the operator when it cannot.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataFolder = await makeDataFolder(options.dataFolder);
  const lock = await lockFolder(dataFolder);
  try {
    const cluster = await openCluster(dataFolder, options);
    const running = await findPostmaster(cluster.folder);
    let server = running ?? (await start(cluster));
    if (running !== undefined) await waitUntilReady(cluster, running.socketFolder);
    else await removeOldRuntimes(cluster.home, cluster.runtime);
    await createDatabase(cluster, server.socketFolder);
    const stopWatching = watch(
      cluster,
      () => server.pid,
      next => (server = next),
    );
    return {
      url: connectionString('jingwei', cluster.password, server.socketFolder),
      adopted: running !== undefined,
      pid: () => server.pid,
      stop: async () => {
        await stopWatching();
        await stopPostmaster(server.pid, cluster.folder);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Connection string of the embedded server of a data folder that runs now, for a tool beside the program; undefined when none
 * runs. Starts, locks and changes nothing.
 */
export async function findRunning(dataFolder: string): Promise<string | undefined> {
  const home = await findHome(dataFolder);
  const running = await findPostmaster(path.join(home, 'cluster'));
  if (running === undefined) return undefined;
  const password = await readFile(path.join(home, 'password'), 'utf8');
  return connectionString('jingwei', password, running.socketFolder);
}

async function openCluster(dataFolder: string, options: EmbeddedOptions): Promise<Cluster> {
  const known = await findHome(dataFolder);
  const user = await findServiceUser(path.join(known, 'cluster'));
  const home = await makeHome(dataFolder, known, user, options.dataFolderChosen, options.log);
  const runtime = await prepareRuntime(home, user);
  const folder = path.join(home, 'cluster');
  const password = await keepPassword(path.join(home, 'password'), user);
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version === '') await initialise(home, runtime, user, options);
  else if (Number(version) !== runtime.major) throw majorError(version.trim(), runtime);
  const socketFolder = await makeSocketFolder(home, user);
  return {
    folder,
    home,
    socketFolder,
    password,
    user,
    runtime,
    throwAway: options.throwAway ?? false,
    log: options.log,
  };
}

async function keepPassword(file: string, user: ServiceUser | undefined): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.length === 48) return kept;
  const password = randomBytes(24).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  if (user !== undefined) await chown(file, user.uid, user.gid);
  return password;
}

/** Under another name first: a half-made cluster, after a power cut, is thrown away at the next start. */
async function initialise(
  home: string,
  runtime: Runtime,
  user: ServiceUser | undefined,
  options: EmbeddedOptions,
): Promise<void> {
  options.log.info('正在创建数据库 / creating the database');
  const half = path.join(home, 'cluster.half');
  await rm(half, { recursive: true, force: true });
  const identity = ['--username=jingwei_admin', '--auth=scram-sha-256', `--pwfile=${path.join(home, 'password')}`];
  // With the C locale trigrams of Chinese text are silently empty.
  const manner = ['--encoding=UTF8', '--locale=C.UTF-8', ...(options.throwAway === true ? ['--no-sync'] : [])];
  const made = await run(path.join(runtime.bin, 'initdb'), ['-D', half, ...identity, ...manner], user, home);
  if (made.code !== 0)
    throw new StartError(`无法创建数据库：${made.output}`, `The database could not be created: ${made.output}`);
  await rename(half, path.join(home, 'cluster'));
}

async function start(cluster: Cluster): Promise<{ pid: number; socketFolder: string }> {
  const logFile = path.join(cluster.home, 'start.log');
  const { folder, socketFolder, throwAway } = cluster;
  for (let attempt = 1; ; attempt += 1) {
    await removeStaleLock(folder);
    await rm(logFile, { force: true });
    const { pid, exited } = await launch(cluster.runtime, cluster.user, {
      cluster: folder,
      socketFolder,
      logFile,
      throwAway,
    });
    const ready = waitUntilReady(cluster, socketFolder, exited);
    if (await ready) return { pid, socketFolder };
    const reason = await readLastWords(folder, logFile);
    // Backends of a server that was killed hold its memory for a moment longer; its words about that may come late on a busy
    // machine, so three attempts are made whatever they say.
    const passing = /lock file|shared memory block|still in use/.test(reason);
    if ((!passing && attempt >= 3) || attempt === 30) {
      throw new StartError(`数据库无法启动：${reason}`, `The database does not start: ${reason}`);
    }
    await sleep(500);
  }
}

/** The last words of a server: before it opened its own log, or in the newest file of that. */
async function readLastWords(cluster: string, logFile: string): Promise<string> {
  const folder = path.join(cluster, 'log');
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.map(async name => ({ name, at: (await stat(path.join(folder, name))).mtimeMs })),
  );
  const newest = files.sort((a, b) => b.at - a.at)[0]?.name;
  const texts = [logFile, ...(newest === undefined ? [] : [path.join(folder, newest)])].map(file =>
    readFile(file, 'utf8'),
  );
  return (await Promise.all(texts)).flatMap(text => text.trim().split('\n').slice(-6)).join('\n');
}

/** @returns true when the server answers, false when `exited` came first. @throws StartError when it does neither in ten minutes. */
async function waitUntilReady(
  cluster: Cluster,
  socketFolder: string,
  exited: Promise<number | null> = new Promise(() => undefined),
): Promise<boolean> {
  const gone = exited.then(() => 'gone' as const);
  // Recovery after a power cut reads the log again, at most a few gigabytes.
  for (let round = 1; round <= 6000; round += 1) {
    const answer = await Promise.race([
      asAdmin(cluster, socketFolder, 'postgres', () => Promise.resolve('ready' as const)),
      gone,
    ]).catch(refuseUnlessStarting);
    if (answer !== undefined) return answer === 'ready';
    if (round % 100 === 0) cluster.log.info('数据库正在恢复 / the database is recovering');
    await sleep(round < 40 ? 25 : 100);
  }
  throw new StartError('数据库在十分钟内没有就绪。', 'The database was not ready within ten minutes.');
}

function refuseUnlessStarting(error: unknown): undefined {
  const code = (error as { code?: string }).code ?? '';
  // No socket yet, nobody listening, or "the database system is starting up".
  if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03'].includes(code)) return undefined;
  throw error;
}

/** @returns what `work` returned. */
async function asAdmin<T>(
  cluster: Cluster,
  socketFolder: string,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host: socketFolder, user: 'jingwei_admin', password: cluster.password, database });
  // A server that ends while we talk also raises this event; the query rejects as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(cluster: Cluster, socketFolder: string): Promise<void> {
  await asAdmin(cluster, socketFolder, 'postgres', async client => {
    const role = await client.query("select 1 from pg_roles where rolname = 'jingwei'");
    // The password is hexadecimal, so that it needs no quoting.
    if (role.rowCount === 0) await client.query(`create role jingwei login createdb password '${cluster.password}'`);
    const database = await client.query("select 1 from pg_database where datname = 'jingwei'");
    if (database.rowCount === 0) await client.query('create database jingwei owner jingwei');
  });
}

/** Looks every second whether the server lives, and starts it again when it has died. */
function watch(
  cluster: Cluster,
  pid: () => number,
  replaced: (server: { pid: number; socketFolder: string }) => void,
): () => Promise<void> {
  let busy: Promise<void> = Promise.resolve();
  let looking = false;
  const look = async () => {
    if (await isServing(pid(), cluster.folder)) return;
    cluster.log.error('数据库进程意外退出，正在重新启动 / the database process has died and is being started again');
    replaced(await start(cluster));
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    busy = look()
      .catch((error: unknown) => cluster.log.error(error))
      .finally(() => (looking = false));
  }, 1000).unref();
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

function connectionString(name: string, password: string, socketFolder: string): string {
  return `postgresql://${name}:${password}@/${name}?host=${encodeURIComponent(socketFolder)}`;
}

function majorError(found: string, runtime: Runtime): StartError {
  return new StartError(
    `数据由 PostgreSQL ${found} 建立，而本版本使用 PostgreSQL ${runtime.major}。请用原版本导出备份，再导入本版本。`,
    `The data was made by PostgreSQL ${found}, this version brings PostgreSQL ${runtime.major}. Export it with the old version and import it here.`,
  );
}
