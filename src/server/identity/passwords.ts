import { hash, verify } from '@node-rs/argon2';

import { ProblemError } from '../platform/problem.ts';

// OWASP's first choice for argon2id (2023): 19 MiB, two passes, one lane; 25 ms on the project's machine.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const digestPassword = (password: string): Promise<string> => hash(password, cost);

/** Stored where no password has been set; it is no digest, so nothing matches it. */
export const noPassword = '!';

/** What is verified when the account does not exist, so that the answer takes as long as for a wrong password. */
let nobody: Promise<string> | undefined;

export async function passwordMatches(digest: string | undefined, password: string): Promise<boolean> {
  nobody ??= digestPassword('nobody has this password');
  const usable = digest === noPassword ? undefined : digest;
  const matches = await verify(usable ?? (await nobody), password);
  return usable !== undefined && matches;
}

/** At least 8 characters of three kinds (assessors' habit for level 3 of GB/T 22239). Throws `identity.password_weak`. */
export function checkPassword(password: string): void {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter(kind => kind.test(password)).length;
  if (password.length < 8 || kinds < 3) throw new ProblemError('identity.password_weak');
}
