import * as z from 'zod/mini';

import { id } from './text.ts';

export const gridRef = () => z.object({ id: id(), code: z.string(), name: z.string(), level: z.number() });
export type GridRef = z.output<ReturnType<typeof gridRef>>;

/** GeoJSON polygon coordinates, WGS-84. */
export const polygon = () =>
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.tuple([z.number(), z.number()]))) });

export type Polygon = z.output<ReturnType<typeof polygon>>;
