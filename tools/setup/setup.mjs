/**
 * The first step of `npm start` and `npm test`: installs what is missing and builds what is stale. Plain JavaScript without
 * packages, because it runs before there are any, on whatever Node (20 or newer) the machine has; what follows it runs on the
 * Node that it installs.
 */
import { appsAreBuilt, buildApps } from './build.mjs';
import { installDebianPackages } from './debian.mjs';
import { installPackages, packagesAreInstalled } from './packages.mjs';
import { fail, root, say } from './say.mjs';

const oldest = 20;

async function setUp(purpose) {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < oldest) {
    fail(`需要 Node ${oldest} 或更新的版本，现在是 ${major}。`, `Node ${oldest} or newer is needed, this is ${major}.`);
  }
  process.chdir(root);
  if (!(await packagesAreInstalled())) await installPackages();
  if (purpose === 'test') await installDebianPackages();
  if (!(await appsAreBuilt())) await buildApps();
}

const [purpose] = process.argv.slice(2);
if (purpose !== 'start' && purpose !== 'test') {
  say('用法：node tools/setup/setup.mjs start|test', 'usage: node tools/setup/setup.mjs start|test');
  process.exit(2);
}
await setUp(purpose);
