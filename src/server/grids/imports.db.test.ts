import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, box } from '../../../test/helpers/divisions.ts';
import { gridId, openDivisionApp, townId, type DivisionApp } from '../../../test/helpers/division-app.ts';
import { fromWgs84 } from './datum.ts';
import { writeZip } from './files/zip.ts';

import type { Ring } from '../../domain/kernel/geometry.ts';

let app: DivisionApp;
beforeAll(async () => {
  app = await openDivisionApp();
  await app.call('admin', 'POST', divisions, {});
});
afterAll(() => app.close());

const divisions = `/api/towns/${townId}/divisions`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const preview = (file: Uint8Array, query = '') =>
  app.call('admin', 'POST', `${divisions}/2/import/preview?${query}`, file);

const features = (...list: readonly (readonly [string, ...Ring[]])[]): Uint8Array =>
  bytes(
    JSON.stringify({
      type: 'FeatureCollection',
      features: list.map(([code, ...rings]) => ({
        type: 'Feature',
        properties: { 编码: code, 名称: '导入', 户数: 300 },
        geometry: { type: 'Polygon', coordinates: rings },
      })),
    }),
  );

const bow = [at(0, 0), at(10, 10), at(10, 0), at(0, 10), at(0, 0)];

/** Every step is kept or nothing is: the draft stays at its first revision while files are refused. */
const steps = async (): Promise<number> =>
  (await app.database.pool.query<{ count: number }>('select count(*) from grids.division_step')).rows[0]?.count ?? -1;

describe('a file that cannot be taken', () => {
  /** A zip whose directory promises 1 GB of zeros in 1 MB. */
  const bomb = (): Uint8Array => {
    const zip = Buffer.from(writeZip(new Map([['grids.shp', new Uint8Array(8)]])));
    const packed = deflateRawSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 });
    const nameEnd = 30 + 'grids.shp'.length;
    const directory = zip.subarray(zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2])));
    directory.writeUInt32LE(packed.length, 20);
    const end = directory.length - 22;
    directory.writeUInt32LE(nameEnd + packed.length, end + 16);
    return Buffer.concat([zip.subarray(0, nameEnd), packed, directory]);
  };
  const many = (): Uint8Array => {
    const ring = Array.from({ length: 500_001 }, (_, index) =>
      at((index % 1000) / 100, Math.floor(index / 1000) / 100),
    );
    return features(['410105001001001', ring]);
  };

  test.each<[string, () => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), '文件是空的'],
    ['half a JSON', () => bytes('{"type":"Feat'), '不是有效的 JSON'],
    [
      'points',
      () =>
        bytes(
          '{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[1,2]},"properties":null}]}',
        ),
      'GeoJSON 第 1 个要素不是面（Polygon/MultiPolygon），或结构不完整',
    ],
    ['half a zip', () => bytes('PK\u0003\u0004 and no more'), '压缩包已损坏'],
    ['a zip bomb', bomb, '解压后超过 100 MB'],
    ['a zip without a shapefile', () => writeZip(new Map([['readme.txt', bytes('hello')]])), '压缩包里没有 .shp 文件'],
    [
      'KML with entities',
      () => bytes('<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml></kml>'),
      'KML 里不允许 DOCTYPE',
    ],
    ['too many corners', many, '共有 500001 个界点，上限 500000，请先简化'],
    ['a list with an open quotation', () => bytes('code,name\n410105001001001,"未完\n'), '表格有引号没有闭合'],
  ])('%s', async (_, make, reason) => {
    const answer = await preview(make());
    expect(answer).toMatchObject({ status: 422, body: { code: 'grids.file_refused', detail: reason } });
    expect(await steps()).toBe(0);
  });
});

