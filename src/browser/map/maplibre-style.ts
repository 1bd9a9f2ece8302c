/**
 * The vector base map, made from our own boundaries: no tiles, no fonts and no server but ours. Without `glyphs` MapLibre draws
 * all text from the fonts of the machine, so `text-font` is a list of font families.
 */
import type { Feature, FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { territory } from '../../contracts/grids.ts';
import type { ReplyOf } from '../../contracts/endpoint.ts';

export type Territory = ReplyOf<typeof territory>;
export type Position = [number, number];

/** Families in the order of the office machines that we meet: UOS and Kylin, macOS, Windows. */
export const mapFont = ['Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'sans-serif'];
export const mapFontBold = mapFont.map(family => (family === 'sans-serif' ? family : `${family} Bold`));

const colour = {
  ground: '#e4ebea',
  county: '#ebf1f0',
  countyLine: '#b9c8c9',
  town: '#fcfdfd',
  townLine: '#0b6e6e',
  community: '#8fb5b4',
  communityTint: ['#f7fbfa', '#eef6f5', '#f4f8f3', '#f0f5f8'],
  courtyard: '#c3d4d4',
  street: '#ffffff',
  streetMain: '#fff6e0',
  streetCasing: '#cfd9da',
  ink: '#24474a',
  inkSoft: '#5c7275',
  inkStreet: '#5f6b6e',
  halo: 'rgba(255,255,255,0.92)',
};

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

/** The sources of the base map: areas, one label point each (a label per tile would repeat names), streets. */
export function baseSources(territory: Territory): StyleSpecification['sources'] {
  const counties = territory.counties.map<Feature>(({ name, code, rings }) => ({
    type: 'Feature',
    properties: { name, code },
    geometry: { type: 'MultiPolygon', coordinates: rings.map(ring => [ring]) },
  }));
  const areas = territory.grids.map<Feature>((grid, index) => ({
    type: 'Feature',
    properties: { id: grid.id, level: grid.level, tint: index % colour.communityTint.length },
    geometry: grid.boundary,
  }));
  const names = territory.grids.map<Feature>(grid => ({
    type: 'Feature',
    properties: { id: grid.id, level: grid.level, name: grid.name },
    geometry: { type: 'Point', coordinates: grid.label },
  }));
  const streets = territory.streets.map<Feature>(({ name, rank, line }) => ({
    type: 'Feature',
    properties: { name, rank },
    geometry: { type: 'LineString', coordinates: line },
  }));
  return {
    counties: { type: 'geojson', data: collection(counties) },
    areas: { type: 'geojson', data: collection(areas), promoteId: 'id' },
    names: { type: 'geojson', data: collection(names) },
    streets: { type: 'geojson', data: collection(streets) },
  };
}

const level = (n: number): ExpressionSpecification => ['==', ['get', 'level'], n];
const isMain: ExpressionSpecification = ['<=', ['get', 'rank'], 1];

/** Width in pixels that doubles with every zoom step, so that a street keeps its breadth in metres. */
const streetWidth = (main: number, other: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  11,
  ['case', isMain, main * 0.25, other * 0.12],
  15,
  ['case', isMain, main, other],
  18,
  ['case', isMain, main * 3.2, other * 3.2],
];

function areaLayers(): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': colour.ground } },
    { id: 'county', type: 'fill', source: 'counties', paint: { 'fill-color': colour.county } },
    {
      id: 'county-line',
      type: 'line',
      source: 'counties',
      paint: { 'line-color': colour.countyLine, 'line-width': 1, 'line-dasharray': [4, 2] },
    },
    { id: 'town', type: 'fill', source: 'areas', filter: level(1), paint: { 'fill-color': colour.town } },
    {
      id: 'community',
      type: 'fill',
      source: 'areas',
      filter: level(2),
      paint: {
        'fill-color': [
          'match',
          ['get', 'tint'],
          0,
          colour.communityTint[0] ?? '',
          1,
          colour.communityTint[1] ?? '',
          2,
          colour.communityTint[2] ?? '',
          colour.communityTint[3] ?? '',
        ],
      },
    },
    {
      id: 'grid-chosen',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['get', 'id'], ''],
      paint: { 'fill-color': '#0b6e6e', 'fill-opacity': 0.12 },
    },
  ];
}

