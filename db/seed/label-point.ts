import { distanceToArea, sideOfRing, type Position, type Ring } from '../../src/domain/kernel/geometry.ts';

/** Where a name is written: the place inside that is farthest from the border, found on a mesh that is refined twice. */
export function labelPoint(ring: Ring): Position {
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  let box = { west: Math.min(...lngs), east: Math.max(...lngs), south: Math.min(...lats), north: Math.max(...lats) };
  let best: { at: Position; room: number } = { at: ring[0] ?? [0, 0], room: -1 };
  for (let pass = 0; pass < 3; pass += 1) {
    const [dLng, dLat] = [(box.east - box.west) / 12, (box.north - box.south) / 12];
    for (let column = 0; column <= 12; column += 1)
      for (let row = 0; row <= 12; row += 1) {
        const at: Position = [box.west + column * dLng, box.south + row * dLat];
        const room = sideOfRing(at[0], at[1], ring) === 'inside' ? metresToRing(at, ring) : -1;
        if (room > best.room) best = { at, room };
      }
    const [lng, lat] = best.at;
    box = { west: lng - dLng, east: lng + dLng, south: lat - dLat, north: lat + dLat };
  }
  return [Math.round(best.at[0] * 1e6) / 1e6, Math.round(best.at[1] * 1e6) / 1e6];
}

/** Distance to the nearest edge, from inside: each edge is measured as a flat area of its own. */
function metresToRing([lng, lat]: Position, ring: Ring): number {
  return Math.min(
    ...ring.slice(1).map((to, index) => {
      const from = ring[index] ?? to;
      return distanceToArea({ lng, lat }, { type: 'Polygon', coordinates: [[from, to, from]] });
    }),
  );
}
