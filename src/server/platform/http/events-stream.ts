import type { EventsReply } from './route.ts';
import type { FastifyReply } from 'fastify';

/** A client that takes nothing for so many bytes has gone or sleeps: its stream is ended, and it comes back by itself. */
const mostBuffered = 1024 * 1024;
const recheckMs = 15_000;

/** Streams of server-sent events that are open. */
export interface EventStreams {
  /**
   * Sends events until the client goes, or until `mayGoOn` says no (asked every 15 seconds: a session can end while its screen is
   * open). Proxies are told not to gather them.
   */
  send(reply: FastifyReply, source: EventsReply<unknown>, mayGoOn: () => Promise<boolean>): FastifyReply;
  /** Ends all of them: a server that stops waits for none. */
  endAll(): void;
}

export function openEventStreams(): EventStreams {
  const open = new Set<FastifyReply['raw']>();
  return {
    send(reply, source, mayGoOn) {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      open.add(raw);
      const recheck = setInterval(() => {
        // Without an answer (the database is away) the stream stays: it can send nothing anyway.
        mayGoOn().then(
          may => may || raw.end(),
          () => undefined,
        );
      }, recheckMs);
      const stop = source.start(
        event => {
          if (raw.writableLength > mostBuffered) raw.destroy();
          else if (!raw.writableEnded) raw.write(`data: ${JSON.stringify(event)}\n\n`);
        },
        () => raw.end(),
      );
      raw.on('close', () => {
        clearInterval(recheck);
        open.delete(raw);
        stop();
      });
      return reply;
    },
    endAll() {
      for (const raw of open) raw.end();
    },
  };
}
