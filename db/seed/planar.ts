/**
 * A planar map: faces that share their corners, so that they can be cut and joined without a gap or an overlap ever arising. A new
 * corner on a border is put into both neighbours and into the street along it; coordinates are metres until the very end.
 */

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Corner numbers, anticlockwise, the first not repeated. */
export type Loop = readonly number[];

export interface StreetPath {
  readonly name: string;
  /** 1 main street, 2 street, 3 lane. */
  readonly rank: number;
  readonly corners: number[];
}

/** A cut comes this close to a corner: then it goes through it. */
const SNAP_METRES = 14;

export class PlanarMap {
  readonly corners: Corner[] = [];
  readonly faces = new Map<string, number[]>();
  readonly streets: StreetPath[] = [];

  addCorner(x: number, y: number): number {
    this.corners.push({ x, y });
    return this.corners.length - 1;
  }

  corner(index: number): Corner {
    const corner = this.corners[index];
    if (corner === undefined) throw new RangeError(`no corner ${index}`);
    return corner;
  }

  face(key: string): number[] {
    const loop = this.faces.get(key);
    if (loop === undefined) throw new RangeError(`no face ${key}`);
    return loop;
  }

  /** Square metres of a face. */
  area(key: string): number {
    const corners = this.face(key).map(index => this.corner(index));
    return corners.reduce((sum, { x, y }, rank) => {
      const next = corners[(rank + 1) % corners.length] ?? { x, y };
      return sum + (x * next.y - next.x * y) / 2;
    }, 0);
  }

  /** Replaces faces by the one face that they make together. */
  join(keys: readonly string[], result: string): void {
    const joined = outlineOf(keys.map(key => this.face(key)));
    for (const key of keys) this.faces.delete(key);
    this.faces.set(result, [...joined]);
  }

  /**
   * Cuts a face in two along a line through `through` in the direction (dx, dy), by way of the extra corners that `bends` makes
   * from the two ends. Left of the direction becomes `left`. Returns the corners of the cut. Throws when the line does not meet
   * the border exactly twice.
   */
  cut(
    key: string,
    through: Corner,
    direction: Corner,
    bends: (from: Corner, to: Corner) => readonly Corner[],
    names: { readonly left: string; readonly right: string },
  ): readonly number[] {
    const ends = this.crossings(key, through, direction);
    const [first, second] = ends;
    if (first === undefined || second === undefined || ends.length !== 2)
      throw new Error(`a cut meets the border of ${key} ${ends.length} times`);
    const along = (end: number): number =>
      (this.corner(end).x - through.x) * direction.x + (this.corner(end).y - through.y) * direction.y;
    const [from, to] = along(first) < along(second) ? [first, second] : [second, first];
    const middle = bends(this.corner(from), this.corner(to)).map(({ x, y }) => this.addCorner(x, y));
    const loop = this.face(key);
    this.faces.delete(key);
    this.faces.set(names.left, [...walk(loop, to, from), ...middle]);
    this.faces.set(names.right, [...walk(loop, from, to), ...middle.toReversed()]);
    return [from, ...middle, to];
  }

  /** Corners where the line meets the border of a face; made where there are none. */
  private crossings(key: string, through: Corner, direction: Corner): number[] {
    const loop = this.face(key).slice();
    const side = (index: number): number =>
      direction.x * (this.corner(index).y - through.y) - direction.y * (this.corner(index).x - through.x);
    const found: number[] = [];
    loop.forEach((a, rank) => {
      const b = loop[(rank + 1) % loop.length] ?? a;
      const [sideA, sideB] = [side(a), side(b)];
      if (sideA >= 0 === sideB >= 0) return;
      found.push(this.cornerOnEdge(a, b, sideA / (sideA - sideB)));
    });
    return [...new Set(found)];
  }

  private cornerOnEdge(a: number, b: number, part: number): number {
    const [from, to] = [this.corner(a), this.corner(b)];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (part * length < SNAP_METRES) return a;
    if ((1 - part) * length < SNAP_METRES) return b;
    return this.breakEdge(a, b, part, { x: 0, y: 0 });
  }

  /** A new corner part of the way from a to b, moved aside by `off` metres, in every face and street that runs there. */
  breakEdge(a: number, b: number, part: number, off: Corner): number {
    const [from, to] = [this.corner(a), this.corner(b)];
    const made = this.addCorner(from.x + (to.x - from.x) * part + off.x, from.y + (to.y - from.y) * part + off.y);
    for (const loop of this.faces.values()) insertBetween(loop, a, b, made, true);
    for (const { corners } of this.streets) insertBetween(corners, a, b, made, false);
    return made;
  }
}

function insertBetween(list: number[], a: number, b: number, made: number, closed: boolean): void {
  const last = closed ? list.length : list.length - 1;
  for (let index = 0; index < last; index += 1) {
    const here = list[index];
    const next = list[(index + 1) % list.length];
    if ((here === a && next === b) || (here === b && next === a)) {
      list.splice(index + 1, 0, made);
      return;
    }
  }
}

/** The part of a loop from one corner to another, both included. */
function walk(loop: Loop, from: number, to: number): number[] {
  const start = loop.indexOf(from);
  const turned = [...loop.slice(start), ...loop.slice(0, start)];
  return turned.slice(0, turned.indexOf(to) + 1);
}

/** The outline of loops that lie side by side: borders used in both directions drop out, the rest is one loop. */
export function outlineOf(loops: readonly Loop[]): Loop {
  const next = new Map<number, number>();
  const inner = new Set<string>();
  for (const loop of loops) loop.forEach((a, rank) => inner.add(`${a}>${loop[(rank + 1) % loop.length] ?? a}`));
  for (const edge of inner) {
    const [a = 0, b = 0] = edge.split('>').map(Number);
    if (inner.has(`${b}>${a}`)) continue;
    if (next.has(a)) throw new Error('the outline touches itself');
    next.set(a, b);
  }
  const [first] = next.keys();
  if (first === undefined) throw new Error('nothing to outline');
  const outline = [first];
  for (let at = next.get(first); at !== undefined && at !== first; at = next.get(at)) outline.push(at);
  if (outline.length !== next.size) throw new Error('the outline is not one loop');
  return outline;
}
