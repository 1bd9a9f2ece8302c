import type { FlatAreas } from './flat-areas.ts';

/**
 * A chequered table over all areas: each cell lists the areas whose box touches it, in rising order, so that a position has one
 * or two candidates after two multiplications. Flatbush with the same polygon test finds 0.5 million positions a second among
 * 20,000 areas, this table 2 to 3 million (bench/locate.bench.ts).
 */
export interface CellTable {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly columns: number;
  /** Cells per degree. */
  readonly perLng: number;
  readonly perLat: number;
  /** Cell c lists items[start[c]] … items[start[c + 1] − 1]. */
  readonly start: Uint32Array;
  readonly items: Uint32Array;
}

/** Sixteen cells for each area: four to a side, measured the best of 4, 16 and 64. */
const CELLS_PER_AREA = 16;
/** Beyond so many entries for each area the areas overlap wildly or differ wildly in size: then coarser cells. */
const MOST_ENTRIES_PER_AREA = 128;
const MOST_COLUMNS = 4096;

export function buildCellTable(areas: FlatAreas): CellTable {
  const { boxes, count } = areas;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < boxes.length; at += 4) {
    west = Math.min(west, boxes[at] ?? west);
    south = Math.min(south, boxes[at + 1] ?? south);
    east = Math.max(east, boxes[at + 2] ?? east);
    north = Math.max(north, boxes[at + 3] ?? north);
  }
  let columns = Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(Math.sqrt(CELLS_PER_AREA * count))));
  for (;;) {
    const frame = {
      west,
      south,
      east,
      north,
      columns,
      perLng: columns / (east - west),
      perLat: columns / (north - south),
    };
    const start = countEntries(areas, frame);
    const entries = start[columns * columns] ?? 0;
    if (columns === 1 || entries <= MOST_ENTRIES_PER_AREA * count)
      return { ...frame, start, items: fill(areas, frame, start) };
    columns = Math.ceil(columns / 2);
  }
}

type Frame = Omit<CellTable, 'start' | 'items'>;

/** The cell of a position, or −1 outside the table (also for NaN). */
export function cellOf(table: Frame, lng: number, lat: number): number {
  if (!(lng >= table.west && lng <= table.east && lat >= table.south && lat <= table.north)) return -1;
  return (
    line(lat - table.south, table.perLat, table.columns) * table.columns +
    line(lng - table.west, table.perLng, table.columns)
  );
}

function line(offset: number, perDegree: number, columns: number): number {
  return Math.min(columns - 1, Math.floor(offset * perDegree));
}

function countEntries(areas: FlatAreas, frame: Frame): Uint32Array {
  const start = new Uint32Array(frame.columns * frame.columns + 1);
  for (let area = 0; area < areas.count; area += 1)
    eachCell(areas, frame, area, cell => {
      start[cell + 1] = (start[cell + 1] ?? 0) + 1;
    });
  for (let cell = 1; cell < start.length; cell += 1) start[cell] = (start[cell] ?? 0) + (start[cell - 1] ?? 0);
  return start;
}

function fill(areas: FlatAreas, frame: Frame, start: Uint32Array): Uint32Array {
  const items = new Uint32Array(start.at(-1) ?? 0);
  const next = start.slice();
  for (let area = 0; area < areas.count; area += 1)
    eachCell(areas, frame, area, cell => {
      items[next[cell] ?? 0] = area;
      next[cell] = (next[cell] ?? 0) + 1;
    });
  return items;
}

function eachCell({ boxes }: FlatAreas, frame: Frame, area: number, visit: (cell: number) => void): void {
  const low = cellOf(frame, boxes[area * 4] ?? 0, boxes[area * 4 + 1] ?? 0);
  const high = cellOf(frame, boxes[area * 4 + 2] ?? 0, boxes[area * 4 + 3] ?? 0);
  const lastColumn = high % frame.columns;
  for (let row = low - (low % frame.columns); row <= high; row += frame.columns)
    for (let column = low % frame.columns; column <= lastColumn; column += 1) visit(row + column);
}
