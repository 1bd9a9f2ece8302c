import { ProblemError } from '../platform/problem.ts';
import { toWgs84 } from './datum.ts';

import type { GridRow } from './queries.ts';
import type { Territory } from './territory.ts';

export interface PointInput {
  readonly lng: number;
  readonly lat: number;
  readonly datum: 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09';
  readonly accuracy?: number | undefined;
}

export interface ResolvedPlace {
  readonly grid: GridRow;
  /** WGS-84; null when only a grid was given. */
  readonly point: { readonly lng: number; readonly lat: number } | null;
}

/**
 * The grid that a report belongs to. A point decides when it lies inside; a point outside needs a grid that the reporter
 * accepted (the nearest one), else it is refused with the nearest named. Without a point the picked grid decides.
 * Throws `grids.point_outside`, `grids.unknown_grid`, `intake.place_missing`.
 */
export function resolvePlace(
  territory: Territory,
  place: { readonly point?: PointInput | undefined; readonly gridId?: string | undefined },
): ResolvedPlace {
  const picked = place.gridId === undefined ? undefined : territory.grid(place.gridId);
  if (place.gridId !== undefined && picked === undefined) throw new ProblemError('grids.unknown_grid');
  if (place.point === undefined) {
    if (picked === undefined) throw new ProblemError('intake.place_missing');
    return { grid: picked, point: null };
  }
  const { lng, lat } = toWgs84(place.point);
  const found = territory.locate(lng, lat);
  if ('gridId' in found) {
    const grid = territory.grid(found.gridId);
    if (grid !== undefined) return { grid, point: { lng, lat } };
  }
  if (picked !== undefined) return { grid: picked, point: { lng, lat } };
  throw outside(territory, lng, lat);
}

function outside(territory: Territory, lng: number, lat: number): ProblemError {
  const found = territory.locate(lng, lat);
  const nearest = 'outside' in found ? found.nearest : null;
  if (nearest === null) return new ProblemError('grids.point_outside', { nearest: '–', metres: 0 });
  const path = territory.path(nearest.gridId);
  return new ProblemError('grids.point_outside', {
    nearest: path.map(grid => grid.name).join(' '),
    nearestId: nearest.gridId,
    metres: Math.round(nearest.metres),
  });
}
