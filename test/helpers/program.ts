import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '../..');

/** The real program as a process of its own. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  /** Sends the signal and waits until the process is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export interface ProgramSettings {
  readonly dataFolder: string;
  /** Undefined: the embedded database. */
  readonly databaseUrl?: string | undefined;
}

/** A folder below the temporary one into which the database's own user can see. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-program-'));
  await chmod(folder, 0o755);
  return path.join(folder, 'data');
}

/** Starts the program with the demonstration on a free port, as `npm start` does, and waits until it says that it is up. */
export function startProgram({ dataFolder, databaseUrl }: ProgramSettings): Promise<Program> {
  buildAppsOnce();
  const child = spawn(process.execPath, ['src/server/main.ts'], {
    cwd: project,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      HOST: '127.0.0.1',
      JINGWEI_DATA: dataFolder,
      JINGWEI_DEMO: '1',
      JINGWEI_REPORTS_PER_MINUTE: '0',
      JINGWEI_LOG: 'warn',
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const port = /is up at http:\/\/localhost:(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      resolve({
        url: `http://127.0.0.1:${port}`,
        pid: child.pid ?? 0,
        end(signal) {
          child.kill(signal);
          return exited;
        },
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then(code => reject(new Error(`the program ended with ${code}:\n${said}`)));
  });
}

/** `npm test` has built the pages; whoever runs one test file alone in a fresh clone has not. */
function buildAppsOnce(): void {
  if (['desk', 'field', 'resident'].every(app => existsSync(path.join(project, 'dist', app, 'index.html')))) return;
  const env = { ...process.env, NODE_ENV: 'production' };
  const built = spawnSync(process.execPath, ['tools/build-apps.ts'], { cwd: project, env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the pages could not be built:\n${built.stdout}${built.stderr}`);
}
