import { polygonsOf, squaredDistance, type Area, type Side } from '../../domain/kernel/geometry.ts';
import { orientation } from '../../domain/kernel/orientation.ts';

/**
 * Many areas in a few typed arrays: all corners one after the other, so that a test reads memory in one direction and makes no
 * garbage. Holes and the parts of a MultiPolygon need no structure of their own: a position is inside where a ray crosses the
 * rings an odd number of times.
 */
export interface FlatAreas {
  readonly count: number;
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  /** Ring r has the corners ringStart[r] … ringStart[r + 1] − 1, first and last the same. */
  readonly ringStart: Uint32Array;
  /** Area a has the rings areaStart[a] … areaStart[a + 1] − 1. */
  readonly areaStart: Uint32Array;
  /** West, south, east, north of each area. */
  readonly boxes: Float64Array;
}

export function flattenAreas(areas: readonly Area[]): FlatAreas {
  const ringsOf = areas.map(area => polygonsOf(area).flat());
  const rings = ringsOf.flat();
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
  const flat: FlatAreas = {
    count: areas.length,
    lng: new Float64Array(corners),
    lat: new Float64Array(corners),
    ringStart: new Uint32Array(rings.length + 1),
    areaStart: new Uint32Array(areas.length + 1),
    boxes: new Float64Array(areas.length * 4),
  };
  let corner = 0;
  rings.forEach((ring, index) => {
    for (const [lng, lat] of ring) {
      flat.lng[corner] = lng;
      flat.lat[corner] = lat;
      corner += 1;
    }
    flat.ringStart[index + 1] = corner;
  });
  ringsOf.forEach((own, index) => {
    flat.areaStart[index + 1] = (flat.areaStart[index] ?? 0) + own.length;
    flat.boxes.set(boxOf(own.flat()), index * 4);
  });
  return flat;
}

function boxOf(positions: readonly (readonly [number, number])[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng);
    south = Math.min(south, lat);
    east = Math.max(east, lng);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

export function isInBox({ boxes }: FlatAreas, area: number, lng: number, lat: number): boolean {
  const at = area * 4;
  return (
    lng >= (boxes[at] ?? 0) && lat >= (boxes[at + 1] ?? 0) && lng <= (boxes[at + 2] ?? 0) && lat <= (boxes[at + 3] ?? 0)
  );
}

/** Exactly as `sideOfArea` of the kernel, over the flat arrays. */
export function sideOfFlatArea(
  { lng, lat, ringStart, areaStart }: FlatAreas,
  area: number,
  x: number,
  y: number,
): Side {
  let inside = false;
  const lastRing = areaStart[area + 1] ?? 0;
  for (let ring = areaStart[area] ?? 0; ring < lastRing; ring += 1) {
    const first = ringStart[ring] ?? 0;
    const last = ringStart[ring + 1] ?? 0;
    let ax = lng[first] ?? 0;
    let ay = lat[first] ?? 0;
    for (let corner = first + 1; corner < last; corner += 1) {
      const bx = lng[corner] ?? 0;
      const by = lat[corner] ?? 0;
      if (ay > y !== by > y) {
        if (ax >= x || bx >= x) {
          const side = orientation(ax, ay, bx, by, x, y);
          if (side === 0) return 'boundary';
          if (side > 0 === by > ay) inside = !inside;
        }
      } else if (ay === y && by === y) {
        if (ax > x !== bx > x || ax === x || bx === x) return 'boundary';
      } else if ((ax === x && ay === y) || (bx === x && by === y)) return 'boundary';
      ax = bx;
      ay = by;
    }
  }
  return inside ? 'inside' : 'outside';
}

/** Metres from a position outside an area to the nearest place of its border. */
export function metresToBorder(
  flat: FlatAreas,
  area: number,
  x: number,
  y: number,
  perLng: number,
  perLat: number,
): number {
  const { lng, lat, ringStart, areaStart } = flat;
  let best = Infinity;
  for (let ring = areaStart[area] ?? 0; ring < (areaStart[area + 1] ?? 0); ring += 1)
    for (let corner = (ringStart[ring] ?? 0) + 1; corner < (ringStart[ring + 1] ?? 0); corner += 1) {
      const ax = ((lng[corner - 1] ?? 0) - x) * perLng;
      const ay = ((lat[corner - 1] ?? 0) - y) * perLat;
      const bx = ((lng[corner] ?? 0) - x) * perLng;
      const by = ((lat[corner] ?? 0) - y) * perLat;
      best = Math.min(best, squaredDistance(ax, ay, bx, by));
    }
  return Math.sqrt(best);
}
