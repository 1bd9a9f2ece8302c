/**
 * The one file that drives MapLibre. A screen gives a container, the territory and the cases, and hears which case was picked;
 * it never meets the library itself.
 */
import { GeoJSONSource, Map as MapLibre, NavigationControl, ScaleControl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';

import { caseFeatures, caseLayers, caseSource, caseSourceOptions } from './maplibre-cases.ts';
import { chosenSource, chosenSourceOptions, clusterLayer, markLayer } from './maplibre-cases.ts';
import { prepareMapLibre } from './maplibre-loader.ts';
import { mapWords } from './maplibre-locale.ts';
import { drawCluster, drawMark, drawRing, lookOf, markRatio } from './maplibre-marks.ts';
import { baseStyle, boundsOf } from './maplibre-style.ts';

import type { MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl';
import type { Locale } from '../i18n/locale.ts';
import type { CaseMark } from './maplibre-cases.ts';
import type { Position, Territory } from './maplibre-style.ts';

export interface CaseMapOptions {
  readonly container: HTMLElement;
  readonly territory: Territory;
  readonly locale: Locale;
  /** One case was picked. */
  readonly onPick: (caseId: string) => void;
  /** Several cases stand on one spot: the screen lists them at this pixel. */
  readonly onPickMany: (caseIds: readonly string[], at: { readonly x: number; readonly y: number }) => void;
  readonly onReady: () => void;
  /** The library could not start (its worker did not arrive): the map stays blank until it is made anew. */
  readonly onFailure: () => void;
  /** The map moved: what hangs at a pixel no longer fits. */
  readonly onMove: () => void;
}

export interface CaseMap {
  setMarks(marks: readonly CaseMark[]): void;
  /** Rings the case, tints its grid and, where it is out of sight, brings it into view; null for none. */
  choose(mark: CaseMark | null, gridId: string | null): void;
  /** Brings a place into view, at least at street level. */
  locate(position: Position): void;
  /** Shows all towns served. */
  fit(): void;
  /** So many pixels at the right lie under a panel. */
  setInset(right: number): void;
  resize(): void;
  destroy(): void;
}

/** Closer than this, marks that still share a cluster stand on the same spot: they are listed instead of zoomed into. */
const lastClusterZoom = 17;

export function createCaseMap(options: CaseMapOptions): CaseMap {
  prepareMapLibre();
  const { container, territory, locale } = options;
  const bounds = boundsOf(territory);
  const fitting = { padding: 36, animate: false } as const;
  const map = new MapLibre({
    container,
    style: baseStyle(territory),
    locale: mapWords[locale],
    ...(bounds === null ? { center: [113.68, 34.77], zoom: 12 } : { bounds, fitBoundsOptions: fitting }),
    minZoom: 8,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');

  map.setMissingStyleImageResolver(name => {
    if (map.hasImage(name)) return;
    const look = lookOf(name);
    if (look !== null) map.addImage(name, drawMark(look), { pixelRatio: markRatio });
    else if (name === 'ring') map.addImage(name, drawRing(), { pixelRatio: markRatio });
    else if (name.startsWith('cluster|'))
      map.addImage(name, drawCluster(name === 'cluster|late'), { pixelRatio: markRatio });
  });

  let ready = false;
  let inset = 0;
  let chosenId: string | null = null;
  const whenReady: (() => void)[] = [];
  const later = (act: () => void): void => {
    if (ready) act();
    else whenReady.push(act);
  };
  map.on('load', () => {
    map.addSource(chosenSource, chosenSourceOptions);
    map.addSource(caseSource, caseSourceOptions);
    for (const layer of caseLayers) map.addLayer(layer);
    ready = true;
    for (const act of whenReady.splice(0)) act();
    // For tests and screenshots: `idle` may never come while data keep arriving.
    container.dataset['mapReady'] = 'true';
    options.onReady();
  });
  map.on('movestart', options.onMove);
  map.on('error', () => {
    if (!ready) options.onFailure();
  });
  listenForPicks(map, options);

  const source = (name: string): GeoJSONSource | undefined => {
    const found = map.getSource(name);
    return found instanceof GeoJSONSource ? found : undefined;
  };
  return {
    setMarks: marks => later(() => void source(caseSource)?.setData(caseFeatures(marks, locale))),
    choose: (mark, gridId) =>
      later(() => {
        void source(chosenSource)?.setData(caseFeatures(mark === null ? [] : [mark], locale));
        for (const layer of ['grid-chosen', 'grid-chosen-line'])
          map.setFilter(layer, ['==', ['get', 'id'], gridId ?? '']);
        const isNew = mark !== null && mark.id !== chosenId;
        chosenId = mark?.id ?? null;
        if (isNew && !inSight(map, mark.position, inset))
          map.easeTo({ center: mark.position, offset: [-inset / 2, 0], duration: 350 });
      }),
    locate: position =>
      later(() =>
        map.easeTo({
          center: position,
          zoom: Math.max(map.getZoom(), 16.2),
          offset: [-inset / 2, 0],
          duration: 350,
        }),
      ),
    fit: () => {
      if (bounds !== null) later(() => map.fitBounds(bounds, { padding: 36, duration: 350 }));
    },
    setInset: right => {
      inset = right;
    },
    resize: () => map.resize(),
    destroy: () => map.remove(),
  };
}

/** Whether a place is on the part of the map that can be seen, and not at its very edge. */
function inSight(map: MapLibre, position: Position, inset: number): boolean {
  const { x, y } = map.project(position);
  const { clientWidth, clientHeight } = map.getContainer();
  const edge = 32;
  return x > edge && x < clientWidth - inset - edge && y > edge && y < clientHeight - edge;
}

const idOf = (feature: { readonly properties: Readonly<Record<string, unknown>> | null }): string => {
  const id = feature.properties?.['id'];
  return typeof id === 'string' ? id : '';
};

function listenForPicks(map: MapLibre, options: CaseMapOptions): void {
  const layers = [markLayer, clusterLayer];
  const found = (event: MapMouseEvent): MapGeoJSONFeature[] =>
    map.getLayer(markLayer) === undefined ? [] : map.queryRenderedFeatures(event.point, { layers });
  map.on('mousemove', event => {
    map.getCanvas().style.cursor = found(event).length > 0 ? 'pointer' : '';
  });
  map.on('click', event => {
    const features = found(event);
    const cluster = features.find(feature => feature.properties['cluster'] === true);
    if (cluster !== undefined) void openCluster(map, cluster, event, options);
    else if (features.length > 1) options.onPickMany([...new Set(features.map(idOf))], event.point);
    else if (features[0] !== undefined) options.onPick(idOf(features[0]));
  });
}

/** Zooms until the cluster parts; lists its members when they will not. */
async function openCluster(
  map: MapLibre,
  cluster: MapGeoJSONFeature,
  event: MapMouseEvent,
  options: CaseMapOptions,
): Promise<void> {
  const source = map.getSource(caseSource);
  const clusterId = Number(cluster.properties['cluster_id']);
  if (!(source instanceof GeoJSONSource) || cluster.geometry.type !== 'Point') return;
  const zoom = await source.getClusterExpansionZoom(clusterId);
  if (zoom <= lastClusterZoom) {
    map.easeTo({ center: cluster.geometry.coordinates as Position, zoom: zoom + 0.2, duration: 350 });
    return;
  }
  const leaves = await source.getClusterLeaves(clusterId, 50, 0);
  options.onPickMany(leaves.map(idOf), event.point);
}
