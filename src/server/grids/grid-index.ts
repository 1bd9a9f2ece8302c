import Flatbush from 'flatbush';
import { EARTH_RADIUS, isLngLat, type Area } from '../../domain/kernel/geometry.ts';
import { buildCellTable, cellOf } from './cell-table.ts';
import { flattenAreas, isInBox, metresToBorder, sideOfFlatArea, type FlatAreas } from './flat-areas.ts';

export interface IndexedGrid {
  readonly id: string;
  readonly townId: string;
  /** Checked by `checkArea` before it was stored. */
  readonly boundary: Area;
}

export interface Found {
  readonly gridId: string;
  readonly townId: string;
}

export interface NotFound {
  readonly outside: true;
  /** The grid whose border is nearest, and how far; null when there is no grid at all or the position is none. */
  readonly nearest: (Found & { readonly metres: number }) | null;
}

export interface GridIndex {
  readonly size: number;
  /** WGS-84 degrees. A position on a shared border belongs to the grid with the lowest id. */
  readonly locate: (lng: number, lat: number) => Found | NotFound;
}

const METRES_PER_DEGREE = (EARTH_RADIUS * Math.PI) / 180;

/**
 * An index of the third-level grids, built anew when boundaries change (20,000 grids of 32 corners: 0.2 s). `locate` allocates
 * nothing for a position inside.
 */
export function buildGridIndex(grids: readonly IndexedGrid[]): GridIndex {
  if (grids.length === 0) return { size: 0, locate: () => ({ outside: true, nearest: null }) };
  const sorted = grids.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const answers: Found[] = sorted.map(({ id, townId }) => ({ gridId: id, townId }));
  const areas = flattenAreas(sorted.map(({ boundary }) => boundary));
  const cells = buildCellTable(areas);
  const { start, items } = cells;
  const nearest = nearestFinder(areas);

  function locate(lng: number, lat: number): Found | NotFound {
    const cell = cellOf(cells, lng, lat);
    if (cell >= 0) {
      const end = start[cell + 1] ?? 0;
      for (let at = start[cell] ?? 0; at < end; at += 1) {
        const area = items[at] ?? 0;
        if (!isInBox(areas, area, lng, lat) || sideOfFlatArea(areas, area, lng, lat) === 'outside') continue;
        const answer = answers[area];
        if (answer !== undefined) return answer;
      }
    }
    if (!isLngLat(lng, lat)) return { outside: true, nearest: null };
    const { area, metres } = nearest(lng, lat);
    const answer = answers[area];
    return { outside: true, nearest: answer === undefined ? null : { ...answer, metres } };
  }

  return { size: grids.length, locate };
}

/**
 * The nearest border. Flatbush orders boxes, not borders, so candidates are taken in growing batches until no box left can be
 * nearer than the best border found. It works in degrees with the longitude shrunk to the length that it has in the middle.
 */
function nearestFinder(areas: FlatAreas): (lng: number, lat: number) => { area: number; metres: number } {
  const { boxes, count } = areas;
  const tree = new Flatbush(count);
  const middle = ((boxes[1] ?? 0) + (boxes[3] ?? 0)) / 2;
  const shrink = Math.cos((middle * Math.PI) / 180);
  for (let at = 0; at < boxes.length; at += 4)
    tree.add((boxes[at] ?? 0) * shrink, boxes[at + 1] ?? 0, (boxes[at + 2] ?? 0) * shrink, boxes[at + 3] ?? 0);
  tree.finish();

  return (lng, lat) => {
    const perLng = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
    let best = { area: -1, metres: Infinity };
    for (let batch = 8; ; batch *= 4) {
      const candidates = tree.neighbors(lng * shrink, lat, batch);
      for (const area of candidates) {
        const metres = metresToBorder(areas, area, lng, lat, perLng, METRES_PER_DEGREE);
        if (metres < best.metres || (metres === best.metres && area < best.area)) best = { area, metres };
      }
      const last = candidates.at(-1);
      if (last === undefined || candidates.length === count) return best;
      if (metresToBox(boxes, last, lng, lat, perLng) > best.metres * SLACK) return best;
    }
  };
}

/** Boxes come in the order of the middle latitude's metric; across a province the true order differs by a few per cent. */
const SLACK = 1.1;

function metresToBox(boxes: Float64Array, area: number, lng: number, lat: number, perLng: number): number {
  const at = area * 4;
  const dx = Math.max((boxes[at] ?? 0) - lng, lng - (boxes[at + 2] ?? 0), 0) * perLng;
  const dy = Math.max((boxes[at + 1] ?? 0) - lat, lat - (boxes[at + 3] ?? 0), 0) * METRES_PER_DEGREE;
  return Math.hypot(dx, dy);
}
