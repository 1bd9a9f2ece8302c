/**
 * Counties as a chessboard: each square belongs to one county, so that their outlines share every border exactly, whatever the
 * rings were like that they came from (ten of the twelve published ones cross themselves).
 */
import type { Position, Ring } from '../../src/domain/kernel/geometry.ts';

export interface Board {
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  /** Squares to a degree. */
  readonly perDegree: number;
  /** Number of the county + 1, 0 outside, row by row from the south-west. */
  readonly owner: Uint8Array;
}

/** Colours the squares whose middle lies inside a ring (even-odd), fills cracks between counties, and drops scattered squares. */
export function paint(shapes: readonly (readonly Ring[])[], perDegree: number): Board {
  const all = shapes.flat(2);
  const lngs = all.map(([lng]) => lng);
  const lats = all.map(([, lat]) => lat);
  const west = Math.floor(Math.min(...lngs) * perDegree) / perDegree - 2 / perDegree;
  const south = Math.floor(Math.min(...lats) * perDegree) / perDegree - 2 / perDegree;
  const columns = Math.ceil((Math.max(...lngs) - west) * perDegree) + 2;
  const rows = Math.ceil((Math.max(...lats) - south) * perDegree) + 2;
  const board: Board = { west, south, columns, rows, perDegree, owner: new Uint8Array(columns * rows) };
  shapes.forEach((rings, index) => paintOne(board, rings, index + 1));
  fillCracks(board);
  shapes.forEach((_, index) => keepLargestPart(board, index + 1));
  fillCracks(board);
  openDiagonals(board);
  return board;
}

function paintOne(board: Board, rings: readonly Ring[], colour: number): void {
  for (let row = 0; row < board.rows; row += 1) {
    const lat = board.south + (row + 0.5) / board.perDegree;
    const crossings = rings.flatMap(ring => crossingsOf(ring, lat)).toSorted((a, b) => a - b);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const from = Math.ceil(((crossings[index] ?? 0) - board.west) * board.perDegree - 0.5);
      const to = Math.floor(((crossings[index + 1] ?? 0) - board.west) * board.perDegree - 0.5);
      for (let column = from; column <= to; column += 1) board.owner[row * board.columns + column] = colour;
    }
  }
}

function crossingsOf(ring: Ring, lat: number): number[] {
  return ring.slice(1).flatMap((to, index) => {
    const from: Position = ring[index] ?? to;
    if (from[1] > lat === to[1] > lat) return [];
    return [from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0])];
  });
}

/** A square without owner between owned ones takes the owner that most of its neighbours have. */
function fillCracks(board: Board): void {
  for (let pass = 0; pass < 6; pass += 1) {
    const before = board.owner.slice();
    board.owner.forEach((owner, square) => {
      if (owner !== 0) return;
      const around = neighbours(board, square).map(other => before[other] ?? 0);
      const owned = around.filter(other => other !== 0);
      if (owned.length >= 3) board.owner[square] = mostCommon(owned);
    });
  }
}

function mostCommon(list: readonly number[]): number {
  const counts = Map.groupBy(list, item => item);
  return [...counts].toSorted((a, b) => b[1].length - a[1].length || a[0] - b[0])[0]?.[0] ?? 0;
}

function neighbours({ columns }: Board, square: number): readonly number[] {
  return [square - 1, square + 1, square - columns, square + columns];
}

/** What is not connected with the largest part goes to its surroundings, or outside. */
function keepLargestPart(board: Board, colour: number): void {
  const parts: number[][] = [];
  const seen = new Uint8Array(board.owner.length);
  board.owner.forEach((owner, square) => {
    if (owner !== colour || seen[square] === 1) return;
    const part = [square];
    seen[square] = 1;
    for (const at of part)
      for (const next of neighbours(board, at))
        if (board.owner[next] === colour && seen[next] !== 1) {
          seen[next] = 1;
          part.push(next);
        }
    parts.push(part);
  });
  const [, ...scattered] = parts.toSorted((a, b) => b.length - a.length);
  for (const square of scattered.flat()) board.owner[square] = 0;
}

/** Two squares that touch only at a corner would make an outline that touches itself: one of the two between them is given over. */
function openDiagonals(board: Board): void {
  for (let again = true; again;) {
    again = false;
    for (let square = 0; square < board.owner.length - board.columns - 1; square += 1) {
      const [a, b] = [board.owner[square], board.owner[square + 1]];
      const [c, d] = [board.owner[square + board.columns], board.owner[square + board.columns + 1]];
      if (a === b || c === d || (a !== d && b !== c)) continue;
      if (a === d) board.owner[square + 1] = a ?? 0;
      else board.owner[square] = b ?? 0;
      again = true;
    }
  }
}
