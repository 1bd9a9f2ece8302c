/** Runs one of the benchmarks beside it: `npm run bench -- <name> [its options]`. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const ending = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith(ending))
  .map(file => file.slice(0, -ending.length))
  .sort();
const [name, ...options] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(
    `${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}: npm run bench -- <name>`,
  );
  for (const known of names) console.error(`  ${known}`);
  process.exitCode = 2;
} else {
  // A process of its own: each reads its own options, and none is measured with this one's memory.
  const child = spawn(process.execPath, [path.join(import.meta.dirname, name + ending), ...options], {
    stdio: 'inherit',
  });
  // Ctrl-C reaches the benchmark too; it stops what it has started, and only then is this over.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', code => (process.exitCode = code ?? 1));
}
