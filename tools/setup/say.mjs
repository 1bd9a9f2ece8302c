import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');

/** Both languages, one line each. */
export function say(zh, en) {
  console.log(`${zh}\n${en}`);
}

/** Says why and ends the set-up. */
export function fail(zh, en) {
  console.error(`\n${zh}\n${en}\n`);
  process.exit(1);
}

const beatMs = 5000;

/**
 * Runs a program to its end, with a line every five seconds so that nobody takes it for dead.
 * @param {{ shown?: boolean, progress?: () => string, env?: Record<string, string>, cwd?: string }} options `shown`: its output is shown as
 *   it comes; otherwise it is returned. `progress`: what to add to the line.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { shown = false, progress = () => '', env = {}, cwd = root } = {}) {
  return new Promise(resolve => {
    const started = Date.now();
    const stdio = shown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio });
    let output = '';
    child.stdout?.on('data', part => (output += part));
    child.stderr?.on('data', part => (output += part));
    const beat = setInterval(() => {
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`  … ${seconds} 秒 / s${progress()}`);
    }, beatMs);
    const end = code => {
      clearInterval(beat);
      resolve({ code, output });
    };
    child.once('error', error => end(((output += error.message), 127)));
    child.once('close', code => end(code ?? 1));
  });
}
