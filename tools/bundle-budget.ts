/**
 * What each app makes a browser load, against its budget. `node tools/bundle-budget.ts` after a build; ends with 1 when an app
 * is too heavy. Sizes are gzip of JavaScript as built. The budgets: phones on weak networks ≤ 40 KB before anything shows; the
 * command-centre page ≤ 780 KB beside the map's worker.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { builtFolder } from './vite-app.ts';

import type { App } from './vite-app.ts';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

export interface Weight {
  /** What loads before anything shows: the entry and all that it imports. */
  readonly initialKb: number;
  /** Every script of the app except workers. */
  readonly totalKb: number;
}

/** Weighs a built app by its Vite manifest. Throws when there is none: build first. */
export function weigh(folder: string): Weight {
  const manifest = JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;
  const sizes = new Map<string, number>();
  const kb = (file: string): number => {
    const known = sizes.get(file);
    if (known !== undefined) return known;
    const size = gzipSync(readFileSync(`${folder}/${file}`)).length / 1024;
    sizes.set(file, size);
    return size;
  };
  const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + kb(file), 0);

  const initial = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined || initial.has(chunk.file)) return;
    initial.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  const entries = Object.keys(manifest).filter(key => manifest[key]?.isEntry === true);
  if (entries.length === 0) throw new Error(`no entry in ${folder}/.vite/manifest.json`);
  entries.forEach(visit);
  const all = new Set(
    Object.values(manifest)
      .map(chunk => chunk.file)
      .filter(file => /\.m?js$/.test(file) && !file.includes('worker')),
  );
  return { initialKb: sum(initial), totalKb: sum(all) };
}

/** Budgets in KB (gzip). The desk is one screen in this release, so all its scripts together are that screen's weight. */
export const budgets: readonly { readonly app: App; readonly measure: keyof Weight; readonly limitKb: number }[] = [
  { app: 'resident', measure: 'initialKb', limitKb: 40 },
  { app: 'field', measure: 'initialKb', limitKb: 40 },
  { app: 'desk', measure: 'totalKb', limitKb: 780 },
];

export interface Finding {
  readonly app: App;
  readonly kb: number;
  readonly limitKb: number;
}

/** Every app's weight beside its budget. */
export const checkBudgets = (): readonly Finding[] =>
  budgets.map(({ app, measure, limitKb }) => ({ app, kb: weigh(builtFolder(app))[measure], limitKb }));

if (import.meta.main) {
  let heavy = 0;
  for (const { app, kb, limitKb } of checkBudgets()) {
    const fits = kb <= limitKb;
    if (!fits) heavy++;
    console.log(`${fits ? '✓' : '✗'} ${app}: ${kb.toFixed(1)} / ${limitKb} KB`);
  }
  process.exitCode = heavy === 0 ? 0 : 1;
}
