/**
 * Places and areas: positions with their datum, GeoJSON shapes, distance, area, inside or outside. Stored coordinates are
 * WGS-84 degrees, longitude first as in GeoJSON (RFC 7946); other datums are converted at the edge of the server.
 */
import { orientation } from './orientation.ts';

/** CGCS2000 equals WGS-84 within centimetres; GCJ-02 is what Chinese web maps draw in (some 500 m away), BD-09 Baidu's. */
export type Datum = 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09';

export interface Point {
  readonly lng: number;
  readonly lat: number;
}

export interface DatumPoint extends Point {
  readonly datum: Datum;
}

/** [longitude, latitude] in degrees. */
export type Position = readonly [number, number];
/** Closed: the last position repeats the first. */
export type Ring = readonly Position[];

export interface Polygon {
  readonly type: 'Polygon';
  /** The outer ring, then the holes. */
  readonly coordinates: readonly Ring[];
}

export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly Ring[])[];
}

export type Area = Polygon | MultiPolygon;

export type Side = 'inside' | 'boundary' | 'outside';

/** Mean radius of the Earth in metres (IUGG R₁). */
export const EARTH_RADIUS = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** True for finite degrees on the globe: longitude −180…180, latitude −90…90. */
export function isLngLat(lng: number, lat: number): boolean {
  return lng >= -180 && lng <= 180 && lat >= -90 && lat <= 90;
}

/** Great-circle distance in metres (haversine; 0.5 % at most from the ellipsoid). */
export function distance(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * RADIANS;
  const dLng = (b.lng - a.lng) * RADIANS;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The polygons of an area: one of a Polygon, all of a MultiPolygon. */
export function polygonsOf(area: Area): readonly (readonly Ring[])[] {
  return area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
}

/** Square metres on the sphere, holes taken off; the direction of the rings does not matter. */
export function areaSquareMetres(area: Area): number {
  let total = 0;
  for (const rings of polygonsOf(area))
    rings.forEach((ring, index) => (total += (index === 0 ? 1 : -1) * Math.abs(signedRingArea(ring))));
  return total;
}

/**
 * Signed square metres of a ring on the sphere, positive when it runs anticlockwise (Chamberlain and Duquette, "Some algorithms
 * for polygons on a sphere", JPL 2007). Latitudes are taken from the ring's own first point, or a yard of 20 m would drown in rounding.
 */
export function signedRingArea(ring: Ring): number {
  const [origin] = ring;
  if (origin === undefined) return 0;
  let sum = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [lng1, lat1] = ring[index - 1] ?? origin;
    const [lng2, lat2] = ring[index] ?? origin;
    sum += (lng2 - lng1) * (sineStep(origin[1], lat1) + sineStep(origin[1], lat2));
  }
  return (-sum * RADIANS * EARTH_RADIUS * EARTH_RADIUS) / 2;
}

/** sin(lat) − sin(base) without cancellation. */
function sineStep(base: number, lat: number): number {
  return 2 * Math.cos(((lat + base) / 2) * RADIANS) * Math.sin(((lat - base) / 2) * RADIANS);
}

/** Where a position lies, exactly: on an edge or corner of any ring is `boundary`, in a hole is `outside`. */
export function sideOfArea(lng: number, lat: number, area: Area): Side {
  for (const rings of polygonsOf(area)) {
    const side = sideOfPolygon(lng, lat, rings);
    if (side !== 'outside') return side;
  }
  return 'outside';
}

function sideOfPolygon(lng: number, lat: number, rings: readonly Ring[]): Side {
  let inside = false;
  for (const ring of rings) {
    const side = sideOfRing(lng, lat, ring);
    if (side === 'boundary') return side;
    if (side === 'inside') inside = !inside;
  }
  return inside ? 'inside' : 'outside';
}

/** Counts crossings of the ray to the east; a corner counts for the edge below it only. */
export function sideOfRing(lng: number, lat: number, ring: Ring): Side {
  let inside = false;
  for (let index = 1; index < ring.length; index += 1) {
    const [ax, ay] = ring[index - 1] ?? NOWHERE;
    const [bx, by] = ring[index] ?? NOWHERE;
    if (ay > lat === by > lat) {
      if (ay === lat && by === lat && (ax > lng !== bx > lng || ax === lng || bx === lng)) return 'boundary';
      if ((ax === lng && ay === lat) || (bx === lng && by === lat)) return 'boundary';
      continue;
    }
    if (ax < lng && bx < lng) continue;
    const side = orientation(ax, ay, bx, by, lng, lat);
    if (side === 0) return 'boundary';
    if (side > 0 === by > ay) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
}

const NOWHERE: Position = [Number.NaN, Number.NaN];

/** Metres from a point to the nearest place of an area, 0 inside; flat around the point, good to 0.1 % within 100 km. */
export function distanceToArea({ lng, lat }: Point, area: Area): number {
  if (sideOfArea(lng, lat, area) !== 'outside') return 0;
  const metresPerLat = EARTH_RADIUS * RADIANS;
  const metresPerLng = metresPerLat * Math.cos(lat * RADIANS);
  let best = Number.POSITIVE_INFINITY;
  for (const rings of polygonsOf(area))
    for (const ring of rings)
      for (let index = 1; index < ring.length; index += 1) {
        const [ax, ay] = ring[index - 1] ?? NOWHERE;
        const [bx, by] = ring[index] ?? NOWHERE;
        best = Math.min(
          best,
          squaredDistance(
            (ax - lng) * metresPerLng,
            (ay - lat) * metresPerLat,
            (bx - lng) * metresPerLng,
            (by - lat) * metresPerLat,
          ),
        );
      }
  return Math.sqrt(best);
}

/** Squared distance from the origin to the segment from (ax, ay) to (bx, by). */
export function squaredDistance(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
  return (ax + along * dx) ** 2 + (ay + along * dy) ** 2;
}
