import { expect, test } from 'vitest';

import { caseAddress, isSafeBack, paths } from './paths.ts';

test('the addresses that people have bookmarked', () => {
  expect(Object.values(paths)).toEqual([
    '/',
    '/login',
    '/setup',
    '/desk',
    '/inbox',
    '/case/$caseId',
    '/admin/accounts',
    '/api-docs',
  ]);
  expect(caseAddress('0190-a')).toBe('/case/0190-a');
});

test.each([
  ['/desk?queue=to_file', true],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['https://evil.example', false],
  ['/login?back=/login', false],
  [undefined, false],
])('going back to %s after signing in: %s', (back, safe) => {
  expect(isSafeBack(back)).toBe(safe);
});
