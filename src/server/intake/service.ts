import { photosLimit, wordsLimit } from '../../contracts/intake.ts';
import { countCharacters } from '../../contracts/text.ts';
import { act, lockCaseById, reportCase } from '../cases/index.ts';
import { resolvePlace } from '../grids/index.ts';
import { seeTowns } from '../platform/database/town-sight.ts';
import { once } from '../platform/once.ts';
import { ProblemError } from '../platform/problem.ts';
import { claimUploads } from '../platform/uploads.ts';
import { giveReceipt } from './receipts.ts';

import type { giveVerdict, report } from '../../contracts/intake.ts';
import type { BodyOf, ReplyOf } from '../../contracts/endpoint.ts';
import type { Call } from '../platform/http/route.ts';
import type { IntakeParts } from './parts.ts';
import type { HeldCase } from './receipts.ts';

/**
 * A resident's report becomes a case, once for each idempotency key. Refuses before anything is stored: too many words, nothing
 * said, a place outside, an unknown category.
 */
export async function reportByResident(
  call: Call,
  parts: IntakeParts,
  body: BodyOf<typeof report>,
): Promise<ReplyOf<typeof report>> {
  const { db, now } = call;
  parts.reportLimit.take(call.ip, now);
  const words = body.words.trim();
  const length = countCharacters(words);
  if (length > wordsLimit) throw new ProblemError('intake.words_too_long', { length, limit: wordsLimit });
  if (words === '' && body.photos.length === 0) throw new ProblemError('intake.nothing_reported');
  const { grid, point } = resolvePlace(parts.cases.territory, body.place);
  const path = parts.cases.territory.path(grid.id);
  const resend = {
    townId: grid.town_id,
    scope: 'intake.report',
    key: call.idempotencyKey,
    digest: call.bodyDigest,
    now,
  };
  // The report itself gives the right to write its reporter, in this town.
  await seeTowns(db, [grid.town_id]);
  return once(
    db,
    resend,
    async () => {
      const photos = await claimUploads(db, body.photos.slice(0, photosLimit));
      const reported = await reportCase(
        db,
        parts.cases,
        {
          channel: 'web',
          gridId: grid.id,
          point:
            point === null || body.place.point === undefined
              ? null
              : { ...point, datum: body.place.point.datum, accuracy: body.place.point.accuracy ?? null },
          address: body.place.address ?? '',
          words,
          categoryCode: body.categoryCode ?? null,
          photos,
          contact: { name: body.contact?.name ?? null, phone: body.contact?.phone ?? null },
        },
        now,
      );
      return {
        number: reported.number,
        queryCode: await giveReceipt(db, parts.cases, reported),
        reportedAt: now,
        acceptDueAt: reported.acceptDueAt,
        gridName: path.map(step => step.name).join(' '),
      };
    },
    parts.cases.secrets,
  );
}

/** The reporter confirms the closing or contests it. */
export async function takeVerdict(
  call: Call,
  parts: IntakeParts,
  held: HeldCase,
  body: BodyOf<typeof giveVerdict>,
): Promise<void> {
  const { db, now, locale } = call;
  const row = await lockCaseById(db, held.townId, held.caseId);
  if (row === undefined) throw new ProblemError('intake.unknown_receipt');
  await act({ db, now, locale, actor: { kind: 'reporter' } }, parts.cases, row, {
    action: body.verdict,
    version: null,
    note: body.words ?? null,
    attachments: [],
    rating: body.verdict === 'confirm' ? body.rating : undefined,
  });
}
