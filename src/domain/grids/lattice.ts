/**
 * [Note: Lattice]
 * Borders that neighbours share must be equal to the last bit, or a point between them belongs to both or to none. So all
 * corners of a division lie on a lattice of 10⁻⁸ degrees (about a millimetre) and neighbours hold the very same corners. The
 * computing is done in whole lattice units, which a double holds exactly, with the exact `orientation` of the kernel.
 */
import { EARTH_RADIUS, type Position, type Ring } from '../kernel/geometry.ts';

const UNITS_PER_DEGREE = 1e8;
/** Metres of one unit of latitude. */
export const METRES_PER_UNIT = (EARTH_RADIUS * Math.PI) / 180 / UNITS_PER_DEGREE;
export const METRES_PER_DEGREE = (EARTH_RADIUS * Math.PI) / 180;

export const toUnits = (degrees: number): number => Math.round(degrees * UNITS_PER_DEGREE);
export const toDegrees = (units: number): number => units / UNITS_PER_DEGREE;

/** The nearest corner of the lattice. */
export const onLattice = ([lng, lat]: Position): Position => [toDegrees(toUnits(lng)), toDegrees(toUnits(lat))];

/** The name of a corner: equal exactly for equal corners. */
export const cornerKey = ([lng, lat]: Position): string => `${toUnits(lng)},${toUnits(lat)}`;

/** The name of an edge, the same from both sides. */
export function edgeKey(a: Position, b: Position): string {
  const [one, two] = [cornerKey(a), cornerKey(b)];
  return one < two ? `${one};${two}` : `${two};${one}`;
}

export const isSameCorner = (a: Position, b: Position): boolean =>
  toUnits(a[0]) === toUnits(b[0]) && toUnits(a[1]) === toUnits(b[1]);

/** The ring on the lattice, without corners that fall together. */
export function ringOnLattice(ring: Ring): Ring {
  const corners: Position[] = [];
  for (const position of ring) {
    const corner = onLattice(position);
    const last = corners.at(-1);
    if (last === undefined || !isSameCorner(last, corner)) corners.push(corner);
  }
  return corners;
}

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function boxOf(positions: Iterable<Position>): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng);
    south = Math.min(south, lat);
    east = Math.max(east, lng);
    north = Math.max(north, lat);
  }
  return { west, south, east, north };
}

export const boxesMeet = (a: Box, b: Box): boolean =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
