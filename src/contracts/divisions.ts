import * as z from 'zod/mini';

import { endpoint } from './endpoint.ts';
import { gridRef, polygon } from './grids-shapes.ts';
import { id, instant, queryNumber, text } from './text.ts';

/** 'YYYY-MM-DD' in the business zone. */
export const localDate = () =>
  z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.refine(isDay, { error: 'invalid_format' }));

function isDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lengths = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return year >= 1949 && date >= 1 && date <= (lengths[month - 1] ?? 0);
}

const position = () => z.tuple([z.number().check(z.gte(-180), z.lte(180)), z.number().check(z.gte(-90), z.lte(90))]);
const gridType = () => z.enum(['basic', 'exclusive', 'micro']);
const gridKind = () => z.enum(['residential', 'commercial', 'industrial', 'campus', 'rural', 'other']);
const people = () => z.nullable(z.int().check(z.gte(0), z.lte(10_000_000)));

const inTown = () => z.object({ townId: id() });
const ofVersion = () => z.object({ townId: id(), number: queryNumber(z.int().check(z.gte(1))) });
const onDay = () => z.object({ on: z.optional(localDate()) });
const revision = () => z.int().check(z.gte(0));

export const postView = () =>
  z.object({
    id: id(),
    code: z.string(),
    name: z.string(),
    /** Empty when the post is vacant. */
    holders: z.array(z.object({ accountId: id(), name: z.string() })),
  });

const gridFacts = {
  id: id(),
  parentId: z.nullable(id()),
  code: z.string(),
  name: z.string(),
  officialName: z.string(),
  level: z.number(),
  type: gridType(),
  kind: gridKind(),
  households: z.nullable(z.number()),
  population: z.nullable(z.number()),
  address: z.nullable(z.string()),
  /** 四至 */
  boundsText: z.nullable(z.string()),
};

/** A grid of a tree on a day. */
export const treeGrid = () =>
  z.object({
    ...gridFacts,
    squareMetres: z.number(),
    /** Its own posts. */
    posts: z.array(postView()),
  });

/** A grid of a draft or a version, with its outline. */
export const divisionGrid = () => z.object({ ...gridFacts, boundary: polygon(), squareMetres: z.number() });
export type DivisionGrid = z.output<ReturnType<typeof divisionGrid>>;

export const divisionVersion = () =>
  z.object({
    number: z.number(),
    state: z.enum(['draft', 'published', 'discarded']),
    baseNumber: z.nullable(z.number()),
    /** First day on which it holds; null in a draft. */
    validFrom: z.nullable(z.string()),
    note: z.nullable(z.string()),
    author: z.nullable(z.string()),
    createdAt: instant(),
    publishedAt: z.nullable(instant()),
    publishedBy: z.nullable(z.string()),
    /** True for the version that holds today. */
    inForce: z.boolean(),
    /** Who may edit now; null when nobody holds the draft. */
    lock: z.nullable(z.object({ name: z.string(), until: instant(), mine: z.boolean() })),
    revision: revision(),
    canUndo: z.boolean(),
    canRedo: z.boolean(),
  });
export type DivisionVersion = z.output<ReturnType<typeof divisionVersion>>;

export const tree = endpoint({
  id: 'grids.tree',
  method: 'GET',
  path: '/api/towns/:townId/grids',
  summary: { zh: '某日的网格树', en: 'The tree of grids on a day' },
  access: 'grids.read',
  params: inTown(),
  query: onDay(),
  reply: z.object({ on: z.string(), version: z.nullable(z.number()), grids: z.array(treeGrid()) }),
  problems: ['grids.unknown_grid'],
});

export const gridPage = endpoint({
  id: 'grids.page',
  method: 'GET',
  path: '/api/grids/:gridId',
  summary: { zh: '某日的网格', en: 'A grid on a day' },
  access: 'grids.read',
  params: z.object({ gridId: id() }),
  query: onDay(),
  reply: z.object({
    on: z.string(),
    path: z.array(gridRef()),
    /** Null on a day on which it was not there; its history still tells when it was. */
    grid: z.nullable(
      z.object({ ...gridFacts, boundary: polygon(), squareMetres: z.number(), perimeterMetres: z.number() }),
    ),
    children: z.array(gridRef()),
    posts: z.array(postView()),
    /** The newest first; `validTo` is the first day on which it no longer held. */
    history: z.array(
      z.object({
        version: z.number(),
        validFrom: z.string(),
        validTo: z.nullable(z.string()),
        code: z.string(),
        name: z.string(),
        squareMetres: z.number(),
        households: z.nullable(z.number()),
      }),
    ),
  }),
  problems: ['grids.unknown_grid'],
});

