import { existsSync } from 'node:fs';
import { fail, run, say } from './say.mjs';

/** The tests look at real pages in a real browser, with Chinese text drawn. */
const packages = ['chromium', 'fonts-noto-cjk'];

/** Installs the browser and the fonts as root; tells anybody else the one command to run. */
export async function installDebianPackages() {
  const missing = await findMissing();
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    fail(
      `测试需要 ${missing.join('、')}，请先执行：\n  sudo sh -c '${command}'`,
      'The tests need them: run the command above once, then again npm test.',
    );
  }
  say(`正在安装 ${missing.join('、')}……`, `Installing ${missing.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  const updated = await run('apt-get', [...quiet, 'update'], { env });
  const installed = await run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...missing], { env });
  if (installed.code !== 0)
    fail(`安装失败：\n${updated.output}${installed.output}`, `The installation failed; try by hand: ${command}`);
}

async function findMissing() {
  if (!existsSync('/usr/bin/dpkg-query')) {
    if (existsSync('/usr/bin/chromium')) return [];
    fail(
      '测试需要 /usr/bin/chromium 和中文字体，请先安装。',
      'The tests need /usr/bin/chromium and Chinese fonts: install them first.',
    );
  }
  const found = await Promise.all(packages.map(name => run('dpkg-query', ['-W', '-f=${db:Status-Status}', name])));
  return packages.filter((_, index) => found[index].output !== 'installed');
}
