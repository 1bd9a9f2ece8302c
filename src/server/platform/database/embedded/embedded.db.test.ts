import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../log.ts';
import { lockFolder } from './owner-lock.ts';
import { findPostmaster, isServing, stopPostmaster } from './postmaster.ts';
import { startEmbedded, type Embedded } from './start.ts';

const log = createLog({ logLevel: 'silent' });
const holder = path.resolve(import.meta.dirname, '../../../../../test/helpers/hold-database.ts');
const asRoot = process.getuid?.() === 0;

/** A data folder made once, at rest; most tests begin from a copy of it. */
let made: string;
let place: string;
let running: Embedded[];
let children: ChildProcess[];

beforeAll(async () => {
  made = await makePlace();
  const embedded = await startEmbedded({ dataFolder: path.join(made, 'data'), dataFolderChosen: true, log });
  await embedded.stop();
});
afterAll(() => rm(made, { recursive: true }));

beforeEach(async () => {
  place = await makePlace();
  execFileSync('cp', ['-a', path.join(made, 'data'), place]);
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await kill(child, 'SIGKILL');
  for (const embedded of running) await embedded.stop();
  const cluster = path.join(place, 'data/postgres/cluster');
  const orphan = await findPostmaster(cluster);
  if (orphan !== undefined) await stopPostmaster(orphan.pid, cluster);
  await rm(place, { recursive: true, force: true });
});

