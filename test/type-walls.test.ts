/**
 * The walls that TypeScript holds: one project for each room, references as arrows, and no DOM or Node types where rules live.
 * Each is proved by asking the compiler, with the room's own settings, about a file that lies in the room and breaks it.
 */
import path from 'node:path';

import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';

import { roomNames, rooms } from './helpers/house-map.ts';
import { projectFolder } from './helpers/source-files.ts';

import type { Room } from './helpers/house-map.ts';

// Each question is a run of the compiler.
vi.setConfig({ testTimeout: 60_000 });

const settingsOf = (room: Room): ts.ParsedCommandLine => {
  const folder = path.join(projectFolder, 'src', room);
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), file => ts.sys.readFile(file)) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, folder);
};

const parsed = new Map<string, ts.SourceFile | undefined>();

/** The compiler's complaints about `text` as a file of the room; nothing is written. */
function compile(room: Room, text: string): string[] {
  const { options, projectReferences } = settingsOf(room);
  const scratch = path.join(projectFolder, 'src', room, 'beyond-the-wall.ts');
  // The last member is in the compiler, but not in its published types.
  const host: ts.CompilerHost & { useSourceOfProjectReferenceRedirect?: () => boolean } =
    ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.fileExists = file => file === scratch || ts.sys.fileExists(file);
  host.readFile = file => (file === scratch ? text : ts.sys.readFile(file));
  // Reads the sources of referenced rooms instead of what was built from them, which a fresh clone does not have.
  host.useSourceOfProjectReferenceRedirect = () => true;
  host.getSourceFile = (file, target, ...rest) => {
    if (file === scratch) return ts.createSourceFile(file, text, target);
    const key = `${file}\n${JSON.stringify(target)}`;
    if (!parsed.has(key)) parsed.set(key, read(file, target, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram({
    rootNames: [scratch],
    options,
    host,
    ...(projectReferences === undefined ? {} : { projectReferences }),
  });
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(program.getSourceFile(scratch)),
    ...program.getSemanticDiagnostics(program.getSourceFile(scratch)),
  ].map(({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

describe('project references', () => {
  it.each(roomNames)('%s refers to the rooms that the map allows, and to no other', room => {
    const referred = (settingsOf(room).projectReferences ?? []).map(reference => path.basename(reference.path));
    expect(referred.toSorted()).toEqual([...rooms[room]].toSorted());
  });

  const forbidden: readonly [room: Room, specifier: string][] = [
    ['domain', '../server/platform/clock.ts'],
    ['domain', '../contracts/text.ts'],
    ['protocols', '../domain/kernel/time.ts'],
    ['contracts', '../server/platform/problem.ts'],
    ['server', '../browser/api/new-id.ts'],
    ['browser', '../server/platform/problem.ts'],
    ['desk', '../resident/track/stages.ts'],
    ['desk', '../server/platform/problem.ts'],
    ['field', '../desk/paths.ts'],
    ['resident', '../desk/paths.ts'],
  ];
  it.each(forbidden)('%s cannot import %s', (room, specifier) => {
    const errors = compile(room, `import * as beyond from '${specifier}';\nexport const there = beyond;\n`);
    const file = path.basename(specifier);
    expect(errors.filter(error => error.startsWith('TS6307') && error.includes(file))).not.toEqual([]);
  });

  const open: readonly [room: Room, specifier: string][] = [
    ['contracts', '../domain/kernel/ids.ts'],
    ['server', '../contracts/problems.ts'],
    ['browser', '../contracts/problems.ts'],
    ['desk', '../domain/kernel/ids.ts'],
  ];
  it.each(open)('%s can import %s', (room, specifier) => {
    expect(compile(room, `import * as below from '${specifier}';\nexport const there = below;\n`)).toEqual([]);
  });
});

describe('rooms of rules know neither browser nor Node', () => {
  const ambient = [
    "fetch('/api/cases');",
    'setTimeout(() => undefined, 1);',
    'process.exit(1);',
    "console.log('x');",
    'document.title;',
    'crypto.randomUUID();',
    'performance.now();',
  ];
  const cases = (['domain', 'protocols', 'contracts'] as const).flatMap(room =>
    ambient.map((text): [Room, string] => [room, text]),
  );
  it.each(cases)('%s: %s does not compile', (room, text) => {
    const name = /^\w+/.exec(text)?.[0] ?? '';
    expect(compile(room, `${text}\nexport {};\n`).join('\n')).toContain(`'${name}'`);
  });

  it('and what they may use does', () => {
    expect(compile('domain', 'export const most = Math.max(1, 2) + [3].at(-1)!;\n')).toEqual([]);
  });

  it('nor does Node compile in an app, nor the DOM in the server', () => {
    expect(compile('desk', "import fs from 'node:fs';\nexport const x = fs;\n").join()).toContain('node:fs');
    expect(compile('server', 'document.title;\nexport {};\n').join()).toContain("'document'");
  });
});
