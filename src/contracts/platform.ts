import * as z from 'zod/mini';

import { endpoint } from './endpoint.ts';

export const health = endpoint({
  id: 'platform.health',
  method: 'GET',
  path: '/healthz',
  summary: { zh: '是否可用：版本与数据库状态', en: 'Whether it can serve: version and state of the database' },
  access: 'public',
  reply: z.object({
    status: z.enum(['ok', 'starting', 'database_down']),
    version: z.string(),
    database: z.object({ kind: z.enum(['embedded', 'server']), version: z.string(), state: z.enum(['up', 'down']) }),
  }),
  problems: ['platform.busy'],
});

export const openApi = endpoint({
  id: 'platform.openApi',
  method: 'GET',
  path: '/api/openapi.json',
  summary: { zh: '本接口的 OpenAPI 3.1 文档', en: 'The OpenAPI 3.1 document of this interface' },
  access: 'public',
  reply: z.any(),
  problems: [],
});

export const platformEndpoints = { health, openApi };
