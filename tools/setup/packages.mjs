import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, root, run, say } from './say.mjs';

/** The Node that the project's scripts find first in PATH; it comes as a package. */
export const projectNode = path.join(root, 'node_modules/.bin/node');

/**
 * Whether node_modules is what package-lock.json says. npm keeps a list of what it installed and writes it last, so that an
 * interrupted installation is seen too. Packages for other platforms are in the lock file only.
 */
export async function packagesAreInstalled() {
  const wanted = await readLock('package-lock.json');
  const found = await readLock('node_modules/.package-lock.json');
  if (wanted === undefined || found === undefined) return false;
  const same = Object.entries(wanted).every(([folder, one]) => {
    if (folder === '') return true;
    const installed = found[folder];
    return installed === undefined
      ? one.optional === true || one.devOptional === true
      : installed.version === one.version;
  });
  return same && (await projectNodeWorks());
}

/** Installs with npm, and by hand what npm was told not to run. */
export async function installPackages() {
  say('正在安装依赖，首次约需一两分钟……', 'Installing packages; the first time takes a minute or two ...');
  const wanted = Object.keys((await readLock('package-lock.json')) ?? {}).filter(folder => folder !== '');
  const progress = () => {
    const there = wanted.filter(folder => existsSync(path.join(root, folder, 'package.json'))).length;
    return `，${there} 个包 / packages`;
  };
  const npm = process.env.npm_execpath;
  const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = await run(program, [...first, ...options], { progress });
  if (done.code !== 0)
    fail(`安装失败：\n${done.output}`, 'npm ci failed: see above. Check the network and run the command again.');
  if (!(await projectNodeWorks())) await installProjectNode();
}

/** npm may be set to run no install scripts; this one fetches the Node of this platform, as a package. */
async function installProjectNode() {
  const script = path.join(root, 'node_modules/node/installArchSpecificPackage.js');
  const done = await run(process.execPath, [script], { cwd: path.dirname(script) });
  if (done.code === 0 && (await projectNodeWorks())) return;
  fail(`无法安装 Node：\n${done.output}`, 'The Node of the project could not be installed: see above.');
}

async function projectNodeWorks() {
  const text = await readFile(path.join(root, 'node_modules/node/package.json'), 'utf8').catch(() => '{}');
  const { code, output } = await run(projectNode, ['--version']);
  return code === 0 && output.trim() === `v${JSON.parse(text).version}`;
}

async function readLock(file) {
  try {
    return JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
