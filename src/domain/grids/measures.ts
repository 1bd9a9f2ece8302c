/** What a grid measures, where its name is written, and how evenly a division shares the households. */
import { distance, type Position, type Ring } from '../kernel/geometry.ts';
import { boxOf } from './lattice.ts';
import type { Rings } from './arrangement.ts';
import type { Grid } from './division.ts';

/** Metres along all rings. */
export function perimeterMetres(rings: Rings): number {
  let sum = 0;
  for (const ring of rings)
    ring.forEach(([lng, lat], index) => {
      const before = ring[index - 1];
      if (before !== undefined) sum += distance({ lng: before[0], lat: before[1] }, { lng, lat });
    });
  return sum;
}

/** Rows that are looked along for the widest place inside. */
const ROWS = 15;

/** A position well inside: the middle of the widest stretch that one of some horizontal lines has in the area. */
export function labelPosition(rings: Rings): Position {
  const { west, south, north } = boxOf(rings[0] ?? []);
  let best: { readonly width: number; readonly at: Position } = { width: -1, at: [west, south] };
  for (let row = 1; row <= ROWS; row += 1) {
    const lat = south + ((north - south) * row) / (ROWS + 1);
    // Rows near the middle win over equally wide ones at the edge.
    const weight = 1 - Math.abs(row / (ROWS + 1) - 0.5);
    const crossings = rings.flatMap(ring => crossingsOf(ring, lat)).toSorted((a, b) => a - b);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const [from, to] = [crossings[index] ?? 0, crossings[index + 1] ?? 0];
      if ((to - from) * weight > best.width) best = { width: (to - from) * weight, at: [(from + to) / 2, lat] };
    }
  }
  return best.at;
}

function crossingsOf(ring: Ring, lat: number): number[] {
  return ring.flatMap(([bx, by], index) => {
    const [ax, ay] = ring[index - 1] ?? [bx, by];
    return ay > lat === by > lat ? [] : [ax + ((lat - ay) / (by - ay)) * (bx - ax)];
  });
}

/** Handbook §1.3: an urban basic grid has 300 to 500 households. */
export const HOUSEHOLDS_WANTED = { least: 300, most: 500 } as const;

export interface Balance {
  readonly grids: number;
  /** Grids whose households are not known are not counted in the figures. */
  readonly unknown: number;
  readonly mean: number;
  /** Standard deviation of the whole, not of a sample. */
  readonly deviation: number;
  /** Ids of grids more than two deviations from the mean, the farthest first. */
  readonly outliers: readonly string[];
}

export function computeBalance(grids: readonly Grid[]): Balance {
  const known = grids.flatMap(({ id, households }) => (households === null ? [] : [{ id, households }]));
  const mean = known.reduce((sum, { households }) => sum + households, 0) / Math.max(1, known.length);
  const deviation = Math.sqrt(
    known.reduce((sum, { households }) => sum + (households - mean) ** 2, 0) / Math.max(1, known.length),
  );
  const far = known
    .map(({ id, households }) => ({ id, off: Math.abs(households - mean) }))
    .filter(({ off }) => deviation > 0 && off > 2 * deviation)
    .toSorted((a, b) => b.off - a.off);
  return {
    grids: grids.length,
    unknown: grids.length - known.length,
    mean,
    deviation,
    outliers: far.map(({ id }) => id),
  };
}
