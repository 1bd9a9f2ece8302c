/** The four sides of a yard in words (四至): 东至经七路，南至纬一路，西至第二院落，北至内墙. */
import type { Loop, PlanarMap } from './planar.ts';

interface Neighbour {
  readonly loop: Loop;
  readonly name: string;
}

const SIDES = ['东', '南', '西', '北'] as const;

/** Each side is named after what it follows for the longest stretch: a street, a neighbour, else a wall. */
export function describeSides(map: PlanarMap, loop: Loop, neighbours: readonly Neighbour[]): string {
  const lengths = new Map<string, Map<string, number>>(SIDES.map(side => [side, new Map<string, number>()]));
  loop.forEach((a, rank) => {
    const b = loop[(rank + 1) % loop.length] ?? a;
    const [from, to] = [map.corner(a), map.corner(b)];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    // The loop runs anticlockwise: what lies to the right of an edge lies outside.
    const side = Math.abs(dy) > Math.abs(dx) ? (dy > 0 ? '东' : '西') : dx > 0 ? '南' : '北';
    const name =
      streetAlong(map, a, b) ?? neighbours.find(other => other.loop !== loop && runs(other.loop, b, a))?.name ?? '院墙';
    const sums = lengths.get(side);
    sums?.set(name, (sums.get(name) ?? 0) + Math.hypot(dx, dy));
  });
  return SIDES.map(side => {
    const [longest] = [...(lengths.get(side) ?? [])].toSorted((one, two) => two[1] - one[1]);
    return `${side}至${longest?.[0] ?? '院墙'}`;
  }).join('，');
}

function streetAlong(map: PlanarMap, a: number, b: number): string | undefined {
  return map.streets.find(({ corners }) =>
    corners.some((corner, index) => {
      const next = corners[index + 1];
      return (corner === a && next === b) || (corner === b && next === a);
    }),
  )?.name;
}

function runs(loop: Loop, from: number, to: number): boolean {
  return loop.some((corner, rank) => corner === from && loop[(rank + 1) % loop.length] === to);
}
