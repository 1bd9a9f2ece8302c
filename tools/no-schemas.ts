import { readdirSync, readFileSync } from 'node:fs';

import type { Plugin } from 'vite';

/**
 * The phones take only method and path from the table of endpoints; checking what comes and goes is the server's work. So the
 * schema library (13 KB of a phone's 40) is replaced by functions that do nothing, one for each name that the contracts use.
 * A name that is missing fails the build.
 */
export function noSchemas(contracts: string): Plugin {
  const stub = '\0no-schemas';
  return {
    name: 'jingwei-no-schemas',
    enforce: 'pre',
    resolveId: id => (id === 'zod/mini' ? stub : null),
    load: id => (id === stub ? stubOf(namesUsed(contracts)) : null),
  };
}

function namesUsed(folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(folder).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts')))
    for (const [, name] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\bz\.(\w+)\(/g))
      if (name !== undefined) names.add(name);
  return names;
}

/** Exported names may be reserved words (`enum`), so the functions bear other ones. */
export const stubOf = (names: ReadonlySet<string>): string =>
  [
    'const schema = { check: () => schema };',
    '/* @__NO_SIDE_EFFECTS__ */ function nothing() { return schema; }',
    ...[...names].map(name => `export { nothing as ${name} };`),
  ].join('\n');
