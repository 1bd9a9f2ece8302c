/**
 * The walls of the house: source files in, offences out. Each offence says which file, what is wrong, and what to do instead,
 * because whoever reads it wants to go on working.
 */
import path from 'node:path';

import {
  allowed,
  clockFile,
  composable,
  drawers,
  groundOf,
  modules,
  mostLines,
  outside,
  packagesOf,
  pureRooms,
  rooms,
} from './house-map.ts';
import { readCode } from './source-files.ts';

import type { Module, Room } from './house-map.ts';
import type { Reading, Reference, SourceFile } from './source-files.ts';

export interface Offence {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

interface Place {
  readonly room: Room | undefined;
  /** First folder below the room, or undefined for a file that lies in the room itself. */
  readonly module: string | undefined;
  /** Path below the module. */
  readonly rest: string;
  readonly isTest: boolean;
}

const isRoom = (name: string | undefined): name is Room => name !== undefined && name in rooms;
const isModule = (name: string): name is Module => name in modules;

/** Rooms whose first folders are modules of the map. */
const roomsOfModules: readonly Room[] = ['domain', 'server'];

function placeOf(file: string): Place {
  const [top, room, ...below] = file.split('/');
  const isTest = /\.test\.tsx?$/.test(file);
  if (top !== 'src' || !isRoom(room)) return { room: undefined, module: undefined, rest: file, isTest };
  if (below.length < 2) return { room, module: undefined, rest: below.join('/'), isTest };
  return { room, module: below[0], rest: below.slice(1).join('/'), isTest };
}

/** The file or package that a specifier names: a path from the project's folder, or undefined for a package. */
function targetOf(from: string, { specifier, kind }: Reference): string | undefined {
  if (kind !== 'url' && !specifier.startsWith('.')) return undefined;
  return path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier.split('?')[0] ?? ''));
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));

/** @param dependencies names of the packages that are there at run time, for the server's imports. */
export function findOffences(files: readonly SourceFile[], dependencies: readonly string[]): Offence[] {
  return files.flatMap(file => {
    const isCode = /\.tsx?$/.test(file.path);
    const reading = isCode ? readCode(file) : undefined;
    const say = (rule: string, wrong: string, instead: string): Offence => ({
      rule,
      file: file.path,
      message: `${file.path}: ${wrong}. Instead: ${instead}.`,
    });
    return [
      ...checkForm(file, say),
      ...(reading === undefined ? [] : checkUses(file.path, reading, say)),
      ...(reading?.references ?? []).flatMap(reference => checkReference(file.path, reference, dependencies, say)),
    ];
  });
}

type Say = (rule: string, wrong: string, instead: string) => Offence;

/** Size, names and drawers: what can be seen without reading the code. */
function checkForm({ path: file, text }: SourceFile, say: Say): Offence[] {
  const found: Offence[] = [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > mostLines)
    found.push(
      say(
        'size',
        `${lines} lines, more than ${mostLines}`,
        'split it by what its parts are about, and name each part after that',
      ),
    );
  if (!file.startsWith('src/')) return found;
  const names = file.split('/').slice(1);
  const base = names.at(-1) ?? '';
  const drawer = names.map(name => name.split('.')[0] ?? '').find(name => drawers.some(word => word === name));
  if (drawer !== undefined)
    found.push(
      say('drawers', `"${drawer}" says nothing about what lies inside`, 'name the folder or file after its subject'),
    );
  const { room, module } = placeOf(file);
  if (room !== undefined && roomsOfModules.includes(room) && module !== undefined)
    if (module !== groundOf[room] && !isModule(module))
      found.push(
        say(
          'map',
          `${module} is no module of the map`,
          'put it into one of the modules, or add it to test/helpers/house-map.ts and docs/ARCHITECTURE.md with a record in docs/decisions/',
        ),
      );
  // `zh-CN` keeps its spelling.
  const kebab = /^[a-z0-9]+(-([a-z0-9]+|CN))*(\.(test|db\.test))?\.(ts|tsx|css)$/;
  const fits = kebab.test(base) || /^[A-Z][A-Za-z0-9]*\.tsx$/.test(base);
  if (/\.(ts|tsx|css)$/.test(base) && !fits)
    found.push(
      say(
        'names',
        `${base} is neither kebab-case nor a component`,
        'kebab-case.ts, or PascalCase.tsx for one component',
      ),
    );
  return found;
}

/** Time, chance and ways of exporting. */
function checkUses(file: string, reading: Reading, say: Say): Offence[] {
  const found: Offence[] = [];
  const { room, module, rest, isTest } = placeOf(file);
  if (room === undefined) return found;
  const pure = pureRooms.includes(room) && !isTest;
  if (pure && reading.usesDate)
    found.push(
      say('pure', `${room} uses Date`, 'take an Instant or a LocalDate as an argument (src/domain/kernel/time.ts)'),
    );
  if (pure && reading.usesChance)
    found.push(say('pure', `${room} uses Math.random`, 'take the random numbers as an argument'));
  if (room === 'server' && !isTest && file !== clockFile && reading.readsClock)
    found.push(say('clock', 'reads the clock', `take a Clock, or the instant of the call; only ${clockFile} reads it`));
  if (reading.hasDefaultExport)
    found.push(
      say('exports', 'has a default export', 'export it by its name, so that it is called the same everywhere'),
    );
  const isFace = room === 'server' && module !== undefined && rest === 'index.ts';
  if (!isFace && (reading.isBarrel || /(^|\/)index\.tsx?$/.test(file)))
    found.push(
      say(
        'barrels',
        "is a barrel; only a server module's index.ts is one",
        'import from the file that defines the thing',
      ),
    );
  return found;
}

