import path from 'node:path';
import { z } from 'zod';

/**
 * [Note: Settings]
 * Everything that an operator may set comes from the environment, once, at the start. `settings` is the one table of
 * names, defaults and meanings; the documentation is tested against it.
 */

export const roleNames = ['http', 'worker', 'gateway'] as const;
export type Role = (typeof roleNames)[number];

export interface Setting {
  readonly name: string;
  /** As a person would type it; empty when the setting has no default. */
  readonly default: string;
  readonly zh: string;
  readonly en: string;
}

export const settings: readonly Setting[] = [
  { name: 'PORT', default: '8080', zh: 'HTTP 端口', en: 'HTTP port' },
  {
    name: 'HOST',
    default: '0.0.0.0',
    zh: '监听地址。默认对本网络开放，手机才能打开；前面有反向代理时设为 127.0.0.1',
    en: 'Address to listen on. Open to the network by default so that phones reach it; 127.0.0.1 behind a reverse proxy',
  },
  {
    name: 'PUBLIC_URL',
    default: '',
    zh: '对外网址，用于短信和二维码里的链接；不设则取请求的地址',
    en: 'The address the public uses, for links in messages and QR codes; taken from the request when unset',
  },
  {
    name: 'JINGWEI_DATA',
    default: './data',
    zh: '数据文件夹：内置数据库、附件、密钥',
    en: 'Folder of all data: embedded database, attachments, keys',
  },
  {
    name: 'DATABASE_URL',
    default: '',
    zh: 'PostgreSQL（15 及以上）的连接地址；不设则使用内置数据库',
    en: 'A PostgreSQL server (15 or newer) instead of the embedded database',
  },
  {
    name: 'JINGWEI_ROLES',
    default: 'http,worker',
    zh: '本进程承担的角色：http 网页与接口，worker 后台处理，gateway 车载终端网关',
    en: 'What this process does: http serves pages and API, worker handles events, gateway talks to terminals',
  },
  {
    name: 'JINGWEI_DEMO',
    default: '1',
    zh: '1 载入演示街道，0 为空系统；使用 DATABASE_URL 时默认为 0',
    en: '1 loads the demonstration street, 0 starts empty; the default is 0 when DATABASE_URL is set',
  },
  {
    name: 'JINGWEI_REPORTS_PER_MINUTE',
    default: '60',
    zh: '同一地址每分钟最多的居民上报数；0 为不限',
    en: 'Most resident reports a minute from one address; 0 for no limit',
  },
  { name: 'JINGWEI_POOL', default: '16', zh: '数据库连接数上限', en: 'Most database connections at a time' },
  {
    name: 'JINGWEI_LOG',
    default: 'info',
    zh: '日志级别：debug、info、warn、error、silent',
    en: 'Log level: debug, info, warn, error or silent',
  },
];

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  /** Absolute. */
  readonly dataFolder: string;
  /** False when the operator named no folder: then the database may be put elsewhere if this one cannot hold it. */
  readonly dataFolderChosen: boolean;
  /** Undefined: the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly roles: ReadonlySet<Role>;
  readonly demo: boolean;
  readonly poolSize: number;
  readonly reportsPerMinute: number;
  readonly logLevel: (typeof logLevels)[number];
  /** Refuse queries that name no town before they reach the server: in development and tests (NODE_ENV). */
  readonly checkQueries: boolean;
}

/** Thrown by `readConfig`; the message has one line for each wrong setting, Chinese and English. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const projectFolder = path.resolve(import.meta.dirname, '../../..');

const port = z.coerce.number().int().min(0).max(65_535);
const poolSize = z.coerce.number().int().min(1).max(1000);
const perMinute = z.coerce.number().int().min(0).max(1_000_000);
const roles = z
  .string()
  .transform(text => text.split(',').map(part => part.trim()))
  .pipe(z.array(z.enum(roleNames)).min(1));
const flag = z.enum(['0', '1']).transform(text => text === '1');
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//);
const publicUrl = z.url({ protocol: /^https?$/ }).transform(url => url.replace(/\/+$/, ''));

/**
 * Reads the settings. An empty value counts as not set.
 * @throws ConfigError naming every setting that has a value it cannot have.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const wrong: string[] = [];
  const read = <T>(name: string, schema: z.ZodType<T, string>, fallback: string): T | undefined => {
    const text = env[name] === undefined || env[name] === '' ? fallback : env[name];
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    wrong.push(explainWrong(name, name === 'DATABASE_URL' ? hidePassword(text) : text));
    return undefined;
  };
  const optional = <T>(name: string, schema: z.ZodType<T, string>): T | undefined =>
    env[name] === undefined || env[name] === '' ? undefined : read(name, schema, '');

  const url = optional('DATABASE_URL', databaseUrl);
  const chosen = optional('JINGWEI_DATA', z.string());
  const config = {
    port: read('PORT', port as z.ZodType<number, string>, '8080'),
    host: read('HOST', z.string(), '0.0.0.0'),
    publicUrl: optional('PUBLIC_URL', publicUrl),
    dataFolder: chosen === undefined ? path.join(projectFolder, 'data') : path.resolve(chosen),
    dataFolderChosen: chosen !== undefined,
    databaseUrl: url,
    roles: new Set(read('JINGWEI_ROLES', roles, 'http,worker')),
    demo: read('JINGWEI_DEMO', flag, url === undefined ? '1' : '0'),
    reportsPerMinute: read('JINGWEI_REPORTS_PER_MINUTE', perMinute as z.ZodType<number, string>, '60'),
    poolSize: read('JINGWEI_POOL', poolSize as z.ZodType<number, string>, '16'),
    logLevel: read('JINGWEI_LOG', z.enum(logLevels) as z.ZodType<(typeof logLevels)[number], string>, 'info'),
    checkQueries: env['NODE_ENV'] === 'test' || env['NODE_ENV'] === 'development',
  };
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  return config as Config;
}

function explainWrong(name: string, text: string): string {
  const setting = settings.find(one => one.name === name);
  return `设置 ${name}=${text} 无效：${setting?.zh ?? ''}\n${name}=${text} cannot be used: ${setting?.en ?? ''}`;
}


function hidePassword(url: string): string {
  return url.replace(/(\/\/[^:@/]*):[^@]*@/, '$1:***@');
}
