import { readFileSync } from 'node:fs';

import { addCategory } from '../../src/server/cases/index.ts';
import { addGrid, addStreet, addUnit, insertDivision } from '../../src/server/grids/index.ts';
import { seedId } from './random.ts';
import { since } from './accounts.ts';

import type { Polygon } from '../../src/contracts/grids.ts';
import type { NewCategory } from '../../src/server/cases/index.ts';
import type { NewUnit } from '../../src/server/grids/index.ts';
import type { Tables } from '../../src/server/platform/database/tables.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8'));

interface Feature<Geometry, Properties> {
  readonly geometry: Geometry;
  readonly properties: Properties;
}

interface GridProperties {
  readonly code: string;
  readonly level: 1 | 2 | 3;
  readonly parentCode: string | null;
  readonly name: string;
  readonly officialName: string;
  readonly households: number | null;
  readonly address: string | null;
  readonly label: readonly [number, number];
}

const featuresOf = <Geometry, Properties>(name: string): readonly Feature<Geometry, Properties>[] =>
  (read(name) as { features: Feature<Geometry, Properties>[] }).features;

const source = 'demonstration';
const note = { zh: '演示边界数据，非测绘成果', en: 'Demonstration boundaries, not a survey' };
const city = { code: '4101', name: '郑州市' };
const county = '410105';

/** City, counties, the town with its communities and courtyards, its streets and its units. */
export async function seedTerritory(db: Db): Promise<void> {
  await insertDivision(db, { ...city, parentCode: null, level: 'city', boundary: null, source: null });
  for (const { geometry, properties } of featuresOf<unknown, { code: string; name: string }>(
    'zhengzhou-counties.geojson',
  ))
    await insertDivision(db, { ...properties, parentCode: city.code, level: 'county', boundary: geometry, source });

  const grids = featuresOf<Polygon, GridProperties>('jingbalu.geojson').toSorted(
    (a, b) => a.properties.level - b.properties.level || (a.properties.code < b.properties.code ? -1 : 1),
  );
  const ancestors = new Map<string, readonly string[]>();
  for (const { geometry, properties } of grids) {
    const id = seedId(`grid/${properties.code}`);
    const above = properties.parentCode === null ? [] : (ancestors.get(properties.parentCode) ?? []);
    ancestors.set(properties.code, [...above, id]);
    await addGrid(db, {
      id,
      code: properties.code,
      level: properties.level,
      divisionCode: properties.level === 1 ? county : null,
      ancestors: above,
      name: properties.name,
      officialName: properties.officialName,
      households: properties.households,
      address: properties.address,
      boundary: { type: geometry.type, coordinates: geometry.coordinates },
      label: properties.label,
      source,
      note,
      validFrom: since,
    });
  }
  const townId = seedId('grid/410105001000000');
  const streets = featuresOf<{ coordinates: (readonly [number, number])[] }, { name: string; rank: number }>(
    'jingbalu-streets.geojson',
  );
  for (const { geometry, properties } of streets)
    await addStreet(db, townId, { name: properties.name, rank: properties.rank, line: geometry.coordinates, source });
  for (const unit of read('units.json') as NewUnit[]) await addUnit(db, townId, unit);
}

export async function seedCategories(db: Db): Promise<void> {
  for (const category of read('categories.json') as NewCategory[]) await addCategory(db, category);
}
