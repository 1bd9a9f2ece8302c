import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';

import { composeHttp, composeServices, startHousekeeping } from './compose.ts';
import { offerSetup } from './identity/index.ts';
import { checkInstallationKind } from './installation-kind.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database/connect.ts';
import { migrate } from './platform/database/migrate.ts';
import { StartError } from './platform/database/start-error.ts';
import { serveApps } from './platform/http/apps.ts';
import { createLog } from './platform/log.ts';

import type { DemoAccounts, Demonstration, Installation, Services } from './compose.ts';
import type { Config } from './platform/config.ts';

/** The one door: reads the settings, opens the database, brings it up to date, and opens what JINGWEI_ROLES says. */
const project = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as { version: string };

const say = (zh: string, en: string) => console.log(`${zh}\n  ${en}`);

async function loadDemonstration(installation: Installation, services: Services): Promise<DemoAccounts> {
  const file = new URL('../../db/seed/demonstration.ts', import.meta.url);
  const { ensureDemonstration } = (await import(file.href)) as Demonstration;
  return ensureDemonstration(installation, services, say);
}

type Closer = () => Promise<void> | void;

/** What has been opened so far, to be closed in reverse order: at a signal, and when a later step of the start fails. */
const opened: Closer[] = [];
let stopping: Promise<void> | undefined;

function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const close of opened.reverse()) await close();
  })();
  return stopping;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    say(`收到 ${signal}，正在停止…`, `${signal} received, stopping…`);
    void stop().then(() => process.exit(0));
  });

async function start(config: Config): Promise<void> {
  const log = createLog(config);
  say('正在打开数据库…', 'Opening the database…');
  const database = await openDatabase(config, log);
  opened.push(() => database.close());
  await migrate(database.pool, log);
  await checkInstallationKind(database.kysely, config.demo);
  const installation = { database, clock: systemClock, log, config, version };
  const services = await composeServices(installation);
  const demo = config.demo ? await loadDemonstration(installation, services) : [];
  if (config.roles.has('worker')) opened.push(startHousekeeping(installation, services));
  if (config.roles.has('http')) await openHttp(installation, services, demo, config);
}

async function openHttp(
  installation: Installation,
  services: Services,
  demo: DemoAccounts,
  config: Config,
): Promise<void> {
  const http = await composeHttp(installation, services, demo);
  opened.push(() => http.close());
  await serveApps(http.app, path.join(project, 'dist'));
  await http.app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw portError(error, config.port);
  });
  const setup = config.demo ? null : await offerSetup(installation.database.kysely, systemClock.now());
  const address = http.app.server.address();
  announce(config, typeof address === 'object' && address !== null ? address.port : config.port, setup);
}

function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new StartError(
      `端口 ${port} 已被占用。请用 PORT 换一个端口。`,
      `Port ${port} is in use. Choose another one with PORT.`,
    );
  if (code === 'EACCES')
    return new StartError(
      `没有权限使用端口 ${port}。请用 PORT 换一个 1024 以上的端口。`,
      `Port ${port} is not permitted. Choose one above 1024 with PORT.`,
    );
  return error;
}

function announce(config: Config, port: number, setupToken: string | null): void {
  const own = `http://localhost:${port}`;
  const base = config.publicUrl ?? own;
  const lan = Object.values(networkInterfaces())
    .flatMap(found => found ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  say(`经纬 ${version} 已启动：${base}`, `Jingwei ${version} is up at ${base}`);
  console.log(`  居民反映 Residents   ${base}/r/`);
  console.log(`  指挥中心 Desk        ${base}/desk`);
  console.log(`  网格员手机 Field     ${base}/m/`);
  console.log(`  接口文档 API         ${base}/api-docs`);
  if (lan !== undefined && config.publicUrl === undefined && config.host === '0.0.0.0')
    console.log(`  同一网络的手机 Phones on this network   http://${lan}:${port}/r/`);
  if (setupToken !== null) {
    say(
      '尚无账号。请用下面的一次性链接创建第一个管理员（24 小时内有效）：',
      'No accounts yet. Create the first administrator with this one-time link (valid 24 hours):',
    );
    console.log(`  ${base}/setup?token=${setupToken}`);
  }
}

process.on('unhandledRejection', error => {
  console.error('unhandled rejection', error);
  process.exit(1);
});

try {
  await start(readConfig(process.env));
} catch (error) {
  if (error instanceof ConfigError || error instanceof StartError) console.error(error.message);
  else console.error(error);
  await stop();
  process.exit(1);
}
