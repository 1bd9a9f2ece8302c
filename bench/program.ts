import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import pg from 'pg';

import { findRunning } from '../src/server/platform/database/embedded/start.ts';
import { familyMs, nameOf, parentOf, processMs } from './cpu-time.ts';

const project = path.resolve(import.meta.dirname, '..');

export interface Program {
  readonly url: string;
  readonly databaseUrl: string;
  /** Address of Node's inspector; empty unless it was asked for. */
  readonly inspector: string;
  /** Processor time so far in milliseconds, of the server and of all processes of the database; null where it cannot be seen. */
  cpu(): Cpu;
  stop(): Promise<void>;
}

export interface Cpu {
  readonly server: number | null;
  readonly database: number | null;
}

/**
 * The real program with the demonstration in a folder of its own that is thrown away: over the embedded database, or over a database
 * made for this run on the server that `serverUrl` names (whose role must be allowed to create one).
 */
export async function startProgram(serverUrl: string | undefined, inspect: boolean): Promise<Program> {
  for (const app of ['desk', 'field', 'resident'])
    if (!existsSync(path.join(project, 'dist', app, 'index.html')))
      throw new Error(`dist/${app} is missing: run "npm run build" first`);
  const own = serverUrl === undefined ? undefined : await createDatabase(serverUrl);
  const data = await mkdtemp(path.join(tmpdir(), 'jingwei-bench-'));
  const child = spawn(process.execPath, [...(inspect ? ['--inspect=127.0.0.1:0'] : []), 'src/server/main.ts'], {
    cwd: project,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: own?.url ?? '',
      JINGWEI_DATA: data,
      JINGWEI_DEMO: '1',
      JINGWEI_ROLES: '',
      JINGWEI_POOL: '',
      JINGWEI_LOG: 'warn',
      JINGWEI_REPORTS_PER_MINUTE: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const clean = async () => {
    child.kill('SIGTERM');
    await exited;
    await own?.drop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    const { port, inspector } = await new Promise<{ port: string; inspector: string }>((resolve, reject) => {
      let printed = '';
      const read = (chunk: Buffer) => {
        printed += chunk.toString();
        const port = /is up at http:\/\/localhost:(\d+)/.exec(printed)?.[1];
        const inspector = /listening on (ws:\S+)/.exec(printed)?.[1] ?? '';
        if (port !== undefined) resolve({ port, inspector });
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('exit', code => reject(new Error(`the program ended with ${code}:\n${printed}`)));
    });
    const databaseUrl = own?.url ?? (await findRunning(data));
    if (databaseUrl === undefined) throw new Error('the embedded database cannot be found');
    const postmaster = await findPostmaster(databaseUrl);
    const server = child.pid ?? 0;
    return {
      url: `http://127.0.0.1:${port}`,
      databaseUrl,
      inspector,
      cpu: () => ({
        server: processMs(server),
        database: postmaster === undefined ? null : familyMs(postmaster),
      }),
      stop: clean,
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** The process above a connection's own; undefined when the database runs on another machine. */
function findPostmaster(url: string): Promise<number | undefined> {
  return withClient(url, async client => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const backend = rows[0]?.pid ?? 0;
    return nameOf(backend) === 'postgres' ? parentOf(backend) : undefined;
  });
}

async function createDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `jingwei_bench_${randomBytes(4).toString('hex')}`;
  const ask = (statement: string) => withClient(serverUrl, client => client.query(statement));
  await ask(`create database ${name} encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0`);
  return {
    url: serverUrl.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`),
    drop: async () => {
      await ask(`drop database if exists ${name} with (force)`);
    },
  };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
