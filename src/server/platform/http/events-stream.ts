import type { EventsReply } from './route.ts';
import type { FastifyReply } from 'fastify';

/** A client that takes nothing for so many bytes has gone or sleeps: its stream is ended, and it comes back by itself. */
const mostBuffered = 1024 * 1024;

/** Sends server-sent events until the client goes. Proxies are told not to gather them. */
export function streamEvents(reply: FastifyReply, source: EventsReply<unknown>): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const stop = source.start(
    event => {
      if (raw.writableLength > mostBuffered) {
        raw.destroy();
        return;
      }
      raw.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    () => raw.end(),
  );
  raw.on('close', stop);
  return reply;
}
