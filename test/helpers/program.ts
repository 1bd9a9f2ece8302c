import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { freshDatabase } from './database.ts';

const project = path.resolve(import.meta.dirname, '../..');

/** The real program in a process of its own, with the demonstration, as `npm start` would run it. */
export interface Program {
  readonly url: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** Starts it on a free port over a database of its own on the test server. The apps must have been built. */
export async function startProgram(): Promise<Program> {
  for (const app of ['desk', 'field', 'resident'])
    if (!existsSync(path.join(project, 'dist', app, 'index.html')))
      throw new Error(`dist/${app} is missing: run "npm run build" first ("npm test" does it)`);
  const fresh = await freshDatabase();
  const data = await mkdtemp(path.join(tmpdir(), 'jingwei-e2e-'));
  const child = spawn(process.execPath, ['src/server/main.ts'], {
    cwd: project,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: fresh.url,
      JINGWEI_DATA: data,
      JINGWEI_DEMO: '1',
      JINGWEI_REPORTS_PER_MINUTE: '0',
      NODE_ENV: 'test',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /is up at http:\/\/localhost:(\d+)/.exec(printed);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', code => reject(new Error(`the program ended with ${code}:\n${printed}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl: fresh.url,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await fresh.drop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
