/** Lanes and walls that cut the blocks of a community into five courtyards. */
import { blockKey } from './lay-streets.ts';
import type { Corner, PlanarMap } from './planar.ts';
import type { PlanCommunity } from './street-plan.ts';

export const YARDS = 5;

/** A number between two, by chance. */
type Between = (low: number, high: number) => number;

/** Cuts the largest yard again and again until there are five. */
export function divide(map: PlanarMap, community: PlanCommunity, between: Between): string[] {
  const keys = blocksOf(map, community);
  while (keys.length < YARDS) {
    const largest = keys.toSorted((a, b) => map.area(b) - map.area(a))[0] ?? '';
    const names = { left: `${community.serial}-${keys.length}a`, right: `${community.serial}-${keys.length}b` };
    halve(map, largest, names, between);
    keys.splice(keys.indexOf(largest), 1, names.left, names.right);
  }
  return keys;
}

function blocksOf(map: PlanarMap, { serial, blocks, joined }: PlanCommunity): string[] {
  if (joined === undefined) return blocks.map(([row, column]) => blockKey(row, column));
  const parts = joined.map(([row, column]) => blockKey(row, column));
  map.join(parts, `${serial}-joined`);
  return [
    `${serial}-joined`,
    ...blocks.map(([row, column]) => blockKey(row, column)).filter(key => !parts.includes(key)),
  ];
}

/** A cut across the longer side, a little askew; most cuts bend once, some jog round a building as walls do. */
function halve(map: PlanarMap, key: string, names: { left: string; right: string }, between: Between): void {
  const corners = map.face(key).map(corner => map.corner(corner));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const upright = east - west > north - south;
  const part = between(0.44, 0.56);
  const through = upright
    ? { x: west + (east - west) * part, y: (south + north) / 2 }
    : { x: (west + east) / 2, y: south + (north - south) * part };
  const skew = between(-0.09, 0.09);
  const direction = upright ? { x: skew, y: 1 } : { x: 1, y: skew };
  const kind = between(0, 1);
  const size = between(12, 24) * (between(0, 1) < 0.5 ? 1 : -1);
  const cut = map.cut(key, through, direction, (from, to) => bend(from, to, kind, size), names);
  if (kind > 0.62) map.streets.push({ name: laneName(map, cut), rank: 3, corners: [...cut] });
}

function bend(from: Corner, to: Corner, kind: number, size: number): readonly Corner[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const across = { x: (-(to.y - from.y) / length) * size, y: ((to.x - from.x) / length) * size };
  const at = (part: number, off: number): Corner => ({
    x: from.x + (to.x - from.x) * part + across.x * off,
    y: from.y + (to.y - from.y) * part + across.y * off,
  });
  if (kind > 0.86) return [];
  if (kind > 0.4) return [at(0.5, 0.7)];
  return [at(0.46, 0.15), at(0.5, 1.1)];
}

/** Lanes are called after the street that they leave: 经七路一巷. */
function laneName(map: PlanarMap, cut: readonly number[]): string {
  const street = map.streets.find(
    ({ rank, corners }) => rank < 3 && corners.some(corner => corner === cut[0] || corner === cut.at(-1)),
  );
  const name = street?.name ?? '内巷';
  const earlier = map.streets.filter(lane => lane.rank === 3 && lane.name.startsWith(name)).length;
  return `${name}${['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'][earlier] ?? String(earlier + 1)}巷`;
}
