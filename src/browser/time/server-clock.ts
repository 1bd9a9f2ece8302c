/**
 * What time it is for the server. Deadlines are the server's; a phone or an office computer whose clock is wrong must still
 * show the right time left, so every answer's Date header corrects ours.
 */

// Below this the difference is the network's delay and the header's whole seconds, not a wrong clock.
const tolerated = 5000;

let offset = 0;

/** Takes the Date header of an answer that was asked for at `sentAt` and came at `receivedAt` (our clock, ms). */
export function noteServerDate(header: string | null, sentAt: number, receivedAt: number): void {
  const at = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(at)) return;
  // The header is cut to whole seconds: on average it is half a second behind.
  const difference = at + 500 - (sentAt + receivedAt) / 2;
  offset = Math.abs(difference) > tolerated ? difference : 0;
}

/** Now, in epoch milliseconds, by the server's clock as far as it is known. */
export const serverNow = (): number => Date.now() + offset;
