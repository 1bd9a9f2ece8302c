import { randomInt } from 'node:crypto';

import { hash, verify } from '@node-rs/argon2';

import { isStrong, kindsIn } from '../../domain/identity/policy.ts';
import { ProblemError } from '../platform/problem.ts';

import type { Policy } from '../../domain/identity/policy.ts';

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

/** Throws `identity.password_weak` when the password does not keep to the policy. */
export function checkPassword(password: string, policy: Policy): void {
  const { minLength, kinds } = policy.password;
  if (!isStrong(policy, password)) throw new ProblemError('identity.password_weak', { length: minLength, kinds });
}

/** Nothing that looks like something else on paper. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

/** A password to be read out or handed over on paper, and changed at the next sign-in; about 80 bits, all four kinds. */
export function oneTimePassword({ password: { minLength } }: Policy): string {
  for (;;) {
    const groups = Array.from({ length: Math.ceil(Math.max(14, minLength) / 5) + 1 }, () =>
      Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join(''),
    );
    const made = groups.join('-');
    if (kindsIn(made) === 4) return made;
  }
}
