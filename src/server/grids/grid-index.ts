import Flatbush from 'flatbush';
import inside from 'point-in-polygon-hao';

import type { Polygon } from '../../contracts/grids.ts';

export type Located =
  | { readonly gridId: string }
  | { readonly outside: true; readonly nearest: { readonly gridId: string; readonly metres: number } | null };

export interface GridIndex {
  locate(lng: number, lat: number): Located;
}

const metresPerDegree = 111_195;

/** An index of third-level grids in memory; a point on a shared edge belongs to the lowest grid id. */
export function buildGridIndex(
  grids: readonly { readonly id: string; readonly townId: string; readonly boundary: Polygon }[],
): GridIndex {
  const sorted = grids.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (sorted.length === 0) return { locate: () => ({ outside: true, nearest: null }) };
  const index = new Flatbush(sorted.length);
  for (const { boundary } of sorted) {
    const ring = boundary.coordinates[0] ?? [];
    const lngs = ring.map(([lng]) => lng);
    const lats = ring.map(([, lat]) => lat);
    index.add(Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats));
  }
  index.finish();
  return {
    locate(lng, lat) {
      const candidates = index.search(lng, lat, lng, lat).sort((a, b) => a - b);
      for (const candidate of candidates) {
        const grid = sorted[candidate];
        if (grid !== undefined && inside([lng, lat], grid.boundary.coordinates) !== false) return { gridId: grid.id };
      }
      return { outside: true, nearest: nearest(sorted, index, lng, lat) };
    },
  };
}

function nearest(
  grids: readonly { readonly id: string; readonly boundary: Polygon }[],
  index: Flatbush,
  lng: number,
  lat: number,
): { gridId: string; metres: number } | null {
  const near = index.neighbors(lng, lat, 12).flatMap(found => grids[found] ?? []);
  const measured = near.map(grid => ({ gridId: grid.id, metres: distance(grid.boundary, lng, lat) }));
  return measured.sort((a, b) => a.metres - b.metres)[0] ?? null;
}

/** Metres from a point to a polygon's outer ring, on a plane that touches the earth at the point. */
function distance(polygon: Polygon, lng: number, lat: number): number {
  const ring = polygon.coordinates[0] ?? [];
  const scale = Math.cos((lat * Math.PI) / 180);
  let best = Infinity;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] ?? [0, 0];
    const [bx, by] = ring[i] ?? [0, 0];
    const dx = (bx - ax) * scale;
    const dy = by - ay;
    const px = (lng - ax) * scale;
    const py = lat - ay;
    const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(px - along * dx, py - along * dy));
  }
  return best * metresPerDegree;
}
