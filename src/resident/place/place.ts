/** Where a report's place comes from and what is known about it. Pure. */

/** What the server said about a point. */
export interface Found {
  readonly inside: boolean;
  /** The grid that holds the point, or the nearest one when it lies outside; null when there is none at all. */
  readonly gridId: string | null;
  /** Names of town, community, courtyard. */
  readonly path: readonly string[];
  /** To the nearest grid; 0 inside. */
  readonly metres: number;
}

export interface PointPlace {
  readonly kind: 'point';
  readonly lng: number;
  readonly lat: number;
  /** Metres; null when the pin was put by hand. */
  readonly accuracy: number | null;
  readonly found: Found | null;
  /** The reporter said that a place outside belongs to the nearest grid. */
  readonly takeNearest: boolean;
}

export interface GridPlace {
  readonly kind: 'grid';
  readonly gridId: string;
  readonly from: 'list' | 'code';
}

export type Place = PointPlace | GridPlace;

/** Further away than this nobody means the nearest courtyard: the person is elsewhere. */
export const farMetres = 3000;

export type AccuracyLevel = 'good' | 'fair' | 'poor';

/** Green up to 20 m (a gate), amber up to 100 m (a courtyard), red beyond (web handbook §5.3). */
export const accuracyLevel = (metres: number): AccuracyLevel =>
  metres <= 20 ? 'good' : metres <= 100 ? 'fair' : 'poor';

export const pointPlace = (lng: number, lat: number, accuracy: number | null): PointPlace => ({
  kind: 'point',
  lng,
  lat,
  accuracy,
  found: null,
  takeNearest: false,
});

/** The grid that a place stands for on the map, when it is known. */
export function gridOf(place: Place | null): string | null {
  if (place === null) return null;
  if (place.kind === 'grid') return place.gridId;
  return place.found?.gridId ?? null;
}

export type PlaceState = 'none' | 'ready' | 'outside-near' | 'outside-far';

/** Whether a place can be handed in. A point not looked up yet can: the server looks again. */
export function placeState(place: Place | null): PlaceState {
  if (place === null) return 'none';
  if (place.kind === 'grid' || place.found === null || place.found.inside || place.takeNearest) return 'ready';
  return place.found.gridId === null || place.found.metres > farMetres ? 'outside-far' : 'outside-near';
}

/** As the report wants it. WGS-84 is what browsers give. */
export function placeBody(place: Place, address: string) {
  const words = address.trim();
  const landmark = words === '' ? {} : { address: words };
  if (place.kind === 'grid') return { gridId: place.gridId, ...landmark };
  const { lng, lat, accuracy, takeNearest, found } = place;
  return {
    point: { lng, lat, datum: 'WGS84' as const, ...(accuracy === null ? {} : { accuracy }) },
    ...(takeNearest && found?.gridId != null ? { gridId: found.gridId } : {}),
    ...landmark,
  };
}
