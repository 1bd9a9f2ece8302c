import commonJs from 'gcoord';
import type { Datum, DatumPoint, Point } from '../../domain/kernel/geometry.ts';

/**
 * The only place that converts datums. WGS-84 is stored; CGCS2000 is taken as the same (they differ by centimetres). GCJ-02 and
 * BD-09 have no exact inverse: there and back again is off by at most 0.1 m (measured over Zhengzhou), far below what a phone knows.
 */
type Gcoord = (typeof commonJs)['default'];

/** The package's types promise a default export inside the module; in truth the module itself is it. */
const gcoord = commonJs as unknown as Gcoord;

type System = Gcoord['WGS84'] | Gcoord['GCJ02'] | Gcoord['BD09'];

const SYSTEMS: Record<Datum, System> = {
  WGS84: gcoord.WGS84,
  CGCS2000: gcoord.WGS84,
  GCJ02: gcoord.GCJ02,
  BD09: gcoord.BD09,
};

/** A point of any datum as the WGS-84 that is stored. */
export function toWgs84({ lng, lat, datum }: DatumPoint): Point {
  return convert({ lng, lat }, SYSTEMS[datum], SYSTEMS.WGS84);
}

/** A stored point in the datum of a map that is drawn elsewhere. */
export function fromWgs84(point: Point, datum: Datum): DatumPoint {
  return { ...convert(point, SYSTEMS.WGS84, SYSTEMS[datum]), datum };
}

function convert({ lng, lat }: Point, from: System, to: System): Point {
  if (from === to) return { lng, lat };
  const [x = Number.NaN, y = Number.NaN] = gcoord.transform<number[] & [number, number]>([lng, lat], from, to);
  return { lng: x, lat: y };
}
