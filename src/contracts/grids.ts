import * as z from 'zod/mini';

import { endpoint } from './endpoint.ts';
import { localDate } from './division-shapes.ts';
import { divisionEndpoints } from './divisions.ts';
import { gridRef, polygon } from './grids-shapes.ts';
import { id, queryNumber } from './text.ts';

export type { GridRef, Polygon } from './grids-shapes.ts';

/** Datums a point may come in; WGS-84 is what is stored (CGCS2000 agrees with it to decimetres). */
export const datum = () => z.enum(['WGS84', 'CGCS2000', 'GCJ02', 'BD09']);

export const point = () =>
  z.object({
    lng: z.number().check(z.gte(-180), z.lte(180)),
    lat: z.number().check(z.gte(-90), z.lte(90)),
    datum: datum(),
    /** Metres, as the positioning device says. */
    accuracy: z.optional(z.number().check(z.gte(0), z.lte(100_000))),
  });

export const gridShape = () =>
  z.object({
    id: id(),
    parentId: z.nullable(id()),
    code: z.string(),
    name: z.string(),
    level: z.number(),
    boundary: polygon(),
    /** Where its name is written. */
    label: z.tuple([z.number(), z.number()]),
  });
export type GridShape = z.output<ReturnType<typeof gridShape>>;

export const locate = endpoint({
  id: 'grids.locate',
  method: 'GET',
  path: '/api/locate',
  summary: { zh: '由坐标找到三级网格', en: 'Find the third-level grid of a point' },
  access: 'public',
  query: z.object({
    lng: queryNumber(z.number().check(z.gte(-180), z.lte(180))),
    lat: queryNumber(z.number().check(z.gte(-90), z.lte(90))),
    datum: z._default(datum(), 'WGS84'),
    /** Another day than today. */
    on: z.optional(localDate()),
  }),
  reply: z.object({
    inside: z.boolean(),
    /** City-side path of the grid found, or of the nearest one when the point lies outside: town, community, courtyard. */
    path: z.array(gridRef()),
    /** Metres to the nearest grid; 0 inside. */
    metres: z.number(),
    /** The point in WGS-84. */
    point: z.object({ lng: z.number(), lat: z.number() }),
  }),
  problems: ['grids.point_outside'],
});

export const territory = endpoint({
  id: 'grids.territory',
  method: 'GET',
  path: '/api/territory',
  summary: { zh: '网格边界与底图（公开）', en: 'Boundaries of the grids and the base map (public)' },
  access: 'public',
  query: z.object({ on: z.optional(localDate()) }),
  reply: z.object({
    city: z.string(),
    /** 「演示边界数据，非测绘成果」 when the boundaries are not surveyed. */
    note: z.nullable(z.object({ zh: z.string(), en: z.string() })),
    towns: z.array(gridRef()),
    grids: z.array(gridShape()),
    streets: z.array(
      z.object({ name: z.string(), rank: z.number(), line: z.array(z.tuple([z.number(), z.number()])) }),
    ),
    counties: z.array(
      z.object({ code: z.string(), name: z.string(), rings: z.array(z.array(z.tuple([z.number(), z.number()]))) }),
    ),
  }),
  problems: [],
});

export const unit = () =>
  z.object({
    id: id(),
    code: z.string(),
    name: z.string(),
    /** Its name in 2014. */
    nameThen: z.string(),
    kind: z.string(),
    phone: z.nullable(z.string()),
    /** Pinyin initials for type-ahead. */
    initials: z.string(),
  });
export type Unit = z.output<ReturnType<typeof unit>>;

export const listUnits = endpoint({
  id: 'grids.listUnits',
  method: 'GET',
  path: '/api/units',
  summary: { zh: '单位（科室、站所、企业）', en: 'Units: sections, stations, companies' },
  access: 'grids.read',
  reply: z.object({ units: z.array(unit()) }),
  problems: [],
});

export const gridsEndpoints = { locate, territory, listUnits, ...divisionEndpoints };
