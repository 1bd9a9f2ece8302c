import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArea } from '../src/domain/kernel/ring.ts';
import { importZhengzhou } from '../tools/import-zhengzhou.ts';
import { openFreshDatabase } from './helpers/database.ts';

import type { Area } from '../src/domain/kernel/geometry.ts';
import type { Database } from '../src/server/platform/database/connect.ts';

let database: Database;
beforeAll(async () => (database = await openFreshDatabase()));
afterAll(() => database.close());

test('loads 12 counties with sound borders and 208 towns, again and again', async () => {
  expect(await importZhengzhou(database.kysely)).toEqual({ counties: 12, mended: 12, towns: 208 });
  await importZhengzhou(database.kysely);
  const rows = await database.kysely.selectFrom('grids.division').selectAll().execute();
  expect(rows.filter(({ level }) => level === 'town')).toHaveLength(208);
  const counties = rows.filter(({ level, boundary }) => level === 'county' && boundary !== null);
  expect(counties).toHaveLength(12);
  for (const { name, boundary } of counties)
    expect({ name, ...checkArea(boundary as Area) }).toEqual({ name, ok: true });
  const jinshui = rows.filter(({ parent_code: parent }) => parent === '410105').map(({ code }) => code);
  expect(jinshui).toContain('410105001');
});
