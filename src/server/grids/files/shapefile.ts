import { signedRingArea, sideOfRing, type Position, type Ring } from '../../../domain/kernel/geometry.ts';
import { decodeText, refuseFile, type Feature } from './feature.ts';
import { readZip } from './zip.ts';

/** Polygons of a zipped ESRI Shapefile (ESRI, "Shapefile Technical Description", 1998) with the fields of its .dbf. */
export function readShapefile(bytes: Uint8Array): Feature[] {
  const files = [...readZip(bytes)].filter(([name]) => !name.includes('__MACOSX'));
  const find = (ending: string): Uint8Array | undefined =>
    files.find(([name]) => name.toLowerCase().endsWith(ending))?.[1];
  const shp = find('.shp');
  if (shp === undefined) throw refuseFile('压缩包里没有 .shp 文件', 'There is no .shp file in the archive');
  const projection = find('.prj');
  if (projection !== undefined && /PROJCS|PROJCRS/i.test(decodeText(projection)))
    throw refuseFile(
      '坐标是投影坐标（米），请先转成经纬度',
      'The coordinates are projected (metres); convert them to degrees first',
    );
  const dbf = find('.dbf');
  try {
    const shapes = readShapes(shp);
    const rows = dbf === undefined ? [] : readTable(dbf);
    return shapes.map((polygons, index) => ({ row: index + 1, fields: rows[index] ?? {}, polygons }));
  } catch (error) {
    if (error instanceof RangeError) throw refuseFile('Shapefile 已损坏', 'The shapefile is damaged');
    throw error;
  }
}

/** Polygon, and with measures or heights, which are left out. */
const POLYGONS: readonly number[] = [5, 15, 25];

function readShapes(bytes: Uint8Array): (readonly (readonly Ring[])[] | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(0) !== 9994) throw refuseFile('不是 Shapefile', 'This is no shapefile');
  const shapes: (readonly (readonly Ring[])[] | null)[] = [];
  for (let at = 100; at + 12 <= bytes.length;) {
    const length = view.getInt32(at + 4) * 2;
    const type = view.getInt32(at + 8, true);
    if (type === 0) shapes.push(null);
    else if (POLYGONS.includes(type)) shapes.push(polygonsOf(readRings(view, at + 8)));
    else throw refuseFile('Shapefile 里不是面', 'The shapefile does not hold polygons');
    at += 8 + Math.max(4, length);
  }
  return shapes;
}

function readRings(view: DataView, at: number): Ring[] {
  const [parts, points] = [view.getInt32(at + 36, true), view.getInt32(at + 40, true)];
  const start = at + 44 + parts * 4;
  return Array.from({ length: parts }, (_, part) => {
    const from = view.getInt32(at + 44 + part * 4, true);
    const to = part + 1 < parts ? view.getInt32(at + 48 + part * 4, true) : points;
    return Array.from({ length: Math.max(0, to - from) }, (__, index): Position => [
      view.getFloat64(start + (from + index) * 16, true),
      view.getFloat64(start + (from + index) * 16 + 8, true),
    ]);
  });
}

/** In a shapefile outer rings run clockwise, holes the other way. */
function polygonsOf(rings: readonly Ring[]): (readonly Ring[])[] {
  const outers = rings.filter(ring => signedRingArea(ring) <= 0).map((ring): Ring[] => [ring]);
  for (const hole of rings.filter(ring => signedRingArea(ring) > 0)) {
    const [lng, lat] = hole[0] ?? [0, 0];
    const own = outers.find(([outer]) => outer !== undefined && sideOfRing(lng, lat, outer) !== 'outside');
    if (own === undefined) outers.push([hole]);
    else own.push(hole);
  }
  return outers;
}

function readTable(bytes: Uint8Array): Record<string, string>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [count, start, width] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  const columns: { name: string; from: number; length: number }[] = [];
  for (let at = 32, from = 1; at + 32 <= start && bytes[at] !== 0x0d; at += 32) {
    const end = bytes.subarray(at, at + 11).indexOf(0);
    const name = decodeText(bytes.subarray(at, at + (end < 0 ? 11 : end)));
    const length = bytes[at + 16] ?? 0;
    columns.push({ name, from, length });
    from += length;
  }
  if (start + count * width > bytes.length + 1) throw refuseFile('.dbf 已损坏', 'The .dbf is damaged');
  // One encoding for the whole table: a short cell alone may be valid in both.
  const encoding = encodingOf(bytes.subarray(start));
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      columns.map(({ name, from, length }) => {
        const at = start + row * width + from;
        return [name, new TextDecoder(encoding).decode(bytes.subarray(at, at + length)).trim()];
      }),
    ),
  );
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'gb18030' {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}
