import 'leaflet/dist/leaflet.css';
import './leaflet-place-map.css';

import * as L from 'leaflet';

import { steadyCanvas } from './leaflet-canvas.ts';
import { placeLabels } from './leaflet-labels.ts';
import { boxOf } from './map-types.ts';

import type { GridShape } from '../../contracts/grids.ts';
import type { PinMap, PinMapOptions, Territory } from './map-types.ts';

// The colours of paper maps: warm land, white streets, teal boundaries.
const land = { town: '#faf7ef', outside: '#efece3', county: '#dcd8cc' };
const line = { town: '#0b6e6e', community: '#5fa3a1', courtyard: '#b8cfcb' };

/** Below this zoom third-level grids are only noise. */
const courtyardZoom = 15;

const swap = ([lng, lat]: readonly [number, number]): [number, number] => [lat, lng];
const rings = (grid: GridShape): [number, number][][] => grid.boundary.coordinates.map(ring => ring.map(swap));

const boundsOf = (grid: GridShape): L.LatLngBounds => {
  const [west, south, east, north] = boxOf(grid.boundary.coordinates[0] ?? []);
  return L.latLngBounds([south, west], [north, east]);
};

/**
 * Opens a map with one pin on an element, drawn from our own boundaries and streets: no tiles, no network. Tap, drag, or the
 * arrow keys on the pin move it.
 */
