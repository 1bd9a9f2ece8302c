import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { mostLines } from './helpers/house-map.ts';
import { listFiles, projectFolder, readSource } from './helpers/source-files.ts';
import { findBlindSpots, findOffences } from './helpers/walls.ts';

// Reads every file of the project; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 60_000 });

/** How many code files each room and module has at least: raise them when a room grows, lower them only with the room. */
const least = {
  'src/domain': 32,
  'src/domain/kernel': 20,
  'src/domain/identity': 3,
  'src/domain/cases': 9,
  'src/contracts': 10,
  'src/server': 98,
  'src/server/platform': 47,
  'src/server/identity': 9,
  'src/server/grids': 11,
  'src/server/cases': 17,
  'src/server/intake': 9,
  'src/browser': 46,
  'src/desk': 103,
  'src/field': 18,
  'src/resident': 35,
  db: 17,
  tools: 12,
  bench: 2,
  test: 28,
};

const manifest = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const dependencies = Object.keys(manifest.dependencies);

const files = ['src', 'db', 'tools', 'test', 'bench']
  .flatMap(folder => listFiles(folder))
  .filter(file => /\.(ts|tsx|mjs|css)$/.test(file))
  .map(readSource);

describe('the house', () => {
  it('is seen whole', () => {
    expect(findBlindSpots(files, least)).toEqual([]);
  });

  it('has no door where the map shows a wall', () => {
    expect(findOffences(files, dependencies).map(({ message }) => message)).toEqual([]);
  });
});

const lines = (count: number): string => 'export const a = 1;\n'.repeat(count);

/** One small offender for each wall: file, text, the rule, and words that its message must have. */
const offenders: readonly [file: string, text: string, rule: string, says: string][] = [
  // Rooms
  [
    'src/domain/cases/a.ts',
    "import { x } from '../../server/compose.ts';",
    'rooms',
    'domain imports src/server/compose.ts and may import nothing',
  ],
  [
    'src/contracts/a.ts',
    "import type { X } from '../server/main.ts';",
    'rooms',
    'contracts imports src/server/main.ts',
  ],
  [
    'src/protocols/a.ts',
    "import { x } from '../domain/kernel/time.ts';",
    'rooms',
    'protocols imports src/domain/kernel/time.ts',
  ],
  [
    'src/server/cases/a.ts',
    "import { x } from '../../browser/api/call.ts';",
    'rooms',
    'server imports src/browser/api/call.ts',
  ],
  ['src/browser/a.ts', "import { x } from '../desk/paths.ts';", 'rooms', 'put a rule into src/domain/'],
  ['src/desk/a.ts', "import { x } from '../resident/App.tsx';", 'rooms', 'desk imports src/resident/App.tsx'],
  ['src/resident/a.ts', "const x = await import('../field/App.tsx');", 'rooms', 'resident imports src/field/App.tsx'],
  ['src/field/a.ts', "type X = import('../desk/paths.ts').X;", 'rooms', 'field imports src/desk/paths.ts'],
  // What stands outside of the house
  ['src/server/cases/a.ts', "import { x } from '../../../db/seed/staff.ts';", 'outside', 'never the other way round'],
  [
    'src/server/compose.ts',
    "const x = new URL('../../db/seed/demonstration.ts', import.meta.url);",
    'outside',
    'db/seed/demonstration.ts',
  ],
  [
    'src/server/main.ts',
    "const x = new URL('../../db/seed/staff.ts', import.meta.url);",
    'outside',
    'db/seed/staff.ts',
  ],
  ['src/desk/a.ts', "import { x } from '../../tools/due.ts';", 'outside', 'src/desk imports tools/due.ts'],
  [
    'src/server/cases/a.ts',
    "import { x } from '../../../test/helpers/database.ts';",
    'outside',
    'test/helpers/database.ts',
  ],
  ['src/server/cases/a.ts', 'const x = await import(name);', 'computed', 'name the file'],
  // Packages
  [
    'src/domain/kernel/a.ts',
    "import { z } from 'zod/mini';",
    'packages',
    'domain imports the package zod/mini and may import nothing',
  ],
  [
    'src/protocols/a.ts',
    "import { Buffer } from 'node:buffer';",
    'packages',
    'protocols imports the package node:buffer',
  ],
  ['src/contracts/a.ts', "import { z } from 'zod';", 'packages', 'may import zod/mini'],
  ['src/server/cases/a.ts', "import { render } from 'preact';", 'packages', 'the server imports preact'],
  ['src/desk/a.ts', "import { x } from 'node:fs';", 'packages', 'runs in a browser'],
  // Modules of the server and of the domain
  ['src/server/grids/a.ts', "import { x } from '../cases/index.ts';", 'modules', 'tell an event and connect it'],
  ['src/server/intake/a.ts', "import { x } from '../cases/act.ts';", 'faces', 'import from src/server/cases/index.ts'],
  ['src/server/cases/a.ts', "import { x } from '../compose.ts';", 'modules', 'stands above the modules'],
  ['src/server/main.ts', "import { x } from './identity/service.ts';", 'faces', 'behind the face of identity'],
  ['src/server/compose.ts', "import { x } from './cases/act.ts';", 'faces', 'behind the face of cases'],
  [
    'src/server/platform/a.ts',
    "import type { X } from '../cases/index.ts';",
    'ground',
    'platform imports src/server/cases/index.ts and imports no module',
  ],
  [
    'src/server/platform/a.ts',
    "declare module '../grids/tables.ts' { interface X {} }",
    'ground',
    'let the module declare its types',
  ],
  [
    'src/domain/grids/a.ts',
    "import { x } from '../cases/states.ts';",
    'modules',
    'grids imports cases and may import identity',
  ],
  [
    'src/domain/kernel/a.ts',
    "import { x } from '../cases/states.ts';",
    'ground',
    'kernel imports src/domain/cases/states.ts',
  ],
  ['src/server/payroll/a.ts', 'export const a = 1;', 'map', 'add it to test/helpers/house-map.ts'],
  // Form
  ['src/desk/a.ts', "import { x } from './paths';", 'extension', 'write ./paths.ts'],
  ['test/helpers/a.ts', "import { x } from './database';", 'extension', 'write ./database.ts'],
  ['src/desk/cases/a.ts', lines(mostLines + 1), 'size', 'split it by what its parts are about'],
  ['src/resident/a.css', lines(mostLines + 1), 'size', `more than ${mostLines}`],
  ['src/browser/utils/dates.ts', 'export const a = 1;', 'drawers', 'name the folder or file after its subject'],
  ['src/server/cases/helpers.ts', 'export const a = 1;', 'drawers', '"helpers" says nothing'],
  ['src/server/cases/readCase.ts', 'export const a = 1;', 'names', 'kebab-case.ts, or PascalCase.tsx'],
  ['src/desk/a.ts', 'export default 1;', 'exports', 'export it by its name'],
  ['src/desk/App.tsx', 'export default function App() {}', 'exports', 'default export'],
  ['src/desk/cases/index.ts', "export { x } from './a.ts';", 'barrels', 'import from the file that defines the thing'],
  ['src/server/cases/all.ts', "export { x } from './act.ts';", 'barrels', 'is a barrel'],
  // Time and chance
  ['src/domain/cases/a.ts', 'export const now = () => Date.now();', 'pure', 'take an Instant or a LocalDate'],
  ['src/domain/cases/a.ts', 'export type At = Date;', 'pure', 'domain uses Date'],
  ['src/contracts/a.ts', 'export const now = new Date(0);', 'pure', 'contracts uses Date'],
  [
    'src/domain/cases/a.ts',
    'export const dice = () => Math.random();',
    'pure',
    'take the random numbers as an argument',
  ],
  [
    'src/server/cases/a.ts',
    'export const now = () => Date.now();',
    'clock',
    'only src/server/platform/clock.ts reads it',
  ],
  ['src/server/platform/a.ts', 'export const now = new Date();', 'clock', 'reads the clock'],
];

