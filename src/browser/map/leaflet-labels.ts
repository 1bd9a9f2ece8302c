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
}

/** A name, the zooms at which it is written, and where that would be in this view. */
interface Name {
  readonly from: number;
  readonly to: number;
  readonly place: (map: L.Map) => Label | null;
}

const sizes: Readonly<Record<Label['kind'], number>> = {
  town: 17,
  community: 14,
  courtyard: 12,
  street: 12,
  county: 13,
};

/**
 * Writes names on the map with the phone's own font: more important ones first, none over another. Returns how to stop.
 */
export function placeLabels(map: L.Map, territory: Territory): () => void {
  const names = namesOf(territory);
  const layer = L.layerGroup().addTo(map);
  const draw = () => {
    layer.clearLayers();
    const zoom = map.getZoom();
    const view = map.getBounds().pad(0.05);
    const taken: ScreenBox[] = [];
    for (const { from, to, place } of names) {
      const label = zoom < from || zoom >= to ? null : place(map);
      if (label === null || !view.contains(label.at)) continue;
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

function namesOf(territory: Territory): readonly Name[] {
  const fixed = (text: string, kind: Label['kind'], at: L.LatLng, from: number, to: number): Name => ({
    from,
    to,
    place: () => ({ text, kind, at, turn: 0 }),
  });
  const grids = (level: number, kind: Label['kind'], from: number, to: number): Name[] =>
    territory.grids
      .filter(grid => grid.level === level)
      .map(grid => fixed(grid.name, kind, L.latLng(grid.label[1], grid.label[0]), from, to));
  const streets = [...territory.streets]
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, rank, line }): Name => ({
      from: rank <= 1 ? 14 : rank === 2 ? 15.5 : 17,
      to: 30,
      place: map => alongStreet(map, name, line),
    }));
  const counties = territory.counties.map(county => {
    const ring = L.latLngBounds((county.rings[0] ?? []).map(([lng, lat]) => [lat, lng]));
    return fixed(county.name, 'county', ring.getCenter(), 9, 13);
  });
  return [
    ...grids(1, 'town', 12, 14),
    ...grids(2, 'community', 14, 16.5),
    ...streets,
    ...grids(3, 'courtyard', 16.5, 30),
    ...counties,
  ];
}

/** The longest straight stretch of a street that is on screen, when the name fits on it; never upside down. */
function alongStreet(map: L.Map, text: string, line: Territory['streets'][number]['line']): Label | null {
  const size = map.getSize();
  const frame = L.bounds([0, 0], [size.x, size.y]);
  let best: { a: L.Point; b: L.Point; length: number } | null = null;
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1], line[index]];
    if (from === undefined || to === undefined) continue;
    const ends = [from, to].map(([lng, lat]) => map.latLngToContainerPoint([lat, lng])) as [L.Point, L.Point];
    const clipped = L.LineUtil.clipSegment(ends[0], ends[1], frame);
    if (clipped === false) continue;
    const [a, b] = clipped;
    const length = a.distanceTo(b);
    if (best === null || length > best.length) best = { a, b, length };
  }
  if (best === null || best.length < widthOf(text, sizes.street)) return null;
  const { a, b } = best;
  const degrees = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  const turn = degrees > 90 ? degrees - 180 : degrees < -90 ? degrees + 180 : degrees;
  return { text, kind: 'street', at: map.containerPointToLatLng(a.add(b).divideBy(2)), turn };
}

function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += (character.charCodeAt(0) > 255 ? 1 : 0.6) * size;
  return width;
}

function boxOnScreen(map: L.Map, label: Label): ScreenBox {
  const at = map.latLngToContainerPoint(label.at);
  const size = sizes[label.kind];
  const width = widthOf(label.text, size);
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
