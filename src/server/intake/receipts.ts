import { parseCaseNumber, townCodeOf } from '../../domain/cases/number.ts';
import { instant } from '../../domain/kernel/time.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { ProblemError } from '../platform/problem.ts';
import { randomDigits } from '../platform/secrets.ts';

import type { Instant } from '../../domain/kernel/time.ts';
import type { Call } from '../platform/http/route.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { IntakeParts } from './parts.ts';
import type { Kysely } from 'kysely';

/**
 * Six digits and a lock: numbers are consecutive, so anybody can name a case, and ten thousand four-digit codes are soon tried.
 * Five wrong codes lock a number for fifteen minutes: 20 tries an hour against a million codes.
 */
const codeDigits = 6;
const failuresBeforeLock = 5;
const lockMinutes = 15;

const digestOf = (secrets: Secrets, number: string, code: string): string =>
  secrets.digest('query-code', `${number}/${code}`);

/** Makes the receipt of a new case; the code is told once and kept only as a keyed digest. */
export async function giveReceipt(
  db: Kysely<Tables>,
  { secrets }: { readonly secrets: Secrets },
  reported: { townId: string; caseId: string; number: string },
): Promise<string> {
  const code = randomDigits(codeDigits);
  await db
    .insertInto('intake.receipt')
    .values({
      town_id: reported.townId,
      number: reported.number,
      case_id: reported.caseId,
      code_digest: digestOf(secrets, reported.number, code),
      locked_until: null,
    })
    .execute();
  return code;
}

export interface HeldCase {
  readonly townId: string;
  readonly caseId: string;
}

/**
 * Checks number and code. A wrong code is counted, so the refusal is given after the commit; null then. Throws
 * `intake.unknown_receipt` for a number that does not exist, `intake.receipt_locked` while locked.
 */
export async function openReceipt(
  call: Call,
  parts: IntakeParts,
  typed: { number: string; queryCode: string },
): Promise<HeldCase | null> {
  const { db, now } = call;
  parts.receiptLimit.take(call.ip, now);
  const number = parseCaseNumber(typed.number);
  const town = number === null ? undefined : parts.cases.territory.townByCode(townCodeOf(number));
  if (number === null || town === undefined) throw new ProblemError('intake.unknown_receipt');
  const row = await db
    .selectFrom('intake.receipt')
    .selectAll()
    .where('town_id', '=', town.id)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('intake.unknown_receipt');
  if (row.locked_until !== null && row.locked_until > now)
    throw new ProblemError('intake.receipt_locked', { minutes: Math.ceil((row.locked_until - now) / 60_000) });
  const code = typed.queryCode.normalize('NFKC').replaceAll(/\s/gu, '');
  if (digestOf(parts.cases.secrets, number, code) === row.code_digest) {
    if (row.failed > 0) await count(db, row.town_id, number, 0, null);
    return { townId: row.town_id, caseId: row.case_id };
  }
  const failed = row.failed + 1;
  const locked = failed >= failuresBeforeLock;
  await count(db, row.town_id, number, locked ? 0 : failed, locked ? instant(now + lockMinutes * 60_000) : null);
  call.refuseAfterCommit(
    locked
      ? new ProblemError('intake.receipt_locked', { minutes: lockMinutes })
      : new ProblemError('intake.unknown_receipt'),
  );
  return null;
}

async function count(
  db: Kysely<Tables>,
  townId: string,
  number: string,
  failed: number,
  lockedUntil: Instant | null,
): Promise<void> {
  await db
    .updateTable('intake.receipt')
    .set({ failed, locked_until: lockedUntil === null ? null : timestamptz(lockedUntil) })
    .where('town_id', '=', townId)
    .where('number', '=', number)
    .execute();
}