function lineLayers(): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      id: 'courtyard-line',
      type: 'line',
      source: 'areas',
      minzoom: 13.6,
      filter: level(3),
      paint: {
        'line-color': colour.courtyard,
        'line-width': ['interpolate', ['linear'], ['zoom'], 13.6, 0.5, 17, 1.2],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 13.6, 0, 14.2, 1],
      },
    },
    {
      id: 'street-casing',
      type: 'line',
      source: 'streets',
      minzoom: 12,
      layout: round,
      paint: { 'line-color': colour.streetCasing, 'line-width': streetWidth(11, 6.5) },
    },
    {
      id: 'street',
      type: 'line',
      source: 'streets',
      minzoom: 12,
      layout: round,
      paint: { 'line-color': ['case', isMain, colour.streetMain, colour.street], 'line-width': streetWidth(9, 5) },
    },
    {
      id: 'community-line',
      type: 'line',
      source: 'areas',
      minzoom: 11.5,
      filter: level(2),
      layout: round,
      paint: {
        'line-color': colour.community,
        'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.8, 16, 2],
      },
    },
    {
      id: 'grid-chosen-line',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'id'], ''],
      layout: round,
      paint: { 'line-color': '#0b6e6e', 'line-width': 2 },
    },
    {
      id: 'town-line',
      type: 'line',
      source: 'areas',
      filter: level(1),
      layout: round,
      paint: { 'line-color': colour.townLine, 'line-width': 2.5, 'line-opacity': 0.75 },
    },
  ];
}

function nameLayers(): LayerSpecification[] {
  const halo = { 'text-halo-color': colour.halo, 'text-halo-width': 1.6 };
  return [
    {
      id: 'courtyard-name',
      type: 'symbol',
      source: 'names',
      minzoom: 15.3,
      filter: level(3),
      layout: { 'text-field': ['get', 'name'], 'text-font': mapFont, 'text-size': 12, 'text-max-width': 7 },
      paint: { 'text-color': colour.inkSoft, ...halo },
    },
    {
      id: 'street-name',
      type: 'symbol',
      source: 'streets',
      minzoom: 13.6,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['get', 'name'],
        'text-font': mapFont,
        'text-size': ['case', isMain, 13, 11.5],
        'text-letter-spacing': 0.25,
        'text-padding': 4,
      },
      paint: { 'text-color': colour.inkStreet, ...halo },
    },
    {
      id: 'county-name',
      type: 'symbol',
      source: 'counties',
      maxzoom: 12,
      layout: { 'text-field': ['get', 'name'], 'text-font': mapFont, 'text-size': 13, 'text-letter-spacing': 0.15 },
      paint: { 'text-color': colour.inkSoft, ...halo },
    },
    {
      id: 'community-name',
      type: 'symbol',
      source: 'names',
      minzoom: 12.6,
      maxzoom: 16.6,
      filter: level(2),
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFontBold,
        'text-size': ['interpolate', ['linear'], ['zoom'], 12.6, 11, 15, 14.5],
        'text-letter-spacing': 0.06,
        'text-padding': 6,
        'text-variable-anchor': ['center', 'top', 'bottom'],
      },
      paint: { 'text-color': colour.ink, ...halo },
    },
    {
      id: 'town-name',
      type: 'symbol',
      source: 'names',
      maxzoom: 13,
      filter: level(1),
      layout: { 'text-field': ['get', 'name'], 'text-font': mapFontBold, 'text-size': 14 },
      paint: { 'text-color': '#0b5252', ...halo },
    },
  ];
}

/** The whole base style; the layers of the cases are added above it. */
export function baseStyle(territory: Territory): StyleSpecification {
  return {
    version: 8,
    sources: baseSources(territory),
    layers: [...areaLayers(), ...lineLayers(), ...nameLayers()],
    transition: { duration: 0, delay: 0 },
  };
}

/** South-west and north-east corner of the towns served; of the whole city when no grid is known. */
export function boundsOf(territory: Territory): [Position, Position] | null {
  const top = territory.grids.filter(grid => grid.level === 1);
  const rings = top.length > 0 ? top.map(grid => grid.boundary.coordinates[0] ?? []) : [];
  const points = rings.length > 0 ? rings.flat() : territory.counties.flatMap(county => county.rings.flat());
  if (points.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lng, lat] of points) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [
    [west, south],
    [east, north],
  ];
}
