import { json } from '../platform/database/columns.ts';
import { ProblemError } from '../platform/problem.ts';
import { randomToken, sha256 } from '../platform/secrets.ts';
import { hasAccounts } from './queries.ts';
import { createAccount, objectOf } from './accounts.ts';

import type { Tables } from '../platform/database/tables.ts';
import type { Call } from '../platform/http/route.ts';
import type { AccountRow } from './queries.ts';
import type { Kysely } from 'kysely';

const setting = 'identity.setup';

interface SetupSetting {
  readonly tokenDigest: string;
  readonly expiresAt: number;
}

const validHours = 24;

/**
 * An installation without accounts has no default password: each start prints a new link that makes the first administrator
 * once. Returns its token, or null when accounts exist.
 */
export async function offerSetup(db: Kysely<Tables>, now: number): Promise<string | null> {
  if (await hasAccounts(db)) return null;
  const token = randomToken(24);
  const value: SetupSetting = { tokenDigest: sha256(token), expiresAt: now + validHours * 3_600_000 };
  await db
    .insertInto('platform.setting')
    .values({ name: setting, value: json<unknown>(value) })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value: json<unknown>(value) }))
    .execute();
  return token;
}

/** Spends the link: creates the first account, a security administrator, who creates all others. */
export async function setUp(
  { db, now, locale, record }: Call,
  input: { token: string; loginName: string; name: string; password: string },
): Promise<AccountRow> {
  const note = record({
    what: 'account.set_up',
    who: { accountId: null, loginName: input.loginName, name: input.name },
  });
  const row = await db
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', setting)
    .forUpdate()
    .executeTakeFirst();
  if (await hasAccounts(db)) throw new ProblemError('identity.setup_done');
  const offered = row?.value as SetupSetting | undefined;
  if (offered === undefined || offered.expiresAt < now || offered.tokenDigest !== sha256(input.token))
    throw new ProblemError('identity.setup_token_wrong');
  const account = await createAccount(
    db,
    { ...input, grants: [{ role: 'security_admin', townId: null, gridId: null, unitId: null }] },
    now,
    locale,
  );
  note.object = objectOf(account);
  await db.deleteFrom('platform.setting').where('name', '=', setting).execute();
  return account;
}
