import { Agent, request } from 'node:http';

export interface Answer {
  readonly body: unknown;
  /** From the first byte sent to the last received. */
  readonly ms: number;
  readonly cookie: string;
}

/** Plain JSON calls over kept-alive connections. */
export interface HttpCaller {
  /** @throws Error with the server's words when the answer is not 200. */
  call(method: string, address: string, headers?: Readonly<Record<string, string>>, body?: unknown): Promise<Answer>;
  close(): void;
}

export function openCaller(url: string, connections: number): HttpCaller {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    call: (method, address, headers = {}, body) =>
      new Promise((resolve, reject) => {
        const sent = body === undefined ? '' : JSON.stringify(body);
        const begin = performance.now();
        const outgoing = request(
          url + address,
          {
            agent,
            method,
            headers: {
              ...headers,
              ...(body === undefined
                ? {}
                : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
            },
          },
          response => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.once('error', reject);
            response.once('end', () => {
              const ms = performance.now() - begin;
              const text = Buffer.concat(chunks).toString();
              if (response.statusCode !== 200)
                reject(new Error(`${method} ${address} answered ${response.statusCode}: ${text}`));
              else
                resolve({
                  body: JSON.parse(text) as unknown,
                  ms,
                  cookie: (response.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '',
                });
            });
          },
        );
        outgoing.once('error', reject);
        outgoing.end(sent);
      }),
    close: () => agent.destroy(),
  };
}
