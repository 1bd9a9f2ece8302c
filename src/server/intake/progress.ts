import { contestDays } from '../../domain/cases/limits.ts';
import { can } from '../../domain/cases/transitions.ts';
import { instant } from '../../domain/kernel/time.ts';
import {
  attachmentView,
  factsOf,
  findCaseById,
  listAttachments,
  listRunningClocks,
  listSteps,
  viewParts,
} from '../cases/index.ts';
import { ProblemError } from '../platform/problem.ts';

import type { Progress } from '../../contracts/intake.ts';
import type { CaseState } from '../../domain/cases/states.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { AttachmentRow, CaseRecord, StepRow } from '../cases/index.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { IntakeParts } from './parts.ts';
import type { HeldCase } from './receipts.ts';
import type { Kysely } from 'kysely';

type StepKind = Progress['steps'][number]['kind'];

interface PublicStep {
  readonly kind: StepKind;
  /** Whether the step's note and photos are meant for the reporter. */
  readonly words: boolean;
  readonly unit: boolean;
}

/** Which steps the reporter sees, and how much of each. Remarks, reveals and inner reasons stay inside. */
const publicSteps: Readonly<Record<StepRow['action'], PublicStep | null>> = {
  report: { kind: 'received', words: false, unit: false },
  accept: { kind: 'accepted', words: false, unit: false },
  refuse: { kind: 'refused', words: true, unit: false },
  file: { kind: 'filed', words: false, unit: false },
  decline: { kind: 'refused', words: true, unit: false },
  dispatch: { kind: 'dispatched', words: false, unit: true },
  sign: { kind: 'signed', words: false, unit: true },
  return: { kind: 'returned', words: false, unit: true },
  feed_back: { kind: 'fed_back', words: true, unit: true },
  send_check: { kind: 'checking', words: false, unit: false },
  check_pass: { kind: 'checked', words: false, unit: false },
  check_fail: { kind: 'rework', words: false, unit: false },
  close: { kind: 'closed', words: true, unit: false },
  confirm: { kind: 'confirmed', words: true, unit: false },
  contest: { kind: 'contested', words: true, unit: false },
  remark: null,
  reveal: null,
};

const stageOf: Readonly<Record<CaseState, Progress['stage']>> = {
  reported: 'received',
  to_file: 'accepted',
  to_dispatch: 'accepted',
  to_sign: 'dispatched',
  handling: 'handling',
  fed_back: 'checking',
  checking: 'checking',
  to_close: 'checking',
  closed: 'closed',
  evaluated: 'confirmed',
  rejected: 'refused',
};

/** What a reporter sees of the case: human steps, units instead of persons, photos of the report and of the result. */
export async function readProgress(
  db: Kysely<Tables>,
  parts: IntakeParts,
  held: HeldCase,
  now: Instant,
): Promise<Progress> {
  const row = await findCaseById(db, held.townId, held.caseId);
  if (row === undefined) throw new ProblemError('intake.unknown_receipt');
  const steps = await listSteps(db, row.town_id, row.id);
  const photos = await listAttachments(db, row.town_id, row.id);
  const running = await listRunningClocks(db, row.town_id, [row.id]);
  return view(row, steps, photos, running, parts, now);
}

function view(
  row: CaseRecord,
  steps: readonly StepRow[],
  photos: readonly AttachmentRow[],
  running: readonly { readonly stage: string; readonly due_at: Instant | null }[],
  parts: IntakeParts,
  now: Instant,
): Progress {
  const { links } = viewParts(parts.cases, now);
  const photosOf = (seq: number) =>
    photos
      .filter(photo => photo.seq === seq)
      .map(photo => attachmentView(photo, links))
      .map(({ url, thumbUrl, width, height }) => ({ url, thumbUrl, width, height }));
  const facts = factsOf(row, parts.cases, 'zh');
  const reporter = { kind: 'reporter' } as const;
  const path = parts.cases.territory.path(row.grid_id);
  const contested = row.contest_count > 0 && row.state !== 'closed' && row.state !== 'evaluated';
  const handling = running.find(clock => clock.stage === 'handle') ?? running[0];
  return {
    number: row.number,
    words: row.words,
    address: row.address,
    gridName: path.map(grid => grid.name).join(' '),
    reportedAt: row.reported_at,
    stage: contested && row.state === 'to_dispatch' ? 'again' : stageOf[row.state],
    dueAt: handling?.due_at ?? null,
    steps: steps.flatMap(step => {
      const shown = publicSteps[step.action];
      if (shown === null) return [];
      const unit =
        shown.unit && step.unit_id !== null ? parts.cases.territory.unit(row.town_id, step.unit_id) : undefined;
      return [
        {
          at: step.at,
          kind: shown.kind,
          unitName: unit?.name ?? null,
          words: shown.words ? step.note : null,
          photos: shown.words ? photosOf(step.seq) : [],
        },
      ];
    }),
    photos: photosOf(1),
    canConfirm: can('confirm', facts, reporter, now) === null,
    canContest: can('contest', facts, reporter, now) === null,
    contestUntil: row.closed_at === null ? null : instant(row.closed_at + contestDays * 86_400_000),
  };
}
