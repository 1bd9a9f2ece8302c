import { cityWide } from '../platform/database/query-walk.ts';
import { buildGridIndex } from './grid-index.ts';
import * as queries from './queries.ts';

import type { GridRef, Unit } from '../../contracts/grids.ts';
import { toLocalDate, type LocalDate, type Zone } from '../../domain/kernel/time.ts';
import type { GridId, TownId } from '../../domain/kernel/ids.ts';
import type { Clock } from '../platform/clock.ts';
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
  /** The grid as it stands today; undefined when it is unknown, gone, or not yet there. */
  grid(id: string): GridRow | undefined;
  /** Town › community › courtyard down to this grid, which may be gone by now; empty when it is unknown. */
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
  /** The grids as they stood, or will stand, on another day. */
  on(day: LocalDate): Promise<TerritoryDay>;
  today(): LocalDate;
  /** Reads everything anew; inside a transaction with that transaction's connection. */
  reload(from?: Kysely<Tables>): Promise<void>;
  /** Reads everything anew if a version was published since. */
  refresh(): Promise<void>;
}

/** All grids on one day. */
export interface TerritoryDay {
  readonly day: LocalDate;
  readonly grids: ReadonlyMap<string, GridRow>;
  readonly towns: ReadonlyMap<string, GridRow>;
  readonly index: GridIndex;
  path(id: string): readonly GridRef[];
}

interface Content {
  readonly stamp: string;
  readonly states: readonly GridRow[];
  /** The last state known of each grid. */
  readonly known: ReadonlyMap<string, GridRow>;
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly unitsByTown: ReadonlyMap<string, readonly UnitRow[]>;
}

async function read(db: Kysely<Tables>, today: LocalDate): Promise<Content> {
  const stamp = await queries.findTerritoryStamp(db);
  const states = await queries.listGrids(db, today);
  const units = await queries.listUnits(cityWide(db));
  return {
    stamp,
    states,
    known: new Map(
      states.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1)).map(grid => [grid.id, grid] as const),
    ),
    units: new Map(units.map(unit => [`${unit.town_id}/${unit.id}`, unit])),
    unitsByTown: Map.groupBy(units, unit => unit.town_id),
  };
}

function dayOf(day: LocalDate, states: readonly GridRow[]): TerritoryDay {
  const held = states.filter(({ valid_from: from, valid_to: to }) => from <= day && (to === null || to > day));
  const grids = new Map(held.map(grid => [grid.id, grid]));
  let index: GridIndex | undefined;
  return {
    day,
    grids,
    towns: new Map(held.filter(grid => grid.level === 1).map(grid => [grid.code.slice(0, 9), grid])),
    // Built at the first question: a tree of the past needs none.
    get index() {
      index ??= buildGridIndex(
        held
          .filter(grid => grid.level === 3)
          .map(grid => ({ id: grid.id as GridId, townId: grid.town_id as TownId, boundary: grid.boundary })),
      );
      return index;
    },
    path: id => (grids.get(id)?.path ?? []).flatMap(step => grids.get(step) ?? []).map(ref),
  };
}

const ref = (grid: GridRow): GridRef => ({ id: grid.id, code: grid.code, name: grid.name, level: grid.level });

/** Days other than today that are kept: somebody who compares days asks for the same few again and again. */
const DAYS_KEPT = 4;

/** @param clock moves the territory on to the next day's grids at midnight. */
export async function openTerritory(db: Kysely<Tables>, clock: Clock, zone: Zone): Promise<Territory> {
  const todayNow = (): LocalDate => toLocalDate(clock.now(), zone);
  let content = await read(db, todayNow());
  let current = dayOf(todayNow(), content.states);
  const others = new Map<LocalDate, Promise<TerritoryDay>>();

  const now = (): TerritoryDay => {
    const today = todayNow();
    if (current.day !== today) current = dayOf(today, content.states);
    return current;
  };
  const reload = async (from = db): Promise<void> => {
    content = await read(from, todayNow());
    current = dayOf(todayNow(), content.states);
    others.clear();
  };
  const on = (day: LocalDate): Promise<TerritoryDay> => {
    if (day === now().day) return Promise.resolve(current);
    const known = others.get(day);
    if (known !== undefined) return known;
    const asked = queries.listGridsOn(db, day).then(states => dayOf(day, states));
    others.set(day, asked);
    asked.catch(() => others.delete(day));
    for (const oldest of others.keys()) if (others.size > DAYS_KEPT) others.delete(oldest);
    return asked;
  };
  return {
    grid: id => now().grids.get(id),
    path: id => {
      const { grids } = now();
      const find = (step: string): GridRow | undefined => grids.get(step) ?? content.known.get(step);
      return (find(id)?.path ?? []).flatMap(step => find(step) ?? []).map(ref);
    },
    idPath: id => now().grids.get(id)?.path ?? [],
    towns: () => [...now().towns.values()],
    townByCode: code => now().towns.get(code),
    grids: () => [...now().grids.values()],
    unit: (townId, id) => content.units.get(`${townId}/${id}`),
    units: townId => content.unitsByTown.get(townId) ?? [],
    locate: (lng, lat) => now().index.locate(lng, lat),
    on,
    today: todayNow,
    reload,
    refresh: async () => {
      if ((await queries.findTerritoryStamp(db)) !== content.stamp) await reload();
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
