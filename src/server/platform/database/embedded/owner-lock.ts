import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { StartError } from '../start-error.ts';

/** Held until released or until the process dies, however it dies. */
export interface OwnerLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only owner of the data folder.
 *
 * The lock is a listening socket, because the kernel takes it back from a dead owner at once and gives it to one taker
 * only; a file with a process number does neither. On Linux its name is abstract and no file is left behind.
 * @throws StartError naming the process that owns the folder.
 */
export async function lockFolder(folder: string, linux = process.platform === 'linux'): Promise<OwnerLock> {
  const { dev, ino } = await stat(folder);
  const address = linux ? `\0jingwei-${dev}-${ino}` : path.join(folder, 'owner.sock');
  const ownerFile = path.join(folder, 'owner.pid');
  const server = (await listen(address)) ?? (await listenAgain(address, linux));
  if (server === undefined) throw ownedError(folder, await readFile(ownerFile, 'utf8').catch(() => '?'));
  // A dead owner may have been root.
  await rm(ownerFile, { force: true });
  await writeFile(ownerFile, String(process.pid), { mode: 0o600 });
  return {
    release: async () => {
      await rm(ownerFile, { force: true });
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function listen(address: string): Promise<net.Server | undefined> {
  const server = net.createServer(visitor => visitor.destroy());
  const failure = await new Promise<NodeJS.ErrnoException | undefined>(resolve => {
    server.once('error', resolve);
    server.listen(address, () => resolve(undefined));
  });
  if (failure === undefined) return server.unref();
  if (failure.code === 'EADDRINUSE') return undefined;
  throw failure;
}

/** A socket file, unlike an abstract name, outlives its owner: if nobody answers it is rubbish. */
async function listenAgain(address: string, linux: boolean): Promise<net.Server | undefined> {
  if (linux || (await answers(address))) return undefined;
  await rm(address, { force: true });
  return listen(address);
}

function answers(address: string): Promise<boolean> {
  return new Promise(resolve => {
    const caller = net.connect(address);
    caller.once('connect', () => {
      caller.destroy();
      resolve(true);
    });
    caller.once('error', () => resolve(false));
  });
}

function ownedError(folder: string, owner: string): StartError {
  return new StartError(
    `数据文件夹 ${folder} 正被另一个经纬进程使用（进程号 ${owner}）。请先停止它，或用 JINGWEI_DATA 指定另一个文件夹。`,
    `The data folder ${folder} is in use by another Jingwei process (pid ${owner}). Stop that one first, or name another folder with JINGWEI_DATA.`,
  );
}
