import { createHash } from 'node:crypto';
import { access, chmod, chown, constants, lstat, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log.ts';
import { StartError } from '../start-error.ts';
import { run, type ServiceUser } from './service-user.ts';

/**
 * [Note: Where the cluster lies]
 * Usually `<data folder>/postgres`. When root starts the program, PostgreSQL runs under another account, which cannot enter a
 * folder below a private one (a clone in /root or in a folder made by mktemp). A folder that the operator chose is then
 * refused with a reason; the default folder is not his choice, so the cluster goes to /var/lib/jingwei and a note of the place
 * stays in the data folder.
 */
const elsewhere = '/var/lib/jingwei';
const noteOfPlace = 'postgres-elsewhere';

/** Makes the data folder if need be. @throws StartError when we may not. */
export async function makeDataFolder(folder: string): Promise<string> {
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(folder);
  } catch (error) {
    throw new StartError(
      `数据文件夹 ${folder} 无法写入（${(error as Error).message}）。请换一个文件夹（JINGWEI_DATA），或由其所有者启动。`,
      `The data folder ${folder} cannot be written (${(error as Error).message}). Name another one with JINGWEI_DATA, or start as its owner.`,
    );
  }
}

/** The folder a cluster already has, before it is known who runs it. */
export async function findHome(dataFolder: string): Promise<string> {
  const note = await readFile(path.join(dataFolder, noteOfPlace), 'utf8').catch(() => '');
  return note.trim() === '' ? path.join(dataFolder, 'postgres') : note.trim();
}

/**
 * Makes the folder of cluster, sockets and password, closed to all but PostgreSQL's account.
 * @returns its path, which differs from `home` when that lies below a private folder.
 * @throws StartError naming the private folder when the operator chose the place.
 */
export async function makeHome(
  dataFolder: string,
  home: string,
  user: ServiceUser | undefined,
  chosen: boolean,
  log: Log,
): Promise<string> {
  if (user === undefined) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    return home;
  }
  if (path.dirname(home) !== dataFolder) return own(home, user);
  await letPass(dataFolder, user);
  if (await mayEnter(dataFolder, user)) return own(home, user);
  const wall = await findPrivateFolder(dataFolder, user);
  // A cluster that already lies here holds data: starting an empty one elsewhere would look like losing it.
  if (chosen || (await exists(home))) throw privateError(dataFolder, wall, user);
  return own(await moveElsewhere(dataFolder, wall, user, log), user);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function own(home: string, user: ServiceUser): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await chown(home, user.uid, user.gid);
  await chmod(home, 0o700);
  return home;
}

/** Lets PostgreSQL's group, and nobody else, pass through our own private data folder. */
async function letPass(dataFolder: string, user: ServiceUser): Promise<void> {
  const { uid, mode } = await stat(dataFolder);
  if (uid !== 0 || (mode & 0o077) !== 0) return;
  await chown(dataFolder, 0, user.gid);
  await chmod(dataFolder, 0o710);
}

/** Whether the account can enter a folder: tried, not computed, so that access lists count. */
export async function mayEnter(folder: string, user: ServiceUser): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user)).code === 0;
}

/** The topmost folder on the way that keeps the account out. */
async function findPrivateFolder(folder: string, user: ServiceUser): Promise<string> {
  const parts = folder.split(path.sep);
  for (let depth = 2; depth <= parts.length; depth += 1) {
    const ancestor = parts.slice(0, depth).join(path.sep);
    if (!(await mayEnter(ancestor, user))) return ancestor;
  }
  return folder;
}

async function moveElsewhere(dataFolder: string, wall: string, user: ServiceUser, log: Log): Promise<string> {
  const name = createHash('sha256').update(path.dirname(dataFolder)).digest('hex').slice(0, 12);
  await mkdir(elsewhere, { recursive: true });
  await chmod(elsewhere, 0o755);
  const home = await firstFree(path.join(elsewhere, name));
  await writeFile(path.join(dataFolder, noteOfPlace), `${home}\n`);
  log.info(
    `数据库放在 ${home}：${wall} 是私有文件夹，用户 ${user.name} 进不去 / ` +
      `the database lies in ${home}: ${wall} is private and closed to the user ${user.name}`,
  );
  return home;
}

/** Another clone may have stood at this path and left its data: it is not ours. */
async function firstFree(wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}-${number}`;
    const made = await mkdir(candidate, { mode: 0o700 }).then(
      () => true,
      () => false,
    );
    if (made) return candidate;
    if (number > 99) throw new StartError(`${elsewhere} 无法写入。`, `${elsewhere} cannot be written.`);
  }
}

function privateError(dataFolder: string, wall: string, user: ServiceUser): StartError {
  return new StartError(
    `数据库以用户 ${user.name} 运行（PostgreSQL 不能以 root 运行），而 ${wall} 是私有文件夹，它进不去，因此不能使用 JINGWEI_DATA=${dataFolder}。\n` +
      `请把 JINGWEI_DATA 设在别处（例如 /srv/jingwei），或执行 chmod o+x ${wall}。`,
    `The database runs as the user ${user.name} (PostgreSQL does not run as root), and ${wall} is a private folder that this user cannot enter, so JINGWEI_DATA=${dataFolder} cannot be used.\n` +
      `Set JINGWEI_DATA to another place (such as /srv/jingwei), or run: chmod o+x ${wall}`,
  );
}

/** A socket's path has at most 107 bytes on Linux, 103 on macOS; PostgreSQL adds `/.s.PGSQL.5432`. */
const longestSocketFolder = 103 - '/.s.PGSQL.5432'.length;

/**
 * The folder of the socket: inside the home, or, where that path is too long, a private one in /tmp.
 * @throws StartError when somebody else has taken that name.
 */
export async function makeSocketFolder(home: string, user: ServiceUser | undefined): Promise<string> {
  const near = path.join(home, 'run');
  const far = `/tmp/jingwei-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const folder = Buffer.byteLength(near) <= longestSocketFolder ? near : far;
  await mkdir(folder, { mode: 0o700 }).then(
    () => (user === undefined ? undefined : chown(folder, user.uid, user.gid)),
    () => undefined,
  );
  const found = await lstat(folder);
  const owner = user?.uid ?? process.getuid?.();
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return folder;
  throw new StartError(`${folder} 已被他人占用，请删除。`, `${folder} belongs to somebody else: remove it.`);
}
