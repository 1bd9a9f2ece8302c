import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/server/platform/database/connect.ts';
import { describeSchema, schemaFile } from '../tools/dump-schema.ts';
import { openFreshDatabase } from './helpers/database.ts';

let database: Database;
beforeAll(async () => (database = await openFreshDatabase()));
afterAll(() => database.close());

test('db/schema.sql is what the migrations add up to (else: node tools/dump-schema.ts)', async () => {
  expect(await describeSchema(database.pool)).toBe(await readFile(schemaFile, 'utf8'));
});
