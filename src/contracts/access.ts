import * as z from 'zod/mini';

import { accessKindNames, accessResultNames } from '../domain/identity/access-record.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, queryNumber } from './text.ts';

import type { Instant } from '../domain/kernel/time.ts';

const moment = () =>
  z.pipe(
    queryNumber(z.number().check(z.int(), z.minimum(0), z.maximum(8_640_000_000_000_000))),
    z.transform((value: number) => value as Instant),
  );

const filter = {
  who: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
  what: z.optional(z.enum(accessKindNames)),
  result: z.optional(z.enum(accessResultNames)),
  from: z.optional(moment()),
  until: z.optional(moment()),
};

const accessEntry = () =>
  z.object({
    id: id(),
    at: instant(),
    accountId: z.nullable(id()),
    loginName: z.nullable(z.string()),
    name: z.nullable(z.string()),
    what: z.enum(accessKindNames),
    object: z.nullable(z.object({ kind: z.string(), id: z.string(), name: z.nullable(z.string()) })),
    result: z.enum(accessResultNames),
    /** Code of the problem, where the result is not `done`. */
    problem: z.nullable(z.string()),
    ip: z.string(),
    userAgent: z.nullable(z.string()),
    /** JSON, as it was recorded and hashed. */
    details: z.string(),
  });
export type AccessEntryView = z.output<ReturnType<typeof accessEntry>>;

export const searchAccess = endpoint({
  id: 'identity.searchAccess',
  method: 'GET',
  path: '/api/access',
  summary: { zh: '查询访问记录', en: 'Search the access record' },
  access: 'identity.read_access',
  query: z.object({
    ...filter,
    after: z.optional(z.string().check(z.maxLength(80))),
    limit: z._default(queryNumber(z.number().check(z.int(), z.minimum(1), z.maximum(200))), 50),
  }),
  reply: z.object({ entries: z.array(accessEntry()), next: z.nullable(z.string()) }),
  problems: [],
});

export const exportAccess = endpoint({
  id: 'identity.exportAccess',
  method: 'GET',
  path: '/api/access.csv',
  summary: { zh: '导出访问记录（CSV）', en: 'Export the access record (CSV)' },
  access: 'identity.read_access',
  query: z.object(filter),
  replies: 'file',
  fileType: 'text/csv',
  reply: z.any(),
  problems: ['identity.export_too_large'],
});

export const accessEndpoints = { searchAccess, exportAccess };
