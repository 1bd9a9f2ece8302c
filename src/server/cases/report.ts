import { eventOf } from '../../domain/cases/events.ts';
import { stageLimits } from '../../domain/cases/limits.ts';
import { caseNumber } from '../../domain/cases/number.ts';
import { toLocalDate } from '../../domain/kernel/time.ts';
import { newId } from '../platform/clock.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { tell } from '../platform/events.ts';
import { ProblemError } from '../platform/problem.ts';
import * as queries from './queries.ts';
import { shippedScheme } from './catalogue.ts';
import { nextStep } from './record.ts';

import type { Channel } from '../../domain/cases/states.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Upload } from '../platform/uploads.ts';
import type { CasesParts } from './parts.ts';
import type { Kysely } from 'kysely';

export interface NewReport {
  readonly channel: Channel;
  readonly gridId: string;
  /** WGS-84, with what the device said of it. */
  readonly point: { lng: number; lat: number; datum: string; accuracy: number | null } | null;
  readonly address: string;
  readonly words: string;
  readonly categoryCode: string | null;
  readonly photos: readonly Upload[];
  readonly contact: { readonly name: string | null; readonly phone: string | null };
}

export interface Reported {
  readonly townId: string;
  readonly caseId: string;
  readonly number: string;
  readonly acceptDueAt: Instant | null;
}

/**
 * Turns a report of any channel into a case with its number, first step, clock and event, in the caller's transaction.
 * Throws `cases.unknown_category`, `grids.unknown_grid`.
 */
export async function reportCase(
  db: Kysely<Tables>,
  parts: CasesParts,
  report: NewReport,
  now: Instant,
): Promise<Reported> {
  const { territory, catalogue, secrets } = parts;
  const grid = territory.grid(report.gridId);
  const town = grid === undefined ? undefined : territory.grid(grid.town_id);
  if (grid === undefined || town === undefined) throw new ProblemError('grids.unknown_grid');
  const category = report.categoryCode === null ? null : catalogue.mustHave(report.categoryCode);
  const urgency = category?.urgency ?? 'C';
  const limit = stageLimits.accept[urgency];
  const dueAt = parts.due(limit, now);
  const townId = town.id;
  const caseId = newId();
  const step = nextStep(
    {
      townId,
      caseId,
      action: 'report',
      from: null,
      to: 'reported',
      actorId: null,
      actorName: null,
      post: null,
      unitId: null,
      at: now,
      note: report.words === '' ? null : report.words,
      attachmentDigests: report.photos.map(photo => photo.sha256),
    },
    null,
  );
  const day = toLocalDate(now, parts.zone);
  const serial = await queries.takeSerial(db, townId, day);
  const number = caseNumber({ townCode: town.code.slice(0, 9), day, serial });
  await queries.insertCase(db, {
    town_id: townId,
    id: caseId,
    number,
    version: 1,
    state: 'reported',
    channel: report.channel,
    urgency,
    words: report.words,
    address: report.address,
    lng: report.point?.lng ?? null,
    lat: report.point?.lat ?? null,
    datum: report.point?.datum ?? null,
    accuracy: report.point?.accuracy ?? null,
    grid_id: grid.id,
    grid_path: [...territory.idPath(grid.id)],
    scheme: category === null ? null : shippedScheme,
    category_code: category?.code ?? null,
    condition_no: null,
    lead_unit_id: null,
    checker_id: null,
    rating: null,
    reported_at: timestamptz(now),
    closed_at: null,
    updated_at: timestamptz(now),
    last_actor_name: null,
    clock_stage: 'accept',
    clock_due_at: dueAt === null ? null : timestamptz(dueAt),
    head_seq: 1,
    head_hash: step.hash,
  });
  await queries.insertStep(db, step);
  await queries.insertClocks(db, [
    {
      town_id: townId,
      case_id: caseId,
      id: newId(),
      stage: 'accept',
      limit_n: limit.n,
      limit_unit: limit.unit,
      start_at: timestamptz(now),
      due_at: dueAt === null ? null : timestamptz(dueAt),
      stopped_at: null,
    },
  ]);
  await queries.insertAttachments(
    db,
    report.photos.map(photo => ({ ...photo, town_id: townId, case_id: caseId, seq: 1 })),
  );
  const { name, phone } = report.contact;
  await queries.insertReporter(db, {
    town_id: townId,
    case_id: caseId,
    id: newId(),
    name_sealed: name === null ? null : secrets.seal(name),
    phone_sealed: phone === null ? null : secrets.seal(phone),
  });
  await tell(db, { townId, type: eventOf.report, subject: caseId, payload: {}, at: now });
  return { townId, caseId, number, acceptDueAt: dueAt };
}
