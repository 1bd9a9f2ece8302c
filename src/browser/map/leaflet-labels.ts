import * as L from 'leaflet';

import { overlaps } from './label-boxes.ts';

import type { ScreenBox } from './label-boxes.ts';
import type { Territory } from './map-types.ts';

interface Label {
  readonly text: string;
  readonly kind: 'town' | 'community' | 'courtyard' | 'street' | 'county';
  readonly at: L.LatLng;
  /** Degrees on screen, clockwise; streets run along their line. */
  readonly turn: number;
  readonly from: number;
  readonly to: number;
}

const sizes: Readonly<Record<Label['kind'], number>> = {
  town: 17,
  community: 14,
  courtyard: 12,
  street: 12,
  county: 13,
};

/**
 * Writes names on the map with the phone's own font: more important ones first, and none over another. Returns how to stop.
 */
export function placeLabels(map: L.Map, territory: Territory): () => void {
  const labels = labelsOf(map, territory);
  const layer = L.layerGroup().addTo(map);
  const draw = () => {
    layer.clearLayers();
    const zoom = map.getZoom();
    const view = map.getBounds().pad(0.1);
    const taken: ScreenBox[] = [];
    for (const label of labels) {
      if (zoom < label.from || zoom >= label.to || !view.contains(label.at)) continue;
      const box = boxOnScreen(map, label);
      if (taken.some(other => overlaps(box, other))) continue;
      taken.push(box);
      markerOf(label).addTo(layer);
    }
  };
  map.on('moveend', draw);
  draw();
  return () => {
    map.off('moveend', draw);
  };
}

function labelsOf(map: L.Map, territory: Territory): readonly Label[] {
  const grids = (level: number, kind: Label['kind'], from: number, to: number): Label[] =>
    territory.grids
      .filter(grid => grid.level === level)
      .map(grid => ({ text: grid.name, kind, at: L.latLng(grid.label[1], grid.label[0]), turn: 0, from, to }));
  const streets = [...territory.streets]
    .sort((a, b) => a.rank - b.rank)
    .flatMap(street => {
      const middle = middleOf(map, street.line);
      return middle === null
        ? []
        : [{ text: street.name, kind: 'street' as const, ...middle, from: street.rank <= 1 ? 14.5 : 15.5, to: 30 }];
    });
  const counties = territory.counties.map(county => {
    const ring = L.latLngBounds((county.rings[0] ?? []).map(([lng, lat]) => [lat, lng]));
    return { text: county.name, kind: 'county' as const, at: ring.getCenter(), turn: 0, from: 9, to: 13 };
  });
  return [
    ...grids(1, 'town', 12, 14.5),
    ...grids(2, 'community', 14.5, 16.5),
    ...streets,
    ...grids(3, 'courtyard', 16, 30),
    ...counties,
  ];
}

/** The middle of the longest stretch of a line, and its direction on screen. */
function middleOf(map: L.Map, line: Territory['streets'][number]['line']): { at: L.LatLng; turn: number } | null {
  let best: { at: L.LatLng; turn: number; length: number } | null = null;
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1], line[index]];
    if (from === undefined || to === undefined) continue;
    const a = map.project([from[1], from[0]], 18);
    const b = map.project([to[1], to[0]], 18);
    const length = a.distanceTo(b);
    if (best !== null && length <= best.length) continue;
    const degrees = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
    // Never upside down.
    const turn = degrees > 90 ? degrees - 180 : degrees < -90 ? degrees + 180 : degrees;
    best = { at: map.unproject(a.add(b).divideBy(2), 18), turn, length };
  }
  return best;
}

function boxOnScreen(map: L.Map, label: Label): ScreenBox {
  const at = map.latLngToContainerPoint(label.at);
  const size = sizes[label.kind];
  let width = 0;
  for (const character of label.text) width += (character.charCodeAt(0) > 255 ? 1 : 0.6) * size;
  const radians = (label.turn * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  const height = size * 1.4;
  return { x: at.x, y: at.y, width: width * cos + height * sin + 6, height: width * sin + height * cos + 2 };
}

function markerOf(label: Label): L.Marker {
  const span = document.createElement('span');
  span.textContent = label.text;
  span.style.fontSize = `${sizes[label.kind]}px`;
  span.style.transform = `translate(-50%, -50%) rotate(${label.turn.toFixed(1)}deg)`;
  return L.marker(label.at, {
    icon: L.divIcon({ className: `jw-label jw-label-${label.kind}`, html: span, iconSize: [0, 0] }),
    interactive: false,
    keyboard: false,
  });
}
