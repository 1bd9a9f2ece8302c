/**
 * The map of the house: which room may import which, and which module of a room may import which. docs/ARCHITECTURE.md shows the
 * same map to people and a test compares the two. It changes only together with a record in docs/decisions/.
 */

/** Rooms below src/, each with the rooms that it may import. The phones and the desk never import each other. */
export const rooms = {
  domain: [],
  protocols: [],
  contracts: ['domain'],
  server: ['domain', 'protocols', 'contracts'],
  browser: ['domain', 'contracts'],
  desk: ['domain', 'contracts', 'browser'],
  field: ['domain', 'contracts', 'browser'],
  resident: ['domain', 'contracts', 'browser'],
} as const satisfies Record<string, readonly string[]>;

export type Room = keyof typeof rooms;
export const roomNames = Object.keys(rooms) as Room[];

/** Modules of src/server/ and of src/domain/, each with the modules that it may import. */
export const modules = {
  identity: [],
  grids: ['identity'],
  archive: ['grids', 'identity'],
  cases: ['archive', 'grids', 'identity'],
  intake: ['cases', 'grids', 'identity'],
  inquiry: ['cases', 'grids', 'identity'],
  patrol: ['grids', 'identity'],
  video: ['patrol', 'grids', 'identity'],
  assessment: ['inquiry', 'cases', 'archive', 'patrol', 'grids', 'identity'],
  accountability: ['assessment', 'inquiry', 'cases', 'grids', 'identity'],
  insight: [
    'accountability',
    'assessment',
    'video',
    'patrol',
    'inquiry',
    'intake',
    'cases',
    'archive',
    'grids',
    'identity',
  ],
  notifications: ['grids', 'identity'],
} as const satisfies Record<string, readonly string[]>;

export type Module = keyof typeof modules;

/** Below every module of its room, and above none: it imports no module. */
export const groundOf: Readonly<Partial<Record<Room, string>>> = { server: 'platform', domain: 'kernel' };

/** What compose.ts may see of a module beside its face. */
export const composable = ['index.ts', 'routes.ts', 'reactions.ts'] as const;

/** Folders at the top that hold data, tools and proofs: they import the rooms, no room imports them. */
export const outside = ['db', 'tools', 'test', 'bench'] as const;

/** Arrows that the map does not have and a decision allows. */
export const allowed: readonly { readonly from: string; readonly to: string; readonly decision: string }[] = [
  {
    from: 'src/server/main.ts',
    to: 'db/seed/demonstration.ts',
    decision: 'docs/decisions/0007-demonstration-by-dynamic-import.md',
  },
];

/** The one file that reads the clock. */
export const clockFile = 'src/server/platform/clock.ts';

/** What rooms may import from outside the project; a room that is not here may import any package but Node's own modules. */
export const packagesOf: Readonly<Partial<Record<Room, readonly string[]>>> = {
  domain: [],
  protocols: [],
  contracts: ['zod/mini'],
};

/** Rooms whose answers depend on nothing but their arguments. */
export const pureRooms: readonly Room[] = ['domain', 'protocols', 'contracts'];

/** Names for folders and files that say nothing about what lies inside. */
export const drawers = ['lib', 'libs', 'common', 'util', 'utils', 'shared', 'helper', 'helpers', 'misc'] as const;

export const mostLines = 400;
