import { spawn } from 'node:child_process';
import { open, readFile, readlink, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from './runtime.ts';
import { childEnvironment, type ServiceUser } from './service-user.ts';

/** What `postmaster.pid` says: the server's process number and the folder of its socket. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
}

/** The server that runs on this cluster, whoever started it; undefined when there is none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const socketFolder = lines[4] ?? '';
  if (!Number.isInteger(pid) || pid <= 0 || !(await isServing(pid, cluster))) return undefined;
  return { pid, socketFolder };
}

/**
 * A process number alone proves nothing: after a restart of the machine another program may have it, and a dead server that
 * nobody has waited for keeps it as a zombie.
 */
export async function isServing(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const state = status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3);
  if (state === '' || state === 'Z' || state === 'X') return false;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return folder === (await realpath(cluster));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** PostgreSQL believes a lock file whose number is in use, even by a zombie or a stranger. Only for when `findPostmaster` found none. */
export async function removeStaleLock(cluster: string): Promise<void> {
  const pid = Number((await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  // A number that is free PostgreSQL sees through by itself, and then also looks for orphaned backends: leave it to it.
  if (pid > 0 && isAlive(pid) && !(await isServing(pid, cluster)))
    await rm(path.join(cluster, 'postmaster.pid'), { force: true });
}

export interface LaunchOptions {
  readonly cluster: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly throwAway: boolean;
}

/** Starts the server in a process group of its own, so that a Ctrl-C meant for us does not reach it before us. */
export async function launch(
  runtime: Runtime,
  user: ServiceUser | undefined,
  options: LaunchOptions,
): Promise<{ pid: number; exited: Promise<number | null> }> {
  const output = await open(options.logFile, 'a', 0o600);
  const settings = serverSettings(options).flatMap(setting => ['-c', setting]);
  const as = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  const child = spawn(path.join(runtime.bin, 'postgres'), ['-D', options.cluster, ...settings], {
    ...as,
    cwd: options.cluster,
    detached: true,
    env: childEnvironment,
    stdio: ['ignore', output.fd, output.fd],
  });
  const exited = new Promise<number | null>(resolve => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  child.unref();
  await output.close();
  return { pid: child.pid ?? 0, exited };
}

/** For a small computer that also runs our own program; given at each start, so that a new version of ours brings its own. */
function serverSettings({ socketFolder, throwAway }: LaunchOptions): string[] {
  const mebibytes = os.totalmem() / 1024 / 1024;
  const buffers = Math.round(Math.min(512, Math.max(64, mebibytes / 16)));
  const durable = throwAway ? 'off' : 'on';
  return [
    'listen_addresses=',
    `unix_socket_directories="${socketFolder.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    'max_connections=100',
    `shared_buffers=${throwAway ? 64 : buffers}MB`,
    `effective_cache_size=${Math.round(Math.max(256, mebibytes / 4))}MB`,
    'work_mem=8MB',
    'maintenance_work_mem=64MB',
    'random_page_cost=1.1',
    `fsync=${durable}`,
    `synchronous_commit=${durable}`,
    `full_page_writes=${durable}`,
    'statement_timeout=30s',
    'idle_in_transaction_session_timeout=60s',
    'password_encryption=scram-sha-256',
    'timezone=UTC',
    'log_timezone=UTC',
    'logging_collector=on',
    'log_directory=log',
    // A ring of seven files, one a weekday.
    'log_filename=%a.log',
    'log_truncate_on_rotation=on',
    'log_rotation_age=1d',
    'log_rotation_size=0',
    'log_line_prefix=%m [%p] %a ',
  ];
}

/** Ends a server: open transactions are rolled back, everything is written (PostgreSQL's fast shutdown). */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  if (!(await isServing(pid, cluster))) return;
  process.kill(pid, 'SIGINT');
  // A minute for the last checkpoint; then the hard way, from which the server recovers at its next start.
  const deadline = performance.now() + 60_000;
  let hard = false;
  while (await isServing(pid, cluster)) {
    if (!hard && performance.now() > deadline) {
      process.kill(pid, 'SIGQUIT');
      hard = true;
    }
    await sleep(20);
  }
}
