import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { StartError } from './start-error.ts';

const oldest = 15;

/**
 * Makes sure that the server can carry the program: PostgreSQL 15 or newer, UTF-8, and trigrams that see Chinese. A
 * server that is still starting is given half a minute.
 * @returns its version.
 * @throws StartError naming what is missing; driver errors when it cannot be reached.
 */
export async function checkServer(pool: pg.Pool, log: Log): Promise<string> {
  const { version, number, encoding } = await readServer(pool, log);
  if (number < oldest * 10_000) {
    throw new StartError(
      `PostgreSQL ${version} 太旧，需要 ${oldest} 或更新的版本。`,
      `PostgreSQL ${version} is too old: ${oldest} or newer is needed.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StartError(
      `数据库编码是 ${encoding}，需要 UTF8：create database jingwei encoding 'UTF8' locale 'C.UTF-8' template template0`,
      `The database is encoded in ${encoding}, UTF8 is needed: create database jingwei encoding 'UTF8' locale 'C.UTF-8' template template0`,
    );
  }
  await createTrigrams(pool);
  // With LC_CTYPE=C a Chinese character is no letter to pg_trgm, and every search would find nothing without an error.
  const { rows } = await pool.query<{ works: boolean }>("select public.show_trgm('张伟') <> '{}' as works");
  if (rows[0]?.works !== true) {
    throw new StartError(
      "数据库的区域设置（LC_CTYPE）不识别汉字，搜索将查不到任何结果。请重建数据库：create database jingwei encoding 'UTF8' locale 'C.UTF-8' template template0",
      "The database's locale (LC_CTYPE) knows no Chinese characters, so that searches would find nothing. Create it again: create database jingwei encoding 'UTF8' locale 'C.UTF-8' template template0",
    );
  }
  return version;
}

/**
 * Row-level security and taken-away rights hold for everybody but superusers and roles with BYPASSRLS ([Note: Sight of towns]).
 * With real data such a role is refused; a demonstration only says so.
 * @throws StartError
 */
export async function checkRole(pool: pg.Pool, log: Log, demo: boolean): Promise<void> {
  const { rows } = await pool.query<{ name: string; unbound: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user',
  );
  const [role] = rows;
  if (role?.unbound !== true) return;
  const commands = `create role jingwei login password '…' nosuperuser nobypassrls; alter database … owner to jingwei`;
  const error = new StartError(
    `数据库用户 ${role.name} 是超级用户或可绕过行级安全，个人信息将得不到数据库的保护。请另建普通用户，并写入 DATABASE_URL：${commands}（已有的表用 reassign owned by ${role.name} to jingwei 移交）`,
    `The database role ${role.name} is a superuser or bypasses row-level security, so that the database could not guard personal data. Create an ordinary one and name it in DATABASE_URL: ${commands} (existing tables: reassign owned by ${role.name} to jingwei)`,
  );
  if (!demo) throw error;
  log.warn(error.message);
}

interface ServerFacts {
  readonly version: string;
  readonly number: number;
  readonly encoding: string;
}

async function readServer(pool: pg.Pool, log: Log): Promise<ServerFacts> {
  const facts = `select split_part(current_setting('server_version'), ' ', 1) as version,
    current_setting('server_version_num')::integer as number, current_setting('server_encoding') as encoding`;
  for (let second = 1; ; second += 1) {
    try {
      const { rows } = await pool.query<ServerFacts>(facts);
      return rows[0] ?? { version: '?', number: 0, encoding: '?' };
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (second > 30 || !['ECONNREFUSED', '57P03'].includes(code)) throw error;
      if (second === 1) log.info('正在等待数据库服务器 / waiting for the database server');
      await sleep(1000);
    }
  }
}

async function createTrigrams(pool: pg.Pool): Promise<void> {
  try {
    await pool.query('create extension if not exists pg_trgm schema public');
  } catch (error) {
    const { rowCount } = await pool.query("select 1 from pg_extension where extname = 'pg_trgm'");
    // Another process of ours created it in the same instant.
    if (rowCount === 1) return;
    throw new StartError(
      '无法建立扩展 pg_trgm。请让数据库管理员在本库执行：create extension pg_trgm schema public',
      `The extension pg_trgm could not be created (${(error as Error).message}). Ask the administrator to run in this database: create extension pg_trgm schema public`,
      error,
    );
  }
}

/** A failure to reach or enter a server, in the operator's words; other errors as they are. */
export function explainConnection(error: unknown, url: string): unknown {
  const code = (error as { code?: string }).code ?? '';
  const place = url.replace(/(\/\/[^:@/]*):[^@]*@/, '$1:***@');
  const message = (error as Error).message;
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOENT', '57P03'].includes(code)) {
    return new StartError(
      `连不上数据库 ${place}（${code}）。`,
      `The database ${place} cannot be reached (${code}).`,
      error,
    );
  }
  if (['28P01', '28000', '3D000', '42501'].includes(code)) {
    return new StartError(
      `数据库 ${place} 拒绝了连接：${message}`,
      `The database ${place} refused us: ${message}`,
      error,
    );
  }
  return error;
}
