import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the installation's key does. One 32-byte key in the data folder; each use has a key of its own derived from it (HKDF). */
export interface Secrets {
  /** AES-256-GCM, for personal data at rest. */
  seal(plain: string): string;
  open(sealed: string): string;
  /** Keyed digest of something short or guessable (a query code). */
  digest(purpose: string, value: string): string;
  /** A short signature for addresses; `verify` compares in constant time. */
  sign(purpose: string, value: string): string;
  verify(purpose: string, value: string, signature: string): boolean;
}

const keyFile = 'installation.key';

/** Reads the installation's key below `folder`, or makes it on the first start. Losing it loses the sealed contacts: back it up. */
export function openSecrets(folder: string): Secrets {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, keyFile);
  if (!existsSync(file)) {
    // `wx`: of two processes that start together one writes, the other reads.
    try {
      writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
    chmodSync(file, 0o600);
  }
  const key = readFileSync(file);
  if (key.length !== 32)
    throw new Error(`${file} is damaged: 32 bytes expected, ${key.length} found. Restore it from the backup.`);
  return secretsOf(key);
}

export function secretsOf(key: Uint8Array): Secrets {
  const derived = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    let found = derived.get(purpose);
    if (found === undefined) {
      found = Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `jingwei/${purpose}`, 32));
      derived.set(purpose, found);
    }
    return found;
  };
  const mac = (purpose: string, value: string) => createHmac('sha256', keyFor(purpose)).update(value).digest();
  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor('seal'), iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(2), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', keyFor('seal'), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    digest: (purpose, value) => mac(purpose, value).toString('hex'),
    sign: (purpose, value) => mac(purpose, value).subarray(0, 24).toString('base64url'),
    verify(purpose, value, signature) {
      const expected = mac(purpose, value).subarray(0, 24);
      const given = Buffer.from(signature, 'base64url');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** So many random decimal digits. */
export const randomDigits = (count: number): string =>
  Array.from({ length: count }, () => String(randomInt(10))).join('');
