import * as z from 'zod/mini';

import { polygon } from './grids-shapes.ts';
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

export const position = () =>
  z.tuple([z.number().check(z.gte(-180), z.lte(180)), z.number().check(z.gte(-90), z.lte(90))]);
const gridType = () => z.enum(['basic', 'exclusive', 'micro']);
const gridKind = () => z.enum(['residential', 'commercial', 'industrial', 'campus', 'rural', 'other']);
const people = () => z.nullable(z.int().check(z.gte(0), z.lte(10_000_000)));

export const inTown = () => z.object({ townId: id() });
export const ofVersion = () => z.object({ townId: id(), number: queryNumber(z.int().check(z.gte(1))) });
export const onDay = () => z.object({ on: z.optional(localDate()) });
export const revision = () => z.int().check(z.gte(0));

export const postView = () =>
  z.object({
    id: id(),
    code: z.string(),
    name: z.string(),
    /** Empty when the post is vacant. */
    holders: z.array(z.object({ accountId: id(), name: z.string() })),
  });

export const gridFacts = {
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
