/**
 * Loads Zhengzhou's counties with their borders and the names and codes of its 208 towns.
 *
 *   npm run import:zhengzhou
 *
 * Opens the same database as the server (same settings). Borders that cross or touch themselves are mended. May be run again.
 */
import { readFileSync } from 'node:fs';

import { repairArea } from '../src/domain/grids/repair.ts';
import { checkArea } from '../src/domain/kernel/ring.ts';
import { saveDivision } from '../src/server/grids/index.ts';
import { attachToDatabase } from '../src/server/platform/database/attach.ts';
import { readConfig } from '../src/server/platform/config.ts';
import { createLog } from '../src/server/platform/log.ts';

import type { Area } from '../src/domain/kernel/geometry.ts';
import type { Tables } from '../src/server/platform/database/tables.ts';
import type { Kysely } from 'kysely';

interface Counties {
  readonly features: readonly {
    readonly geometry: Area;
    readonly properties: { readonly code: string; readonly name: string };
  }[];
}
type Towns = Readonly<
  Record<string, { readonly name: string; readonly towns: readonly { code: string; name: string }[] }>
>;

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../db/seed/data/${name}`, import.meta.url), 'utf8'));

/** A sound outline for a county, with whether it had to be mended. Throws when it cannot be. */
export function mendArea(area: Area): { readonly area: Area; readonly mended: boolean } {
  if (checkArea(area).ok) return { area, mended: false };
  const repaired = repairArea(area.type === 'Polygon' ? [area.coordinates] : area.coordinates);
  if (repaired === undefined) throw new Error('no area is left');
  const [only, ...others] = repaired.polygons;
  const sound: Area =
    only !== undefined && others.length === 0
      ? { type: 'Polygon', coordinates: only }
      : { type: 'MultiPolygon', coordinates: repaired.polygons };
  if (!checkArea(sound).ok) throw new Error('the outline cannot be mended');
  return { area: sound, mended: true };
}

/** All or nothing, in one transaction. */
export async function importZhengzhou(
  db: Kysely<Tables>,
): Promise<{ counties: number; mended: number; towns: number }> {
  const counties = (read('zhengzhou-counties.geojson') as Counties).features.map(({ geometry, properties }) => ({
    ...properties,
    ...mendArea(geometry),
  }));
  const towns = Object.entries(read('zhengzhou-towns.json') as Towns);
  const source = 'zhengzhou';
  await db.transaction().execute(async trx => {
    await saveDivision(trx, { code: '4101', parentCode: null, level: 'city', name: '郑州市', boundary: null, source });
    for (const { code, name, area } of counties)
      await saveDivision(trx, { code, parentCode: '4101', level: 'county', name, boundary: area, source });
    for (const [parentCode, { name, towns: own }] of towns) {
      if (!counties.some(({ code }) => code === parentCode))
        await saveDivision(trx, {
          code: parentCode,
          parentCode: '4101',
          level: 'county',
          name,
          boundary: null,
          source,
        });
      for (const town of own) await saveDivision(trx, { ...town, parentCode, level: 'town', boundary: null, source });
    }
  });
  return {
    counties: counties.length,
    mended: counties.filter(({ mended }) => mended).length,
    towns: towns.reduce((sum, [, { towns: own }]) => sum + own.length, 0),
  };
}

async function main(): Promise<void> {
  const database = await attachToDatabase(readConfig(process.env), createLog({ logLevel: 'warn' }));
  try {
    const { counties, mended, towns } = await importZhengzhou(database.kysely);
    console.log(`已载入 ${counties} 个区县（修复 ${mended} 个边界）、${towns} 个乡镇街道`);
    console.log(`  ${counties} counties (${mended} borders mended) and ${towns} towns are loaded`);
  } finally {
    await database.close();
  }
}

if (import.meta.main) await main();
