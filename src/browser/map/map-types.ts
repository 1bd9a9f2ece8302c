import type { territory } from '../../contracts/grids.ts';
import type { ReplyOf } from '../../contracts/endpoint.ts';

/** What a map is drawn from: boundaries, streets, counties, and the note on where they come from. */
export type Territory = ReplyOf<typeof territory>;

/** WGS-84 degrees. */
export interface LngLat {
  readonly lng: number;
  readonly lat: number;
}

/** Bounding box of a polygon's outer ring: west, south, east, north. */
export type Box = readonly [number, number, number, number];

export function boxOf(points: readonly (readonly [number, number])[]): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lng, lat] of points) {
    west = Math.min(west, lng);
    south = Math.min(south, lat);
    east = Math.max(east, lng);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

export interface PinMapWords {
  readonly label: string;
  readonly pin: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
}

export interface PinMapOptions {
  readonly territory: Territory;
  readonly words: PinMapWords;
  readonly note: string | null;
  /** Told when the person puts or drags the pin; absent: the map only shows. */
  readonly onPick?: (at: LngLat) => void;
}

/** A map with one pin. The only thing that screens know of the map library on phones. */
export interface PinMap {
  /** Shows the pin, with a ring as wide as the positioning may be wrong (metres); null takes it away. */
  showPin(at: LngLat | null, accuracy: number | null): void;
  /** Marks one grid. */
  highlight(gridId: string | null): void;
  /** Brings a grid, or without one the whole town, into view. */
  frameGrid(gridId: string | null): void;
  /** Brings a point into view, close enough to see its street. */
  framePoint(at: LngLat): void;
  centre(): LngLat;
  destroy(): void;
}
