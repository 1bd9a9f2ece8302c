import { expect, test } from 'vitest';

import { boundsWords, objectsIn, operationsOf, typeWords } from './openapi.ts';

test("operations stand by module, in the document's order", () => {
  const listed = operationsOf({
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: {
      '/api/cases': { get: { operationId: 'cases.list', tags: ['cases'] } },
      '/api/session': { post: { operationId: 'identity.signIn', tags: ['identity'] }, delete: { tags: ['identity'] } },
    },
  });
  expect([...listed].map(([module, items]) => `${module}: ${items.map(item => item.id).join(', ')}`)).toEqual([
    'cases: cases.list',
    'identity: identity.signIn, delete /api/session',
  ]);
});

test.each([
  [{ type: 'string', format: 'uuid' }, 'string (uuid)'],
  [{ enum: ['A', 'B'] }, '"A" | "B"'],
  [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
  [{ type: 'array', items: { type: 'string' } }, 'string[]'],
  [{ type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }] }, '[number, number]'],
  [{}, 'any'],
])('%o reads %s', (schema, words) => {
  expect(typeWords(schema)).toBe(words);
});

test('bounds leave out what only says that a number is a number', () => {
  expect(boundsWords({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })).toBe('1 ≤ n');
  expect(boundsWords({ maxLength: 60, default: 'due' })).toBe('length ≤ 60, = "due"');
});

test('objects are found through arrays and choices', () => {
  const object = { type: 'object', properties: {} };
  expect(objectsIn({ type: 'array', items: { anyOf: [object, { type: 'null' }] } })).toEqual([object]);
});
