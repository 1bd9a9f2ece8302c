import { describe, expect, test } from 'vitest';

import { permissions } from '../domain/identity/permissions.ts';
import { allEndpoints, endpointsByModule } from './endpoints.ts';
import { problems, problemsOf, problemText } from './problems.ts';

import type { Endpoint } from './endpoint.ts';
import type { ProblemCode } from './problems.ts';

describe('the endpoint table', () => {
  test('has every endpoint once, by id and by method and path', () => {
    const ids = allEndpoints.map(({ id }) => id);
    const addresses = allEndpoints.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(ids.length).toBeGreaterThanOrEqual(27);
  });

  test.each(
    Object.entries(endpointsByModule).flatMap(([module, table]) =>
      (Object.values(table) as unknown as readonly Endpoint[]).map(one => ({ module, one })),
    ),
  )('$one.id belongs to its module, is named in both languages and says who may call it', ({ module, one }) => {
    expect(one.id.startsWith(`${module}.`)).toBe(true);
    expect(one.path).toMatch(/^\/(api\/|healthz)/);
    expect(one.summary.zh).toMatch(/\p{Script=Han}/u);
    expect(one.summary.en).toMatch(/^[A-Z]/);
    expect(['public', 'receipt', 'signed_in', ...Object.keys(permissions)]).toContain(one.access);
    const named = [...one.path.matchAll(/:(\w+)/g)].map(match => match[1]);
    expect(one.params !== undefined).toBe(named.length > 0);
  });

  test('what changes something by a client that may resend takes an idempotency key', () => {
    expect(allEndpoints.filter(({ idempotent }) => idempotent !== undefined).map(({ id }) => id)).toEqual([
      'cases.act',
      'intake.report',
    ]);
  });
});

describe('problems', () => {
  const codes = Object.keys(problems) as ProblemCode[];

  test.each(codes)('%s has words in both languages with the same placeholders, and a status of a refusal', code => {
    const { zh, en, status } = problems[code];
    const placeholders = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
    expect(placeholders(zh).toSorted()).toEqual(placeholders(en).toSorted());
    expect(zh).toMatch(/\p{Script=Han}|Idempotency-Key/u);
    expect(en).toMatch(/^[A-Z]/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  test('are each declared somewhere: a problem that nobody can answer is none', () => {
    const declared = new Set(allEndpoints.flatMap(endpoint => problemsOf(endpoint)));
    // Answered by the wrapper where no endpoint was found at all.
    declared.add('platform.no_such_endpoint');
    expect(codes.filter(code => !declared.has(code))).toEqual([]);
  });

  test('fill their words, and leave what is unknown in sight', () => {
    expect(problemText('files.too_large', 'zh', { limit: '15 MB' })).toBe('照片太大（上限 15 MB），请压缩后再传');
    expect(problemText('files.too_large', 'en')).toContain('{limit}');
  });
});
