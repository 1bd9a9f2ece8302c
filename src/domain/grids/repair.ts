/** Makes outlines from elsewhere sound: closed, without corners given twice, without crossings. */
import { isLngLat, signedRingArea, type Ring } from '../kernel/geometry.ts';
import { checkArea } from '../kernel/ring.ts';
import { arrange, type Rings } from './arrangement.ts';
import { polygonOf, squareMetresOf } from './division.ts';
import { isSameCorner, ringOnLattice } from './lattice.ts';

export type Repair = 'closed' | 'doubles_removed' | 'crossing_untied' | 'splinters_dropped';

export interface Repaired {
  /** The sound polygons, the largest first. */
  readonly polygons: readonly Rings[];
  readonly repairs: readonly Repair[];
}

/** Parts smaller than this share of the whole are splinters of a crossing. */
const SPLINTER_SHARE = 0.001;

/** Undefined when there is nothing left to repair: positions off the globe, fewer than three corners. */
export function repairArea(polygons: readonly Rings[]): Repaired | undefined {
  const repairs = new Set<Repair>();
  const rings = polygons.flat().map((given): Ring => {
    const ring = ringOnLattice(given);
    if (ring.length < given.length) repairs.add('doubles_removed');
    const [first, last] = [ring[0], ring.at(-1)];
    if (first === undefined || last === undefined || isSameCorner(first, last)) return ring;
    repairs.add('closed');
    return [...ring, first];
  });
  if (rings.some(ring => ring.some(([lng, lat]) => !isLngLat(lng, lat)))) return undefined;
  const sound = rings.filter(ring => ring.length >= 4);
  const outlines = arrange([sound])
    .outline(labels => labels.length > 0)
    .map(outline => ({ outline, squareMetres: squareMetresOf(outline) }))
    .toSorted((a, b) => b.squareMetres - a.squareMetres);
  const all = outlines.reduce((sum, { squareMetres }) => sum + squareMetres, 0);
  if (all === 0) return undefined;
  if (sound.some(ring => !checkArea(polygonOf([ring])).ok)) repairs.add('crossing_untied');
  const kept = outlines.filter(({ squareMetres }) => squareMetres >= all * SPLINTER_SHARE);
  if (kept.length < outlines.length) repairs.add('splinters_dropped');
  const isSplinter = (hole: Ring): boolean => Math.abs(signedRingArea(hole)) < all * SPLINTER_SHARE;
  const polygonsLeft = kept.map(({ outline }) => outline.filter((ring, index) => index === 0 || !isSplinter(ring)));
  if (polygonsLeft.some((rings, index) => rings.length < (kept[index]?.outline.length ?? 0)))
    repairs.add('splinters_dropped');
  return { polygons: polygonsLeft, repairs: [...repairs] };
}
