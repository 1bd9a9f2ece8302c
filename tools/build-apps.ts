/**
 * Builds the three browser apps into dist/. `node tools/build-apps.ts [desk|field|resident …]`, all without arguments.
 * Ends with 1 and names the app when one does not build.
 */
import { build } from 'vite';

import { weigh } from './bundle-budget.ts';
import { appConfig, apps, builtFolder } from './vite-app.ts';

import type { App } from './vite-app.ts';

const names: Readonly<Record<App, string>> = {
  desk: '指挥台 desk',
  field: '网格员手机端 field',
  resident: '居民网页 resident',
};

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !apps.some(app => app === name));
if (unknown.length > 0) {
  console.error(`没有这个应用 / no such app: ${unknown.join(', ')} (${apps.join(', ')})`);
  process.exit(2);
}

const startedAt = Date.now();
for (const app of apps.filter(name => asked.length === 0 || asked.includes(name))) {
  const since = Date.now();
  console.log(`正在构建 / building ${names[app]} …`);
  try {
    await build(appConfig(app));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`构建失败 / the build failed: ${names[app]}`);
    process.exit(1);
  }
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  const { initialKb, totalKb } = weigh(builtFolder(app));
  console.log(
    `  完成 / done ${seconds} s，首屏 JS / initial JS ${initialKb.toFixed(1)} KB，全部 / all ${totalKb.toFixed(1)} KB (gzip)`,
  );
}
console.log(`网页已构建到 dist/ / the apps are built into dist/ (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