export function openPinMap(element: HTMLElement, options: PinMapOptions): PinMap {
  const { territory, words, note, onPick } = options;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    preferCanvas: true,
    renderer: steadyCanvas(),
    minZoom: 10,
    maxZoom: 19,
    zoomSnap: 0.5,
    fadeAnimation: false,
  });
  element.setAttribute('role', 'application');
  element.setAttribute('aria-label', words.label);
  L.control.zoom({ position: 'bottomright', zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(map);
  const attribution = note === null ? null : L.control.attribution({ prefix: false, position: 'topleft' }).addTo(map);
  if (note !== null) attribution?.addAttribution(escaped(note));

  const { courtyards, byId, whole } = drawBase(map, territory);
  const home = whole ?? L.latLngBounds([34.76, 113.65], [34.78, 113.68]);
  map.fitBounds(home, { animate: false });
  if (whole !== null) map.setMaxBounds(whole.pad(6));
  const showCourtyards = () => {
    if (map.getZoom() >= courtyardZoom) courtyards.addTo(map);
    else courtyards.remove();
  };
  map.on('zoomend', showCourtyards);
  showCourtyards();
  const stopLabels = placeLabels(map, territory);

  const showPin = pinOn(map, words.pin, onPick);
  let marked: L.Polygon | null = null;
  // The element may get its size, or another one, after the map was opened.
  const watcher = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  watcher.observe(element);

  return {
    showPin,
    highlight(gridId) {
      marked?.remove();
      const grid = gridId === null ? undefined : byId.get(gridId);
      marked =
        grid === undefined
          ? null
          : L.polygon(rings(grid), {
              color: line.town,
              weight: 2.5,
              fillColor: line.town,
              fillOpacity: 0.14,
              interactive: false,
            }).addTo(map);
    },
    frameGrid(gridId) {
      const grid = gridId === null ? undefined : byId.get(gridId);
      map.fitBounds(grid === undefined ? home : boundsOf(grid).pad(0.3), { animate: false, maxZoom: 18 });
    },
    framePoint(at) {
      map.setView([at.lat, at.lng], Math.max(map.getZoom(), 17), { animate: false });
    },
    centre() {
      const { lng, lat } = map.getCenter();
      return { lng, lat };
    },
    destroy() {
      watcher.disconnect();
      stopLabels();
      map.remove();
    },
  };
}

interface Base {
  readonly courtyards: L.LayerGroup;
  readonly byId: ReadonlyMap<string, GridShape>;
  readonly whole: L.LatLngBounds | null;
}

function drawBase(map: L.Map, territory: Territory): Base {
  const still = { interactive: false } as const;
  map.getContainer().style.background = land.outside;
  for (const county of territory.counties)
    L.polygon(
      county.rings.map(ring => ring.map(swap)),
      { ...still, color: land.county, weight: 1.5, fill: false },
    ).addTo(map);
  const byId = new Map(territory.grids.map(grid => [grid.id, grid]));
  const level = (wanted: number) => territory.grids.filter(grid => grid.level === wanted);
  for (const town of level(1))
    L.polygon(rings(town), { ...still, stroke: false, fillColor: land.town, fillOpacity: 1 }).addTo(map);
  drawStreets(map, territory);
  const courtyards = L.layerGroup(
    level(3).map(grid => L.polygon(rings(grid), { ...still, color: line.courtyard, weight: 1, fill: false })),
  );
  for (const community of level(2))
    L.polygon(rings(community), {
      ...still,
      color: line.community,
      weight: 1.4,
      dashArray: '5 4',
      fill: false,
    }).addTo(map);
  for (const town of level(1))
    L.polygon(rings(town), { ...still, color: line.town, weight: 2.5, fill: false }).addTo(map);
  const whole = level(1).reduce<L.LatLngBounds | null>(
    (all, town) => (all === null ? boundsOf(town) : all.extend(boundsOf(town))),
    null,
  );
  return { courtyards, byId, whole };
}

/** Width of a street on the ground in metres, by rank: a through road, a street, a lane. */
const roadMetres = [40, 40, 22, 9];

/** Casings first, then the streets themselves, so that crossings are open. They keep their width on the ground. */
function drawStreets(map: L.Map, territory: Territory): void {
  const streets = [...territory.streets].sort((a, b) => b.rank - a.rank);
  const still = { interactive: false, lineCap: 'butt' } as const;
  const drawn = streets.map(street => ({
    metres: roadMetres[street.rank] ?? 9,
    casing: L.polyline(street.line.map(swap), { ...still, color: '#d9d3c5' }),
    road: L.polyline(street.line.map(swap), { ...still, color: street.rank <= 1 ? '#fdf0cd' : '#ffffff' }),
  }));
  for (const { casing } of drawn) casing.addTo(map);
  for (const { road } of drawn) road.addTo(map);
  const fit = () => {
    const { lat } = map.getCenter();
    const metresPerPixel = (40_075_016 * Math.cos((lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
    for (const { metres, casing, road } of drawn) {
      const weight = Math.max(1.5, metres / metresPerPixel);
      road.setStyle({ weight });
      casing.setStyle({ weight: weight + 2 });
    }
  };
  map.on('zoomend', fit);
  map.whenReady(fit);
}

const pinSvg =
  '<svg viewBox="0 0 36 48" width="36" height="48" aria-hidden="true"><path d="M18 46.5S2.5 28.5 2.5 17.5a15.5 15.5 0 0 1 31 0C33.5 28.5 18 46.5 18 46.5Z" fill="#b42318" stroke="#fff" stroke-width="2.5"/><circle cx="18" cy="17.5" r="5.5" fill="#fff"/></svg>';

/** Arrow keys on the pin: which way, in pixels. */
const nudges: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-8, 0],
  ArrowRight: [8, 0],
  ArrowUp: [0, -8],
  ArrowDown: [0, 8],
};

function pinOn(map: L.Map, label: string, onPick: PinMapOptions['onPick']): PinMap['showPin'] {
  let marker: L.Marker | null = null;
  let ring: L.Circle | null = null;
  const picked = (at: L.LatLng) => {
    const { lng, lat } = at.wrap();
    ring?.remove();
    onPick?.({ lng, lat });
  };
  if (onPick !== undefined) map.on('click', event => picked(event.latlng));

  const create = (at: L.LatLng): L.Marker => {
    const made = L.marker(at, {
      icon: L.divIcon({ className: 'jw-pin', html: pinSvg, iconSize: [36, 48], iconAnchor: [18, 47] }),
      draggable: onPick !== undefined,
      autoPan: true,
      alt: label,
      keyboard: onPick !== undefined,
    }).addTo(map);
    made.on('dragend', () => picked(made.getLatLng()));
    const element = made.getElement();
    if (onPick === undefined) element?.setAttribute('role', 'img');
    element?.setAttribute('aria-label', label);
    element?.addEventListener('keydown', event => {
      const nudge = nudges[event.key];
      if (nudge === undefined || onPick === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const to = map.containerPointToLatLng(map.latLngToContainerPoint(made.getLatLng()).add(L.point(...nudge)));
      made.setLatLng(to);
      picked(to);
    });
    return made;
  };
  return (at, accuracy) => {
    ring?.remove();
    ring = null;
    if (at === null) {
      marker?.remove();
      marker = null;
      return;
    }
    const position = L.latLng(at.lat, at.lng);
    if (accuracy !== null)
      ring = L.circle(position, {
        radius: accuracy,
        color: '#0b4f73',
        weight: 1.5,
        fillColor: '#0b4f73',
        fillOpacity: 0.1,
        interactive: false,
      }).addTo(map);
    if (marker === null) marker = create(position);
    else marker.setLatLng(position);
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
