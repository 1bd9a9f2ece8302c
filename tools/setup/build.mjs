import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectNode } from './packages.mjs';
import { fail, root, run, say } from './say.mjs';

const script = path.join(root, 'tools/build-apps.ts');
const stamp = path.join(root, 'dist/.built-from');

/** The rooms that end in a browser, and what decides how they are built. */
const sources = ['src/domain', 'src/contracts', 'src/browser', 'src/desk', 'src/field', 'src/resident'];
const builders = ['package-lock.json', 'tools/build-apps.ts', 'tools/vite-app.ts', 'tools/bundle-budget.ts'];

/** Whether dist/ was built from the files that lie here now. */
export async function appsAreBuilt() {
  if (!existsSync(script)) return true;
  const built = await readFile(stamp, 'utf8').catch(() => '');
  return built === (await digest());
}

export async function buildApps() {
  say('正在构建网页，约需半分钟……', 'Building the web pages; this takes about half a minute ...');
  const from = await digest();
  await rm(stamp, { force: true });
  // Vitest and others set NODE_ENV for their own children; pages for people are built for production.
  const done = await run(projectNode, [script], { shown: true, env: { NODE_ENV: 'production' } });
  if (done.code !== 0) fail('网页构建失败，原因见上。', 'The web pages could not be built: see above.');
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, from);
}

async function digest() {
  const hash = createHash('sha256');
  const listed = await Promise.all(sources.map(list));
  for (const file of [...listed.flat(), ...builders].sort()) {
    hash.update(`${file}\0`);
    hash.update(await readFile(path.join(root, file)).catch(() => ''));
  }
  return hash.digest('hex');
}

/** Files of a room that reach the browser. */
async function list(folder) {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
  const inside = entries.map(entry => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? list(name) : /\.test\.tsx?$/.test(name) ? [] : [name];
  });
  return (await Promise.all(inside)).flat();
}
