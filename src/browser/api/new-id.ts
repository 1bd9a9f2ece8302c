import { uuidV7 } from '../../domain/kernel/ids.ts';

/**
 * A new id made on this device, for photos and idempotency keys: a resend under the same id is recognised. Not
 * `crypto.randomUUID`, which is missing on plain http and before WebView 92.
 */
export const newId = (): string => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
