import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { StartError } from '../start-error.ts';

/** The account under which PostgreSQL runs. */
export interface ServiceUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** What child processes of ours see: nothing of our settings and secrets, and no locale of the machine. */
export const childEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8', TZ: 'UTC' };

/**
 * PostgreSQL refuses to run as root. Root therefore lends it to the owner of an existing cluster, else to `postgres`, else to
 * `jingwei`, which is created; anybody else runs it himself.
 * @returns undefined when PostgreSQL runs under our own account.
 * @throws StartError when root finds no such account and cannot create one.
 */
export async function findServiceUser(cluster: string): Promise<ServiceUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  return (await lookUp('postgres')) ?? (await lookUp('jingwei')) ?? (await createUser('jingwei'));
}

async function lookUp(name: string): Promise<ServiceUser | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { name, uid: Number(uid.output), gid: Number(gid.output) };
}

async function createUser(name: string): Promise<ServiceUser> {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  const made = await run('useradd', [...options, '--shell', '/usr/sbin/nologin', name]);
  const user = await lookUp(name);
  if (user !== undefined) return user;
  throw new StartError(
    `PostgreSQL 不能以 root 身份运行，而系统用户 ${name} 又无法创建（${made.output.trim()}）。请用普通用户启动，或先建好用户 postgres。`,
    `PostgreSQL does not run as root, and the system user ${name} could not be created (${made.output.trim()}). Start as an ordinary user, or create the user postgres first.`,
  );
}

/** Runs a program to its end, as the service user when one is given. Never rejects: a program that cannot start has code null. */
export function run(program: string, args: readonly string[], user?: ServiceUser, cwd = '/'): Promise<Finished> {
  return new Promise(resolve => {
    const as = user === undefined ? {} : { uid: user.uid, gid: user.gid };
    const child = spawn(program, args, { ...as, cwd, env: childEnvironment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (part: Buffer) => (output += part.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', error => resolve({ code: null, output: `${output}${error.message}` }));
    child.once('close', code => resolve({ code, output }));
  });
}