describe('a server that outlives its owner', () => {
  test('is adopted after kill -9 of the owner: same process, nothing lost', async () => {
    const first = await hold('data');
    await ask(first.url, 'create table kept as select 1 as one');
    await kill(first.child, 'SIGKILL');

    const second = await start('data');
    expect(second.adopted).toBe(true);
    expect(second.pid()).toBe(first.pid);
    expect(await ask(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('is started again when it was killed with its owner, with all that was committed', async () => {
    const first = await hold('data');
    await ask(first.url, 'create table kept as select 1 as one');
    process.kill(first.pid, 'SIGKILL');
    await kill(first.child, 'SIGKILL');

    const second = await start('data');
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('is started again while the owner lives', async () => {
    const embedded = await start('data');
    const dead = embedded.pid();
    await ask(embedded.url, 'create table kept as select 1 as one');
    process.kill(dead, 'SIGKILL');
    await expect.poll(() => embedded.pid(), { timeout: 15_000 }).not.toBe(dead);
    expect(await ask(embedded.url, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('a lock file that names a stranger does not keep the next start out', async () => {
    await (await start('data')).stop();
    running = [];
    const cluster = path.join(place, 'data/postgres/cluster');
    await writeFile(path.join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n5432\n/nowhere\n\n`);
    expect((await start('data')).adopted).toBe(false);
  });
});

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends owner and server, and the next start has nothing to recover',
    async signal => {
      const held = await hold('data');
      await ask(held.url, 'create table kept as select 1 as one');
      expect(await kill(held.child, signal)).toBe(0);
      const cluster = path.join(place, 'data/postgres/cluster');
      expect(await isServing(held.pid, cluster)).toBe(false);
      await expect(access(path.join(cluster, 'postmaster.pid'))).rejects.toThrow('ENOENT');

      const again = await start('data');
      expect(await ask(again.url, 'select one from kept')).toEqual([{ one: 1 }]);
    },
  );

  test('the server is in a process group of its own, where a Ctrl-C for us does not reach it', async () => {
    const embedded = await start('data');
    const status = await readFile(`/proc/${embedded.pid()}/stat`, 'utf8');
    const [, , group] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    expect(Number(group)).toBe(embedded.pid());
  });
});

describe('one owner', () => {
  test('a second one is refused, and told who the first is', async () => {
    const held = await hold('data');
    await expect(start('data')).rejects.toThrow(`pid ${held.child.pid ?? 0}`);
    await expect(start('data')).rejects.toThrow(`进程号 ${held.child.pid ?? 0}`);
  });

  test('of two at the first start one wins and the other is refused', async () => {
    const results = await Promise.allSettled([start('new'), start('new')]);
    expect(results.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('where sockets have no abstract names, a dead owner is seen through and a living one is not', async () => {
    const lock = await lockFolder(place, false);
    await expect(lockFolder(place, false)).rejects.toThrow(`pid ${process.pid}`);
    await lock.release();

    const child = spawn(
      process.execPath,
      ['-e', "require('net').createServer().listen('owner.sock',()=>console.log('up'))"],
      {
        cwd: place,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    await once(child.stdout, 'data');
    await expect(lockFolder(place, false)).rejects.toThrow('in use');
    await kill(child, 'SIGKILL');
    await (await lockFolder(place, false)).release();
  });
});

describe('where the data lies', () => {
  test('a chosen folder below a private one: refused by name when we are root, fine otherwise', async () => {
    const wall = path.join(place, 'private');
    await mkdir(wall, { mode: 0o700 });
    const starting = start('private/below/data');
    if (asRoot) {
      await expect(starting).rejects.toThrow(`${wall} is a private folder`);
      await expect(start('private/below/data')).rejects.toThrow(`${wall} 是私有文件夹`);
    } else {
      expect((await starting).adopted).toBe(false);
    }
  });

  test('the default folder below a private one: the database goes where it can be, and is found again', async () => {
    await mkdir(path.join(place, 'private'), { mode: 0o700 });
    const first = await start('private/data', false);
    await ask(first.url, 'create table kept as select 1 as one');
    await first.stop();
    running = [];
    const note = await readFile(path.join(place, 'private/data/postgres-elsewhere'), 'utf8').catch(() => undefined);
    try {
      expect(note?.startsWith('/var/lib/jingwei/') ?? false).toBe(asRoot);
      const second = await start('private/data', false);
      expect(await ask(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
      await second.stop();
      running = [];
    } finally {
      if (note !== undefined) await rm(note.trim(), { recursive: true });
    }
  });

  test('a path too long for a socket', async () => {
    const long = `${'long'.repeat(30)}/data`;
    await mkdir(path.join(place, path.dirname(long)));
    await chmod(path.join(place, path.dirname(long)), 0o755);
    const embedded = await start(long);
    const socketFolder = decodeURIComponent(embedded.url.replace(/^.*host=/, ''));
    expect(socketFolder).toMatch(/^\/tmp\/jingwei-[0-9a-f]{16}$/);
    expect(await ask(embedded.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await embedded.stop();
    running = [];
    await rm(socketFolder, { recursive: true });
  });

  test('a creation that was interrupted is begun again', async () => {
    const home = path.join(place, 'data/postgres');
    await rename(path.join(home, 'cluster'), path.join(home, 'cluster.half'));
    await rm(path.join(home, 'cluster.half/PG_VERSION'));
    const embedded = await start('data');
    expect(await ask(embedded.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(access(path.join(home, 'cluster.half'))).rejects.toThrow('ENOENT');
  });
});

describe('the server', () => {
  test('writes through, speaks to its own socket only, and gives the program no power over the cluster', async () => {
    const embedded = await start('data');
    const settings = `select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'listen_addresses', 'server_encoding', 'statement_timeout') order by name`;
    expect(await ask(embedded.url, settings)).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '' },
      { name: 'server_encoding', setting: 'UTF8' },
      { name: 'statement_timeout', setting: '30000' },
      { name: 'synchronous_commit', setting: 'on' },
    ]);
    await expect(ask(embedded.url, "copy (select 1) to program 'true'")).rejects.toThrow('permission denied');
    const stranger = embedded.url.replace(/:[0-9a-f]{48}@/, ':guess@');
    await expect(ask(stranger, 'select 1')).rejects.toThrow('password authentication failed');
  });
});

async function makePlace(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-embedded-'));
  // When we are root PostgreSQL runs under another account, which must get in.
  await chmod(folder, 0o755);
  return folder;
}

async function start(folder: string, chosen = true): Promise<Embedded> {
  const embedded = await startEmbedded({ dataFolder: path.join(place, folder), dataFolderChosen: chosen, log });
  running.push(embedded);
  return embedded;
}

interface Held {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly adopted: boolean;
  readonly url: string;
}

/** The database in a process of its own that can be killed. */
async function hold(folder: string): Promise<Held> {
  const child = spawn(process.execPath, [holder, path.join(place, folder)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ...(JSON.parse(line) as Omit<Held, 'child'>) };
}

/** @returns the exit code, null after a deadly signal. */
async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exited)[0];
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
