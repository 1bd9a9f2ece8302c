import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';

import { composeHttp, composeServices, startHousekeeping } from './compose.ts';
import { offerSetup } from './identity/index.ts';
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

async function start(config: Config): Promise<void> {
  const log = createLog(config);
  say('正在打开数据库…', 'Opening the database…');
  const database = await openDatabase(config, log);
  await migrate(database.pool, log);
  const installation = { database, clock: systemClock, log, config, version };
  const services = await composeServices(installation);
  const demo = config.demo ? await loadDemonstration(installation, services) : [];

  const closers: (() => Promise<void> | void)[] = [];
  if (config.roles.has('worker')) closers.push(startHousekeeping(installation, services));
  if (config.roles.has('http')) {
    const http = await composeHttp(installation, services, demo);
    await serveApps(http.app, path.join(project, 'dist'));
    await http.app.listen({ port: config.port, host: config.host });
    closers.push(() => http.close());
    const setup = config.demo ? null : await offerSetup(database.kysely, systemClock.now());
    const address = http.app.server.address();
    announce(config, typeof address === 'object' && address !== null ? address.port : config.port, setup);
  }

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    say(`收到 ${signal}，正在停止…`, `${signal} received, stopping…`);
    void (async () => {
      for (const close of closers) await close();
      await database.close();
      process.exit(0);
    })();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
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
  process.exit(1);
}
