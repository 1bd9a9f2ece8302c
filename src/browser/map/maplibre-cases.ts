/** The layer of cases: rows of the list in, features out. Everything it shows stands in the list beside the map. */
import { mapFont, mapFontBold } from './maplibre-style.ts';
import { markName } from './maplibre-marks.ts';
import { overdueColor } from '../ui/tones.ts';

import type { Feature, FeatureCollection, Point } from 'geojson';
import type { GeoJSONSourceSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { CaseState } from '../../domain/cases/states.ts';
import type { Locale } from '../i18n/locale.ts';
import type { Position } from './maplibre-style.ts';

export interface CaseMark {
  readonly id: string;
  readonly position: Position;
  readonly state: CaseState;
  readonly late: boolean;
  readonly urgent: boolean;
  /** Time left in words, written beside the mark where there is room. */
  readonly words: string;
}

export const caseSource = 'cases';
export const chosenSource = 'chosen-case';
export const markLayer = 'case-mark';
export const clusterLayer = 'case-cluster';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function caseFeatures(marks: readonly CaseMark[], locale: Locale): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: marks.map<Feature<Point>>(mark => ({
      type: 'Feature',
      properties: {
        id: mark.id,
        icon: markName({ state: mark.state, late: mark.late, urgent: mark.urgent, locale }),
        late: mark.late ? 1 : 0,
        words: mark.words,
      },
      geometry: { type: 'Point', coordinates: mark.position },
    })),
  };
}

export const caseSourceOptions: GeoJSONSourceSpecification = {
  type: 'geojson',
  data: empty,
  cluster: true,
  clusterRadius: 34,
  clusterMaxZoom: 17,
  clusterProperties: { late: ['+', ['get', 'late']] },
};

export const chosenSourceOptions: GeoJSONSourceSpecification = { type: 'geojson', data: empty };

const beside: SymbolLayerSpecification['layout'] = {
  'text-field': ['get', 'words'],
  'text-font': mapFont,
  'text-size': 12,
  'text-anchor': 'left',
  'text-offset': [1.5, 0],
  'text-optional': true,
};

/**
 * Clusters are symbols, not circles, so that place names make room for them; marks may overlap each other but nothing is
 * written over them.
 */
export const caseLayers: readonly LayerSpecification[] = [
  {
    id: 'case-ring',
    type: 'symbol',
    source: chosenSource,
    layout: { 'icon-image': 'ring', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
  },
  {
    id: markLayer,
    type: 'symbol',
    source: caseSource,
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-allow-overlap': true,
      'symbol-sort-key': ['-', 0, ['get', 'late']],
      ...beside,
      'text-field': ['step', ['zoom'], '', 16, ['get', 'words']],
    },
    paint: {
      'text-color': ['case', ['==', ['get', 'late'], 1], overdueColor, '#13242b'],
      'text-halo-color': 'rgba(255,255,255,0.95)',
      'text-halo-width': 1.8,
    },
  },
  {
    id: clusterLayer,
    type: 'symbol',
    source: caseSource,
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': ['case', ['>', ['get', 'late'], 0], 'cluster|late', 'cluster|calm'],
      'icon-allow-overlap': true,
      'text-field': ['get', 'point_count_abbreviated'],
      'text-font': mapFontBold,
      'text-size': 12.5,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#ffffff' },
  },
  {
    id: 'case-chosen',
    type: 'symbol',
    source: chosenSource,
    layout: { 'icon-image': ['get', 'icon'], 'icon-size': 1.12, 'icon-allow-overlap': true, ...beside },
    paint: { 'text-color': '#13242b', 'text-halo-color': 'rgba(255,255,255,0.95)', 'text-halo-width': 1.8 },
  },
];
