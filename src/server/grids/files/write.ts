import { fromWgs84 } from '../datum.ts';
import { csvCell } from './csv.ts';
import { escapeXml } from './kml.ts';
import { writeZip } from './zip.ts';

import type { Datum, Position, Ring } from '../../../domain/kernel/geometry.ts';
import type { Grid } from '../../../domain/grids/division.ts';

export interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export type FileFormat = 'geojson' | 'kml' | 'csv' | 'shapefile';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Grids as a file in a datum. What is written here can be read again by `readFeatures`. */
export function writeGrids(grids: readonly Grid[], format: FileFormat, datum: Datum): WrittenFile {
  const inDatum = (ring: Ring): Position[] =>
    ring.map(([lng, lat]) => {
      const point = fromWgs84({ lng, lat }, datum);
      return [point.lng, point.lat];
    });
  const drawn = grids.map(grid => ({ ...grid, rings: grid.rings.map(inDatum) }));
  switch (format) {
    case 'geojson':
      return { bytes: encode(geoJson(drawn)), contentType: 'application/geo+json' };
    case 'kml':
      return { bytes: encode(kml(drawn)), contentType: 'application/vnd.google-earth.kml+xml' };
    case 'csv':
      return { bytes: encode(csv(drawn)), contentType: 'text/csv; charset=utf-8' };
    case 'shapefile':
      return { bytes: shapefile(drawn), contentType: 'application/zip' };
  }
}

const fieldsOf = (grid: Grid): Readonly<Record<string, string>> => ({
  code: grid.code,
  name: grid.name,
  level: String(grid.level),
  households: grid.households === null ? '' : String(grid.households),
  population: grid.population === null ? '' : String(grid.population),
  address: grid.address ?? '',
});

function geoJson(grids: readonly Grid[]): string {
  const features = grids.map(grid => ({
    type: 'Feature',
    properties: fieldsOf(grid),
    geometry: { type: 'Polygon', coordinates: grid.rings },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

function kml(grids: readonly Grid[]): string {
  const ring = (corners: Ring): string =>
    `<LinearRing><coordinates>${corners.map(([lng, lat]) => `${lng},${lat},0`).join(' ')}</coordinates></LinearRing>`;
  const placemark = (grid: Grid): string => {
    const [outer = [], ...holes] = grid.rings;
    const data = Object.entries(fieldsOf(grid))
      .map(([name, value]) => `<Data name="${name}"><value>${escapeXml(value)}</value></Data>`)
      .join('');
    const inner = holes.map(hole => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`).join('');
    return `<Placemark><name>${escapeXml(grid.name)}</name><ExtendedData>${data}</ExtendedData><Polygon><outerBoundaryIs>${ring(outer)}</outerBoundaryIs>${inner}</Polygon></Placemark>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${grids.map(placemark).join('\n')}</Document></kml>`;
}

/** With a byte order mark: Excel takes the file for GB18030 otherwise. */
function csv(grids: readonly Grid[]): string {
  const head = ['code', 'name', 'level', 'households', 'population', 'address'];
  const rows = grids.map(grid => Object.values(fieldsOf(grid)).map(csvCell).join(','));
  return `\uFEFF${[head.join(','), ...rows].join('\r\n')}\r\n`;
}

const WGS84_WKT =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

function shapefile(grids: readonly Grid[]): Uint8Array {
  // Outer rings clockwise and holes the other way: the reverse of ours.
  const shapes = grids.map(({ rings }) => shapeOf(rings.map(ring => ring.toReversed())));
  const box = boxBytes(grids.flatMap(({ rings }) => rings.flat()));
  const length = shapes.reduce((sum, { length: own }) => sum + own + 8, 100);
  const records = shapes.flatMap((shape, index) => [recordHead(index + 1, shape.length), shape]);
  let offset = 100;
  const index = shapes.map(shape => {
    const entry = Buffer.alloc(8);
    entry.writeInt32BE(offset / 2, 0);
    entry.writeInt32BE(shape.length / 2, 4);
    offset += shape.length + 8;
    return entry;
  });
  return writeZip(
    new Map<string, Uint8Array>([
      ['grids.shp', Buffer.concat([shapeHead(length, box), ...records])],
      ['grids.shx', Buffer.concat([shapeHead(100 + shapes.length * 8, box), ...index])],
      ['grids.dbf', table(grids.map(fieldsOf))],
      ['grids.prj', encode(WGS84_WKT)],
      ['grids.cpg', encode('UTF-8')],
    ]),
  );
}

function shapeHead(length: number, box: Uint8Array): Uint8Array {
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE(length / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  head.set(box, 36);
  return head;
}

function recordHead(number: number, length: number): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeInt32BE(number, 0);
  head.writeInt32BE(length / 2, 4);
  return head;
}

function boxBytes(corners: readonly Position[]): Uint8Array {
  const bytes = Buffer.alloc(32);
  const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)];
  const least = (all: readonly number[]): number => all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (all: readonly number[]): number => all.reduce((a, b) => Math.max(a, b), -Infinity);
  [least(lngs), least(lats), most(lngs), most(lats)].forEach((value, at) => bytes.writeDoubleLE(value, at * 8));
  return bytes;
}

function shapeOf(rings: readonly Ring[]): Uint8Array {
  const corners = rings.flat();
  const shape = Buffer.alloc(44 + rings.length * 4 + corners.length * 16);
  shape.writeInt32LE(5, 0);
  shape.set(boxBytes(corners), 4);
  shape.writeInt32LE(rings.length, 36);
  shape.writeInt32LE(corners.length, 40);
  let start = 0;
  rings.forEach((ring, part) => {
    shape.writeInt32LE(start, 44 + part * 4);
    start += ring.length;
  });
  corners.forEach(([lng, lat], at) => {
    shape.writeDoubleLE(lng, 44 + rings.length * 4 + at * 16);
    shape.writeDoubleLE(lat, 52 + rings.length * 4 + at * 16);
  });
  return shape;
}

/** dBASE III: fixed widths, no more than 254 bytes a field and 10 a name. */
function table(rows: readonly Readonly<Record<string, string>>[]): Uint8Array {
  const names = ['code', 'name', 'level', 'households', 'population', 'address'];
  const width = 200;
  const head = Buffer.alloc(33 + names.length * 32);
  head[0] = 3;
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + names.length * width, 10);
  names.forEach((name, at) => {
    head.write(name, 32 + at * 32, 'latin1');
    head.write('C', 43 + at * 32, 'latin1');
    head[48 + at * 32] = width;
  });
  head[head.length - 1] = 0x0d;
  const records = rows.map(row => {
    const record = Buffer.alloc(1 + names.length * width, 0x20);
    names.forEach((name, at) => record.set(cut(row[name] ?? '', width), 1 + at * width));
    return record;
  });
  return Buffer.concat([head, ...records, Buffer.from([0x1a])]);
}

/** As many whole characters as fit. */
function cut(text: string, bytes: number): Uint8Array {
  let kept = text;
  while (Buffer.byteLength(kept) > bytes) kept = [...kept].slice(0, -1).join('');
  return Buffer.from(kept);
}