export const versions = endpoint({
  id: 'grids.versions',
  method: 'GET',
  path: '/api/towns/:townId/divisions',
  summary: { zh: '划分版本列表', en: 'Versions of the division' },
  access: 'grids.read',
  params: inTown(),
  reply: z.object({ versions: z.array(divisionVersion()) }),
  problems: ['grids.unknown_grid'],
});

export const openDraft = endpoint({
  id: 'grids.openDraft',
  method: 'POST',
  path: '/api/towns/:townId/divisions',
  summary: { zh: '新建划分草案并开始编辑', en: 'Begin a draft and take its lock' },
  access: 'grids.edit',
  params: inTown(),
  body: z.object({ note: z.optional(text(500)) }),
  reply: divisionVersion(),
  problems: ['grids.unknown_grid', 'grids.draft_exists'],
});

export const draft = endpoint({
  id: 'grids.draft',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number',
  summary: { zh: '一个划分版本的全部网格', en: 'All grids of a version' },
  access: 'grids.read',
  params: ofVersion(),
  reply: z.object({ version: divisionVersion(), grids: z.array(divisionGrid()) }),
  problems: ['grids.no_such_version'],
});

export const takeLock = endpoint({
  id: 'grids.takeLock',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/lock',
  summary: { zh: '取得或延长编辑权', en: 'Take or extend the right to edit' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({}),
  reply: divisionVersion(),
  problems: ['grids.no_such_version', 'grids.not_a_draft', 'grids.locked'],
});

export const releaseLock = endpoint({
  id: 'grids.releaseLock',
  method: 'DELETE',
  path: '/api/towns/:townId/divisions/:number/lock',
  summary: { zh: '放开编辑权', en: 'Give back the right to edit' },
  access: 'grids.edit',
  params: ofVersion(),
  reply: divisionVersion(),
  problems: ['grids.no_such_version', 'grids.not_a_draft', 'grids.locked'],
});

const newGrid = () =>
  z.object({
    /** Made by the caller. */
    id: id(),
    name: text(60),
    /** The next free one when left out. */
    code: z.optional(z.string().check(z.regex(/^\d{15}(-\d{2})?$/))),
    type: z.optional(gridType()),
    kind: z.optional(gridKind()),
    households: z.optional(people()),
    population: z.optional(people()),
  });

const snapMetres = () => z.optional(z.number().check(z.gte(0), z.lte(50)));
const drawnLine = () => z.array(position()).check(z.minLength(2), z.maxLength(2000));

/** See src/domain/grids/operations.ts for what each does and refuses. Positions are WGS-84. */
export const operation = () =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('split'),
      gridId: id(),
      line: drawnLine(),
      newGrid: newGrid(),
      keepAt: z.optional(position()),
      snapMetres: snapMetres(),
    }),
    z.object({
      kind: z.literal('merge'),
      gridIds: z.array(id()).check(z.minLength(2), z.maxLength(100)),
      keepId: id(),
    }),
    z.object({
      kind: z.literal('draw'),
      parentId: id(),
      ring: z.array(position()).check(z.minLength(3), z.maxLength(2000)),
      newGrid: newGrid(),
      snapMetres: snapMetres(),
    }),
    z.object({ kind: z.literal('begin'), gridId: id(), newGrid: newGrid() }),
    z.object({
      kind: z.literal('move'),
      moves: z.array(z.object({ from: position(), to: position() })).check(z.minLength(1), z.maxLength(1000)),
    }),
    z.object({ kind: z.literal('insert_corner'), a: position(), b: position(), at: position() }),
    z.object({ kind: z.literal('delete_corner'), at: position() }),
    z.object({
      kind: z.literal('simplify'),
      gridIds: z.array(id()).check(z.minLength(1), z.maxLength(1000)),
      metres: z.number().check(z.gt(0), z.lte(100)),
    }),
    z.object({
      kind: z.literal('describe'),
      gridId: id(),
      set: z.object({
        code: z.optional(z.string().check(z.regex(/^\d{15}(-\d{2})?$/))),
        name: z.optional(text(60)),
        officialName: z.optional(text(100)),
        type: z.optional(gridType()),
        kind: z.optional(gridKind()),
        households: z.optional(people()),
        population: z.optional(people()),
        address: z.optional(z.nullable(text(200))),
        boundsText: z.optional(z.nullable(text(500))),
      }),
    }),
    z.object({ kind: z.literal('transfer'), gridId: id(), parentId: id() }),
  ]);