describe('rows with faults', () => {
  test.each<[string, Uint8Array, unknown]>([
    [
      'a bow-tie',
      features(['410105001001001', bow]),
      { rows: [{ action: 'refuse', errors: [{ field: 'geometry', fault: 'needs_repair' }] }] },
    ],
    [
      'latitudes for longitudes',
      features(['410105001001001', box(0, 0, 10, 10).map(([lng, lat]) => [lat, lng] as const)]),
      { rows: [{ errors: [{ fault: 'swapped', message: { zh: '经纬度写反了' } }] }] },
    ],
    [
      'a grid with grids below it',
      features(['410105001001000', box(0, 0, 10, 10)]),
      { rows: [{ errors: [{ fault: 'not_a_leaf' }] }] },
    ],
    [
      'a code of another town',
      features(['410105009001001', box(0, 0, 10, 10)]),
      { rows: [{ errors: [{ fault: 'parent_unknown' }] }] },
    ],
    [
      'an unknown code, a word for a number, a code twice',
      bytes('编码,户数\n410105001001099,1\n410105001001001,many\n410105001001001,3\n'),
      {
        rows: [
          {
            row: 2,
            errors: [
              { field: 'code', fault: 'code_unknown' },
              { field: 'name', fault: 'name_missing' },
            ],
          },
          { row: 3, errors: [{ field: 'households', fault: 'not_a_number' }] },
          { row: 4, errors: [{ field: 'code', fault: 'code_twice' }] },
        ],
      },
    ],
  ])('%s', async (_, file, expected) => expect((await preview(file)).body).toMatchObject(expected as object));

  test('stop the import unless they may be left out', async () => {
    const file = bytes('编码,户数\n410105001001099,1\n410105001001001,444\n');
    const refused = await app.call('admin', 'POST', `${divisions}/2/import?revision=0`, file);
    expect(refused).toMatchObject({ status: 422, body: { code: 'grids.import_has_errors' } });
    expect(await steps()).toBe(0);
  });
});

describe('a file that fits', () => {
  test('in GCJ-02 but declared as WGS-84 is recognised', async () => {
    const shifted = box(0, 0, 10, 10).map(([lng, lat]) => {
      const point = fromWgs84({ lng, lat }, 'GCJ02');
      return [point.lng, point.lat] as const;
    });
    const file = features(['410105001001001', shifted]);
    const wrong = await preview(file, 'datum=WGS84');
    expect(wrong.body).toMatchObject({ suggestedDatum: 'GCJ02' });
    expect((wrong.body as { outsideShare: number }).outsideShare).toBeGreaterThan(0.5);
    expect((await preview(file, 'datum=GCJ02')).body).toMatchObject({
      suggestedDatum: null,
      rows: [{ action: 'change' }],
    });
  });

  test('comes in as one step, in GB18030 too, and can be undone', async () => {
    // 编码,名称,户数 / 410105001001001,东院,444
    const head = [0xb1, 0xe0, 0xc2, 0xeb, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xbb, 0xa7, 0xca, 0xfd, 0x0d, 0x0a];
    const row = [...bytes('410105001001001,'), 0xb6, 0xab, 0xd4, 0xba, ...bytes(',444\r\n')];
    const done = await app.call(
      'admin',
      'POST',
      `${divisions}/2/import?revision=0`,
      Uint8Array.from([...head, ...row]),
    );
    expect(done.body).toMatchObject({
      changed: expect.arrayContaining([expect.objectContaining({ name: '东院', households: 444 })]) as unknown,
    });
    expect((await app.call('admin', 'POST', `${divisions}/2/undo`, { revision: 1 })).status).toBe(200);
  });

  test('snaps what was drawn half a metre off, mends an open ring', async () => {
    const rough = [at(0, 0), at(10.02, 0.01), at(10, 10.02), at(0.01, 9.99)];
    expect((await preview(features(['410105001001001', rough]))).body).toMatchObject({
      rows: [{ errors: [{ fault: 'needs_repair' }] }],
    });
    const done = await app.call(
      'admin',
      'POST',
      `${divisions}/2/import?revision=2&repair=1`,
      features(['410105001001001', rough]),
    );
    expect(done.status).toBe(200);
    const { body } = await app.call('admin', 'GET', `${divisions}/2/problems`);
    expect(body).toMatchObject({ problems: [] });
  });

  test.each(['geojson', 'kml', 'shapefile'])('goes out as %s and comes back the same', async format => {
    const file = await app.call('head', 'GET', `${divisions}/1/export?format=${format}&datum=GCJ02`);
    expect(file.status).toBe(200);
    const { body } = await preview(file.body as Uint8Array, 'datum=GCJ02');
    const { rows } = body as { rows: { action: string; errors: { fault: string }[] }[] };
    expect(rows).toHaveLength(9);
    // The town and its communities follow from the courtyards.
    expect(rows.filter(({ action }) => action === 'change')).toHaveLength(6);
    expect(rows.flatMap(({ errors }) => errors.map(({ fault }) => fault))).toEqual([
      'not_a_leaf',
      'not_a_leaf',
      'not_a_leaf',
    ]);
  });

  test('goes out as a list', async () => {
    const file = await app.call('head', 'GET', `${divisions}/1/export?format=csv`);
    expect(new TextDecoder().decode(file.body)).toContain(`410105001001001,网格g00,3,400`);
    // Borders are not in a list: only the courtyard that was renamed since differs.
    expect((await preview(file.body as Uint8Array)).body).toMatchObject({
      grids: [{ id: gridId('g00'), name: '网格g00' }],
    });
  });
});
