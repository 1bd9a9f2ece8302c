import { addressOf, commonHeaders, failureOf, Unreachable } from './call.ts';

import type { Endpoint, ReplyOf } from '../../contracts/endpoint.ts';

export interface UploadInput {
  readonly params: Readonly<Record<string, string>>;
  readonly file: Blob;
  /** Told the part sent, 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

// No byte moved for this long: the line is dead and a new try is better than waiting on.
const stallMs = 30_000;

/**
 * Sends a file to a `binary` endpoint and tells how far it is (fetch cannot). Throws like `call`. A resend under the same id
 * is harmless.
 */
export function upload<E extends Pick<Endpoint, 'method' | 'path'>>(
  endpoint: E,
  input: UploadInput,
): Promise<ReplyOf<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stall = setTimeout(() => request.abort(), stallMs);
    const moved = () => {
      clearTimeout(stall);
      stall = setTimeout(() => request.abort(), stallMs);
    };
    const abort = () => request.abort();
    request.upload.onprogress = event => {
      moved();
      if (event.lengthComputable) input.onProgress(event.loaded / event.total);
    };
    request.onprogress = moved;
    request.onloadend = () => {
      clearTimeout(stall);
      input.signal.removeEventListener('abort', abort);
      if (request.status === 0) {
        reject(new Unreachable());
        return;
      }
      let answer: unknown;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = null;
      }
      if (request.status >= 200 && request.status < 300 && answer !== null) resolve(answer as ReplyOf<E>);
      else reject(failureOf(answer));
    };
    input.signal.addEventListener('abort', abort);
    request.open(endpoint.method, addressOf(endpoint.path, input.params));
    for (const [name, value] of Object.entries(commonHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', input.file.type === '' ? 'application/octet-stream' : input.file.type);
    request.send(input.file);
  });
}