export type OperationInput = z.output<ReturnType<typeof operation>>;

/** What one step changed: grids as they are now (those above a changed one with their new outline too), and ids that are gone. */
const edited = () => z.object({ version: divisionVersion(), changed: z.array(divisionGrid()), removed: z.array(id()) });

const editProblems = [
  'grids.no_such_version',
  'grids.not_a_draft',
  'grids.locked',
  'grids.draft_moved',
  'grids.edit_refused',
] as const;

export const edit = endpoint({
  id: 'grids.edit',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/operations',
  summary: { zh: '在草案上做一步操作', en: 'Do one operation to a draft' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision(), operation: operation() }),
  reply: edited(),
  problems: editProblems,
});

export const undo = endpoint({
  id: 'grids.undo',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/undo',
  summary: { zh: '撤销一步', en: 'Undo a step' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision() }),
  reply: edited(),
  problems: editProblems,
});

export const redo = endpoint({
  id: 'grids.redo',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/redo',
  summary: { zh: '重做一步', en: 'Redo a step' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision() }),
  reply: edited(),
  problems: editProblems,
});

export const divisionProblems = endpoint({
  id: 'grids.problems',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number/problems',
  summary: { zh: '草案的问题清单与户数均衡', en: 'What is wrong with a draft, and how evenly it shares households' },
  access: 'grids.read',
  params: ofVersion(),
  reply: z.object({
    /** Must be empty before publishing. */
    problems: z.array(
      z.object({
        kind: z.enum([
          'gap',
          'hole',
          'overlap',
          'outside',
          'crossing',
          'sliver',
          'swapped',
          'too_many_corners',
          'in_parts',
          'bad_code',
          'code_twice',
          'no_name',
          'no_responsible',
        ]),
        message: z.object({ zh: z.string(), en: z.string() }),
        gridIds: z.array(id()),
        at: position(),
        squareMetres: z.nullable(z.number()),
        /** A warning does not stop publishing. */
        severity: z.enum(['error', 'warning']),
      }),
    ),
    balance: z.object({
      grids: z.number(),
      unknown: z.number(),
      mean: z.number(),
      deviation: z.number(),
      outliers: z.array(id()),
    }),
  }),
  problems: ['grids.no_such_version'],
});

export const compareDraft = endpoint({
  id: 'grids.compare',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number/comparison',
  summary: { zh: '与所依据的版本比较', en: 'What differs from the version it is based on' },
  access: 'grids.read',
  params: ofVersion(),
  reply: z.object({
    base: z.nullable(z.number()),
    added: z.array(divisionGrid()),
    removed: z.array(divisionGrid()),
    changed: z.array(z.object({ before: divisionGrid(), after: divisionGrid(), fields: z.array(z.string()) })),
    moves: z.array(
      z.object({ fromId: id(), toId: id(), squareMetres: z.number(), households: z.nullable(z.number()) }),
    ),
  }),
  problems: ['grids.no_such_version'],
});

export const publish = endpoint({
  id: 'grids.publish',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/publish',
  summary: { zh: '发布草案，自某日起生效', en: 'Publish a draft from a day on' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision(), validFrom: localDate() }),
  reply: divisionVersion(),
  problems: [...editProblems, 'grids.has_problems', 'grids.day_passed', 'grids.day_taken'],
});

export const discard = endpoint({
  id: 'grids.discard',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/discard',
  summary: { zh: '放弃草案', en: 'Discard a draft' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision() }),
  reply: divisionVersion(),
  problems: ['grids.no_such_version', 'grids.not_a_draft', 'grids.locked', 'grids.draft_moved'],
});

export const divisionEndpoints = {
  tree,
  gridPage,
  versions,
  openDraft,
  draft,
  takeLock,
  releaseLock,
  edit,
  undo,
  redo,
  divisionProblems,
  compareDraft,
  publish,
  discard,
};
