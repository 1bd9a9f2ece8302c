import * as z from 'zod';

import { problems, problemsOf } from '../../../contracts/problems.ts';

import type { Endpoint } from '../../../contracts/endpoint.ts';
import type { ProblemCode } from '../../../contracts/problems.ts';
import type { ZodMiniType } from 'zod/mini';

type Json = Readonly<Record<string, unknown>>;

const schemaOf = (schema: ZodMiniType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json;
  return rest;
};

/** A list of parameters from an object schema: each property becomes one parameter in `place`. */
function parameters(schema: ZodMiniType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function responses(endpoint: Endpoint): Json {
  const byStatus = Map.groupBy(problemsOf(endpoint), code => problems[code].status);
  const refused = [...byStatus].map(([status, codes]): [string, Json] => [
    String(status),
    {
      description: codes.map(code => `${code}: ${problems[code].en}`).join('\n\n'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      'x-problems': codes,
    },
  ]);
  if (endpoint.replies === 'redirect')
    return { '302': { description: 'Found' }, ...(Object.fromEntries(refused) as Json) };
  const type = { events: 'text/event-stream', file: endpoint.fileType ?? 'image/jpeg', json: 'application/json' }[
    endpoint.replies ?? 'json'
  ];
  const schema =
    endpoint.replies === 'file' ? { type: 'string', format: 'binary' } : schemaOf(endpoint.reply, 'output');
  const answers: Json = Object.fromEntries(refused);
  return { '200': { description: 'OK', content: { [type]: { schema } } }, ...answers };
}

function requestBody(endpoint: Endpoint): Json {
  if (endpoint.binary !== undefined) {
    const binary = { schema: { type: 'string', format: 'binary' } };
    return {
      requestBody: { required: true, content: Object.fromEntries(endpoint.binary.accepts.map(type => [type, binary])) },
    };
  }
  if (endpoint.body === undefined) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } },
  };
}

function operation(module: string, endpoint: Endpoint): Json {
  const idempotency = {
    name: 'Idempotency-Key',
    in: 'header',
    required: endpoint.idempotent === 'required',
    schema: { type: 'string', pattern: '^[\\w-]{8,80}$' },
  };
  const open = endpoint.access === 'public' || endpoint.access === 'receipt';
  return {
    operationId: endpoint.id,
    tags: [module],
    summary: endpoint.summary.en,
    'x-summary-zh': endpoint.summary.zh,
    'x-access': endpoint.access,
    ...(open ? { security: [] } : {}),
    parameters: [
      ...parameters(endpoint.params, 'path'),
      ...parameters(endpoint.query, 'query'),
      ...(endpoint.idempotent === undefined ? [] : [idempotency]),
    ],
    ...requestBody(endpoint),
    responses: responses(endpoint),
  };
}

/** Prints the endpoint table as an OpenAPI 3.1 document: what is registered is what is printed. */
export function openApiDocument(
  modules: Readonly<Record<string, Readonly<Record<string, Endpoint>>>>,
  version: string,
): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [module, endpoints] of Object.entries(modules))
    for (const endpoint of Object.values(endpoints)) {
      const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(module, endpoint) };
    }
  return {
    openapi: '3.1.0',
    info: {
      title: '经纬 Jingwei',
      version,
      description: 'The open platform on which a city runs itself grid by grid.',
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    tags: Object.keys(modules).map(name => ({ name })),
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jingwei' } },
      schemas: { Problem: problemSchema },
    },
    'x-problems': Object.fromEntries(
      (Object.keys(problems) as ProblemCode[]).map(code => [code, { ...problems[code] }]),
    ),
  };
}

const text = { type: 'string' } as const;
const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { type: 'string', enum: Object.keys(problems) },
    details: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    errors: {
      type: 'array',
      items: { type: 'object', required: ['path', 'message'], properties: { path: text, message: text } },
    },
  },
};
