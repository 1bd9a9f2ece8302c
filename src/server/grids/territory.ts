import { cityWide } from '../platform/database/query-walk.ts';
import { buildGridIndex } from './grid-index.ts';
import * as queries from './queries.ts';

import type { GridRef, Unit } from '../../contracts/grids.ts';
import type { GridId, TownId } from '../../domain/kernel/ids.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Kysely } from 'kysely';
import type { GridIndex } from './grid-index.ts';
import type { GridRow, UnitRow } from './queries.ts';

/**
 * [Note: Territory in memory]
 * Grids and units are read a thousand times for each time they change, and a city's 20,000 grids are a few megabytes with
 * their boundaries: every process keeps them in memory and reads them anew when it hears that they changed. Nothing here is
 * the truth: constraints in the database are.
 */
export interface Territory {
  grid(id: string): GridRow | undefined;
  /** Town › community › courtyard down to this grid; empty when it is unknown. */
  path(id: string): readonly GridRef[];
  /** Path of ids for the scope of rows. */
  idPath(id: string): readonly string[];
  towns(): readonly GridRow[];
  /** The town with this code of nine digits. */
  townByCode(code9: string): GridRow | undefined;
  grids(): readonly GridRow[];
  unit(townId: string, id: string): UnitRow | undefined;
  units(townId: string): readonly UnitRow[];
  locate(lng: number, lat: number): ReturnType<GridIndex['locate']>;
  /** Reads everything anew; inside a transaction with that transaction's connection. */
  reload(from?: Kysely<Tables>): Promise<void>;
}

interface Content {
  readonly grids: ReadonlyMap<string, GridRow>;
  readonly towns: ReadonlyMap<string, GridRow>;
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly unitsByTown: ReadonlyMap<string, readonly UnitRow[]>;
  readonly index: GridIndex;
}

async function read(db: Kysely<Tables>): Promise<Content> {
  const grids = await queries.listGrids(cityWide(db));
  const units = await queries.listUnits(cityWide(db));
  return {
    grids: new Map(grids.map(grid => [grid.id, grid])),
    towns: new Map(grids.filter(grid => grid.level === 1).map(grid => [grid.code.slice(0, 9), grid])),
    units: new Map(units.map(unit => [`${unit.town_id}/${unit.id}`, unit])),
    unitsByTown: Map.groupBy(units, unit => unit.town_id),
    index: buildGridIndex(
      grids
        .filter(grid => grid.level === 3)
        .map(grid => ({ id: grid.id as GridId, townId: grid.town_id as TownId, boundary: grid.boundary })),
    ),
  };
}

const ref = (grid: GridRow): GridRef => ({ id: grid.id, code: grid.code, name: grid.name, level: grid.level });

export async function openTerritory(db: Kysely<Tables>): Promise<Territory> {
  let content = await read(db);
  return {
    grid: id => content.grids.get(id),
    path: id => (content.grids.get(id)?.path ?? []).flatMap(step => content.grids.get(step) ?? []).map(ref),
    idPath: id => content.grids.get(id)?.path ?? [],
    towns: () => [...content.towns.values()],
    townByCode: code => content.towns.get(code),
    grids: () => [...content.grids.values()],
    unit: (townId, id) => content.units.get(`${townId}/${id}`),
    units: townId => content.unitsByTown.get(townId) ?? [],
    locate: (lng, lat) => content.index.locate(lng, lat),
    reload: async (from = db) => {
      content = await read(from);
    },
  };
}

export const unitView = (unit: UnitRow): Unit => ({
  id: unit.id,
  code: unit.code,
  name: unit.name,
  nameThen: unit.name_then,
  kind: unit.kind,
  phone: unit.phone,
  initials: unit.initials,
});