describe('each wall, broken once', () => {
  it.each(offenders.map(([file, text, rule, says]) => ({ file, text, rule, says })))(
    '$rule: $file: $says',
    ({ file, text, rule, says }) => {
      const found = findOffences([{ path: file, text }], dependencies);
      expect(found.map(offence => offence.rule)).toEqual([rule]);
      expect(found[0]?.message).toContain(`${file}: `);
      expect(found[0]?.message).toContain(says);
      expect(found[0]?.message).toMatch(/\. Instead: .{15,}\.$/);
    },
  );

  it('lets through what the map allows', () => {
    const fine: readonly (readonly [string, string])[] = [
      [
        'src/server/main.ts',
        "const x = new URL('../../db/seed/demonstration.ts', import.meta.url); await import(x.href);",
      ],
      [
        'src/server/main.ts',
        "import { composeHttp } from './compose.ts'; import { offerSetup } from './identity/index.ts';",
      ],
      [
        'src/server/compose.ts',
        "import { casesRoutes } from './cases/routes.ts'; import { act } from './cases/index.ts';",
      ],
      [
        'src/server/cases/a.ts',
        "import { x } from '../grids/index.ts'; import { y } from './act.ts'; import pg from 'pg';",
      ],
      [
        'src/server/cases/a.ts',
        "import { x } from '../platform/http/route.ts'; declare module '../platform/database/tables.ts' {}",
      ],
      [
        'src/server/cases/a.db.test.ts',
        "import { x } from '../../../db/seed/staff.ts'; import { y } from '../grids/datum.ts'; const now = Date.now();",
      ],
      ['src/server/cases/index.ts', "export { act } from './act.ts';"],
      ['src/server/platform/clock.ts', 'export const now = () => Date.now();'],
      ['src/server/cases/a.ts', 'export const shown = new Date(0);'],
      ['src/domain/cases/a.ts', "// Date.now() is not for us\nexport const a = { Date: 'Math.random()' };"],
      [
        'src/domain/cases/a.ts',
        "import { x } from '../identity/permissions.ts'; import type { I } from '../kernel/time.ts';",
      ],
      ['src/desk/words/zh-CN.ts', "import logo from '../../browser/ui/icon.svg?url';"],
      [
        'test/helpers/a.ts',
        "import { x } from '../../db/seed/staff.ts'; import { y } from '../../src/server/compose.ts';",
      ],
      ['src/desk/a.ts', lines(mostLines)],
    ];
    const texts = fine.map(([file, text]) => ({ path: file, text }));
    expect(findOffences(texts, dependencies)).toEqual([]);
  });

  it('says so when it sees less than there is', () => {
    expect(findBlindSpots([{ path: 'src/domain/a.ts', text: '' }], { 'src/domain': 2, tools: 1 })).toEqual([
      'src/domain: 1 files seen, 2 expected at least',
      'tools: 0 files seen, 1 expected at least',
    ]);
  });
});
