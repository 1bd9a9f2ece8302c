import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import fastifyStatic from '@fastify/static';

import type { FastifyInstance } from 'fastify';

/** A built app below its path: its files, and its page for every address of its own that is no file. */
interface App {
  readonly name: 'desk' | 'field' | 'resident';
  readonly base: string;
}

const apps: readonly App[] = [
  { name: 'resident', base: '/r/' },
  { name: 'field', base: '/m/' },
  { name: 'desk', base: '/' },
];

const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Serves the three apps. `/` leads to the resident page: most who come without an address are residents. */
export async function serveApps(app: FastifyInstance, dist: string): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect('/r/', 302));
  for (const { name, base } of apps) {
    const folder = path.join(dist, name);
    const page = path.join(folder, 'index.html');
    if (!existsSync(page)) throw new Error(`${page} is missing: run "npm run build"`);
    const html = readFileSync(page);
    if (base !== '/') app.get(base.slice(0, -1), (_request, reply) => reply.redirect(base, 302));
    await app.register(fastifyStatic, {
      root: folder,
      prefix: base,
      decorateReply: false,
      wildcard: false,
      index: false,
      // Vite puts a digest into the name of everything but the page and the service worker.
      setHeaders: (reply, file) => {
        reply.header(
          'cache-control',
          /-[\w-]{8}\.\w+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
    app.get(`${base}*`, (request, reply) => {
      const last = request.url.split('?')[0]?.split('/').at(-1) ?? '';
      if (request.url.startsWith('/api/') || last.includes('.')) {
        reply.callNotFound();
        return;
      }
      return reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'same-origin')
        .send(html);
    });
  }
}
