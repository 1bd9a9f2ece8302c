import * as z from 'zod/mini';

import { decodeText, refuseFile, type Feature } from './feature.ts';

const position = z.pipe(
  z.array(z.number()).check(z.minLength(2)),
  z.transform(([lng = 0, lat = 0]): [number, number] => [lng, lat]),
);
const rings = z.array(z.array(position));
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings) }),
]);
const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      geometry: z.nullable(geometry),
      properties: z.nullable(z.record(z.string(), z.unknown())),
    }),
  ),
});

/** Features of a GeoJSON FeatureCollection (RFC 7946) of polygons. */
export function readGeoJson(bytes: Uint8Array): Feature[] {
  let json: unknown;
  try {
    json = JSON.parse(decodeText(bytes).replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuseFile('不是有效的 JSON', 'This is not valid JSON');
  }
  const parsed = collection.safeParse(json);
  if (!parsed.success) {
    const [, index] = parsed.error.issues[0]?.path ?? [];
    const row = typeof index === 'number' ? index + 1 : 0;
    throw refuseFile(
      `GeoJSON 第 ${row} 个要素不是面（Polygon/MultiPolygon），或结构不完整`,
      `Feature ${row} of the GeoJSON is no polygon, or incomplete`,
    );
  }
  return parsed.data.features.map(({ geometry: shape, properties }, index) => ({
    row: index + 1,
    fields: Object.fromEntries(
      Object.entries(properties ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
      ),
    ),
    polygons: shape === null ? null : shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates,
  }));
}
