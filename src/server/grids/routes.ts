import { listUnits, locate, territory as territoryEndpoint } from '../../contracts/grids.ts';
import { grantsFor } from '../../domain/identity/permissions.ts';
import { route } from '../platform/http/route.ts';
import { cityWide } from '../platform/database/query-walk.ts';
import { toWgs84 } from './datum.ts';
import { divisionRoutes } from './division-routes.ts';
import * as queries from './queries.ts';
import { unitView } from './territory.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { LocalDate } from '../../domain/kernel/time.ts';
import type { Route } from '../platform/http/route.ts';
import type { Territory } from './territory.ts';

export function gridsRoutes(territory: Territory): readonly Route[] {
  return [
    route(locate, async (_call, { query }) => {
      const point = toWgs84(query);
      const day = await territory.on((query.on as LocalDate | undefined) ?? territory.today());
      const found = day.index.locate(point.lng, point.lat);
      if ('gridId' in found) return { inside: true, path: [...day.path(found.gridId)], metres: 0, point };
      const { nearest } = found;
      const path = nearest === null ? [] : [...day.path(nearest.gridId)];
      return { inside: false, path, metres: nearest?.metres ?? 0, point };
    }),
    route(territoryEndpoint, async ({ db }, { query }): Promise<ReplyOf<typeof territoryEndpoint>> => {
      const day = await territory.on((query.on as LocalDate | undefined) ?? territory.today());
      const divisions = await queries.listDivisions(db);
      const streets = await queries.listStreets(cityWide(db));
      const grids = [...day.grids.values()];
      const noted = grids.find(grid => grid.note_zh !== null);
      return {
        city: divisions.find(division => division.level === 'city')?.name ?? '',
        note: noted === undefined ? null : { zh: noted.note_zh ?? '', en: noted.note_en ?? '' },
        towns: [...day.towns.values()].flatMap(town => day.path(town.id)),
        grids: grids.map(grid => ({
          id: grid.id,
          parentId: grid.parent_id,
          code: grid.code,
          name: grid.name,
          level: grid.level,
          boundary: grid.boundary,
          label: [grid.label_lng, grid.label_lat],
        })),
        streets: streets.map(({ name, rank, line }) => ({ name, rank, line })),
        counties: divisions.flatMap(division => {
          const rings = ringsOf(division.boundary);
          return division.level === 'county' && rings.length > 0
            ? [{ code: division.code, name: division.name, rings }]
            : [];
        }),
      };
    }),
    ...divisionRoutes(territory),
    route(listUnits, ({ actor }) => {
      const towns = new Set(
        grantsFor(actor, 'grids.read').flatMap(grant => grant.townId ?? territory.towns().map(town => town.id)),
      );
      return Promise.resolve({ units: [...towns].flatMap(town => territory.units(town)).map(unitView) });
    }),
  ];
}

/** Outer rings of a GeoJSON Polygon or MultiPolygon. */
function ringsOf(boundary: unknown): [number, number][][] {
  const shape = boundary as { type: string; coordinates: unknown } | null;
  if (shape?.type === 'Polygon') return (shape.coordinates as [number, number][][]).slice(0, 1);
  if (shape?.type === 'MultiPolygon')
    return (shape.coordinates as [number, number][][][]).flatMap(part => part.slice(0, 1));
  return [];
}
