import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { allEndpoints } from '../src/contracts/endpoints.ts';
import { openApi } from '../src/contracts/platform.ts';
import { problems, problemsOf } from '../src/contracts/problems.ts';
import { openApp } from './helpers/app.ts';

import type { Endpoint } from '../src/contracts/endpoint.ts';
import type { ProblemCode } from '../src/contracts/problems.ts';
import type { TestApp } from './helpers/app.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly [key: string]: unknown;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly 'x-summary-zh': string;
  readonly 'x-access': string;
  readonly security?: readonly unknown[];
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<
    Record<string, Content & { description: string; 'x-problems'?: readonly ProblemCode[] }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: Readonly<Record<'title' | 'version', string>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly tags: readonly { readonly name: string }[];
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let app: TestApp;
let document: Document;
beforeAll(async () => {
  app = await openApp();
  document = (await app.anybody.ok(openApi)) as Document;
});
afterAll(() => app.close());

const pathOf = ({ path }: Endpoint): string => path.replaceAll(/:(\w+)/g, '{$1}');
const operationOf = (endpoint: Endpoint): Operation => {
  const operation = document.paths[pathOf(endpoint)]?.[endpoint.method.toLowerCase()];
  if (operation === undefined) throw new Error(`${endpoint.id} is not printed`);
  return operation;
};

describe('the document', () => {
  test('is OpenAPI 3.1 and lists exactly the endpoint table', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: '经纬 Jingwei', version: '0.0.0-test' });
    const printed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    const declared = allEndpoints.map(endpoint => `${endpoint.method} ${pathOf(endpoint)} ${endpoint.id}`);
    expect(printed.toSorted()).toEqual(declared.toSorted());
  });

  test('refers only to what it holds, and every schema is one', () => {
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { $ref } = value as Schema;
      if ($ref !== undefined) {
        const [, , kind = '', name = ''] = $ref.split('/');
        expect(document.components[kind as 'schemas'][name], `${path}: ${$ref}`).toBeDefined();
      }
      for (const [key, child] of Object.entries(value)) {
        // 3.1 takes JSON Schema 2020-12 as it is: `nullable` was 3.0, and a dialect of its own no part may have.
        expect(['nullable', '$schema'], path).not.toContain(key);
        walk(child, `${path}/${key}`);
      }
    };
    walk(document, '#');
  });

  test('holds every problem with its words', () => {
    expect(document.components.schemas['Problem']).toMatchObject({
      required: expect.arrayContaining(['code']) as string[],
    });
    const listed = (document as unknown as { 'x-problems': Record<string, unknown> })['x-problems'];
    expect(listed).toEqual(problems);
  });

  test('is answered to anybody, also to one who asks for nothing in particular', async () => {
    const response = await fetch(`${app.url}/api/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe.each(allEndpoints.map(endpoint => ({ id: endpoint.id, endpoint })))('$id', ({ endpoint }) => {
  test('is printed whole: words, parameters, body, reply', () => {
    const operation = operationOf(endpoint);
    expect(operation.summary).toBe(endpoint.summary.en);
    expect(operation['x-summary-zh']).toBe(endpoint.summary.zh);
    expect(operation.tags).toEqual([endpoint.id.split('.')[0]]);
    const open = endpoint.access === 'public' || endpoint.access === 'receipt';
    expect(operation.security).toEqual(open ? [] : undefined);

    const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map(match => match[1]);
    const printed = operation.parameters.filter(({ in: place }) => place === 'path');
    expect(printed.map(({ name }) => name)).toEqual(inPath);
    expect(printed.every(({ required }) => required)).toBe(true);
    for (const { name, schema } of operation.parameters) expect([name, Object.keys(schema)]).not.toEqual([name, []]);
    const key = operation.parameters.find(({ name }) => name === 'Idempotency-Key');
    expect(key?.required).toBe(endpoint.idempotent === undefined ? undefined : endpoint.idempotent === 'required');

    const takesBody = endpoint.body !== undefined || endpoint.binary !== undefined;
    expect(operation.requestBody !== undefined).toBe(takesBody);
    const types = { json: 'application/json', file: 'image/jpeg', events: 'text/event-stream' };
    const content = operation.responses['200']?.content ?? {};
    expect(Object.keys(content)).toEqual([types[endpoint.replies ?? 'json']]);
  });

  test('names every problem that it can answer, under its status', () => {
    const { responses } = operationOf(endpoint);
    for (const code of problemsOf(endpoint)) {
      const response = responses[String(problems[code].status)];
      expect([code, response?.['x-problems']?.includes(code)]).toEqual([code, true]);
      expect(response?.description).toContain(`${code}: ${problems[code].en}`);
      expect(Object.keys(response?.content ?? {})).toEqual(['application/problem+json']);
    }
    const printed = Object.values(responses).flatMap(response => response['x-problems'] ?? []);
    expect(printed.toSorted()).toEqual(problemsOf(endpoint).toSorted());
  });
});