function checkReference(from: string, reference: Reference, dependencies: readonly string[], say: Say): Offence[] {
  const place = placeOf(from);
  if (place.room === undefined) return checkExtension(from, reference, say);
  if (reference.kind === 'computed')
    return allowed.some(arrow => arrow.from === from)
      ? []
      : [say('computed', 'import() of something computed', 'name the file, so that everybody sees what is imported')];
  const target = targetOf(from, reference);
  if (target === undefined) return checkPackage(place, reference.specifier, dependencies, say);
  if (allowed.some(arrow => arrow.from === from && arrow.to === target)) return [];
  return [
    ...checkExtension(from, reference, say),
    ...checkRoom(place, target, say),
    ...checkModule(place, target, say),
  ];
}

function checkExtension(from: string, reference: Reference, say: Say): Offence[] {
  const target = targetOf(from, reference);
  if (target === undefined || reference.kind === 'url' || /\.(ts|tsx|mjs|css|json|svg)$/.test(target)) return [];
  return [
    say(
      'extension',
      `imports ${reference.specifier} without an extension`,
      `write ${reference.specifier}.ts (or .tsx)`,
    ),
  ];
}

function checkPackage(
  { room, isTest }: Place,
  specifier: string,
  dependencies: readonly string[],
  say: Say,
): Offence[] {
  if (room === undefined || isTest) return [];
  const mayImport = packagesOf[room];
  if (mayImport !== undefined)
    return mayImport.includes(specifier)
      ? []
      : [
          say(
            'packages',
            `${room} imports the package ${specifier} and may import ${list(mayImport)}`,
            'compute it here, or let the server do it (behind a face of its own in src/server/platform/) and pass the result in',
          ),
        ];
  const isNode = specifier.startsWith('node:');
  if (room !== 'server')
    return isNode
      ? [
          say(
            'packages',
            `${room} runs in a browser and imports ${specifier}`,
            'ask the server through an endpoint of src/contracts/',
          ),
        ]
      : [];
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return isNode || dependencies.includes(name)
    ? []
    : [
        say(
          'packages',
          `the server imports ${name}, which is no dependency at run time`,
          'move it from devDependencies to dependencies, with its line in docs/decisions/0004-libraries.md',
        ),
      ];
}

function checkRoom({ room, isTest }: Place, target: string, say: Say): Offence[] {
  const [top = '', targetRoom] = target.split('/');
  if (room === undefined) return [];
  if (outside.some(folder => folder === top)) {
    // A test may use the helpers, and the people and places of the demonstration.
    if (isTest && (top === 'test' || target.startsWith('db/seed/'))) return [];
    return [
      say(
        'outside',
        `src/${room} imports ${target}`,
        'tools, seed, tests and benchmarks import the product, never the other way round; move what is needed into the room',
      ),
    ];
  }
  if (top !== 'src' || !isRoom(targetRoom) || targetRoom === room) return [];
  const mayImport: readonly string[] = rooms[room];
  if (mayImport.includes(targetRoom)) return [];
  return [
    say(
      'rooms',
      `${room} imports ${target} and may import ${list(mayImport)}`,
      'put a rule into src/domain/, words of the wire into src/contracts/, what two apps show into src/browser/, and ask the server over HTTP',
    ),
  ];
}

function checkModule({ room, module, rest, isTest }: Place, target: string, say: Say): Offence[] {
  const to = placeOf(target);
  if (room === undefined || to.room !== room || !roomsOfModules.includes(room) || to.module === module) return [];
  const ground = groundOf[room];
  if (to.module === undefined)
    return module === undefined && rest === 'main.ts'
      ? []
      : [say('modules', `imports ${target}, which stands above the modules`, 'let compose.ts hand in what is needed')];
  if (module === ground)
    return isTest
      ? []
      : [
          say(
            'ground',
            `${ground ?? ''} imports ${target} and imports no module`,
            'let compose.ts hand the function in, or let the module declare its types from its own side (docs/decisions/0011-tables-by-augmentation.md)',
          ),
        ];
  if (to.module === ground) return [];
  if (module !== undefined) {
    const mayImport: readonly string[] = isModule(module) ? modules[module] : [];
    if (!mayImport.includes(to.module))
      return [
        say(
          'modules',
          `${module} imports ${to.module} and may import ${list(mayImport)}`,
          'tell an event and connect it with its reaction in src/server/compose.ts, or hand the fact in as an argument',
        ),
      ];
  }
  // A test may look behind a face to know what to expect.
  if (room !== 'server' || isTest) return [];
  const faces: readonly string[] = module === undefined && rest === 'compose.ts' ? composable : ['index.ts'];
  if (faces.includes(to.rest)) return [];
  return [
    say(
      'faces',
      `imports ${target} behind the face of ${to.module}`,
      `import from src/server/${to.module}/index.ts and export there what is needed`,
    ),
  ];
}

/** Rooms and modules in which fewer files were seen than there must be: a reader that finds nothing finds no offence. */
export function findBlindSpots(files: readonly SourceFile[], least: Readonly<Record<string, number>>): string[] {
  return Object.entries(least).flatMap(([folder, count]) => {
    const seen = files.filter(({ path: file }) => file.startsWith(`${folder}/`)).length;
    return seen >= count ? [] : [`${folder}: ${seen} files seen, ${count} expected at least`];
  });
}
