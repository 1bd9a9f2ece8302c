import { createHmac, timingSafeEqual } from 'node:crypto';

/** One-time codes by time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, as every authenticator app makes them. */
const period = 30;
const digits = 6;
/** A phone's clock may be off by one step (RFC 6238 §5.2). */
const drift = 1;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 Base32 without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((value >> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet.charAt((value << (5 - bits)) & 31);
}

/** HOTP (RFC 4226 §5.3) of a counter. */
export function hotp(secret: Uint8Array, counter: number, length = digits, algorithm = 'sha1'): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm, secret).update(message).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** length).padStart(length, '0');
}

/** The step that an instant (epoch milliseconds) lies in. */
export const stepOf = (at: number): number => Math.floor(at / 1000 / period);

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The step whose code this is, later than `after`; null when it is none. Whoever accepts it keeps the step: no code counts twice. */
export function matchStep(secret: Uint8Array, code: string, at: number, after: number | null): number | null {
  const now = stepOf(at);
  for (let step = now - drift; step <= now + drift; step++)
    if ((after === null || step > after) && isSame(hotp(secret, step), code)) return step;
  return null;
}

const issuer = '经纬 Jingwei';

/** What the QR code holds (Key Uri Format of the common authenticator apps). */
export const otpauthUri = (loginName: string, secret: Uint8Array): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(loginName)}?secret=${base32(secret)}` +
  `&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${period}`;
