import type { IncomingMessage } from 'node:http';

/** More than this is nobody's photo: the connection is closed, and the client may see that instead of the answer. */
const mostDrained = 128 * 1024 * 1024;

/**
 * Reads and forgets what a client still sends of a body that was refused. Answered at once, with the connection closed under
 * its hands, a browser tells its person of a broken network and never of the problem.
 */
export function drain(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise(resolve => {
    let left = mostDrained;
    const count = (chunk: Uint8Array) => {
      left -= chunk.length;
      if (left < 0) finish();
    };
    const finish = () => {
      request.off('data', count);
      for (const event of ['end', 'close', 'error']) request.off(event, finish);
      resolve();
    };
    for (const event of ['end', 'close', 'error']) request.once(event, finish);
    request.on('data', count);
  });
}
