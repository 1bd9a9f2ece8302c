import { canonicalStep, saltedNote } from '../../domain/cases/record.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { randomToken, sha256 } from '../platform/secrets.ts';

import type { StoredFile, StoredStep } from '../../domain/cases/record.ts';
import type { ActionName } from '../../domain/cases/transitions.ts';
import type { CaseState } from '../../domain/cases/states.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { AttachmentRow, CaseRecord, StepRow } from './queries.ts';
import type { StepTable } from './tables.ts';
import type { Insertable } from 'kysely';

export interface StepInput {
  readonly townId: string;
  readonly caseId: string;
  readonly action: ActionName | 'report';
  readonly from: CaseState | null;
  readonly to: CaseState;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly post: string | null;
  /** The unit concerned: the one dispatched to, or the one that signs, returns or feeds back. */
  readonly unitId: string | null;
  readonly at: Instant;
  readonly note: string | null;
  readonly attachmentDigests: readonly string[];
}

/** The row of the next step, chained to the head of the case's record ([Note: The chained record]). */
export function nextStep(
  input: StepInput,
  head: { seq: number; hash: string } | null,
): Insertable<StepTable> & { hash: string } {
  const noteSalt = input.note === null ? null : randomToken(12);
  const noteDigest = input.note === null || noteSalt === null ? null : sha256(saltedNote(noteSalt, input.note));
  const seq = (head?.seq ?? 0) + 1;
  const prevHash = head?.hash ?? null;
  const hash = sha256(
    canonicalStep({
      caseId: input.caseId,
      seq,
      action: input.action,
      from: input.from,
      to: input.to,
      actor: input.actorId,
      actorName: input.actorName,
      post: input.post,
      unit: input.unitId,
      at: input.at,
      noteDigest,
      attachmentDigests: input.attachmentDigests,
      prevHash,
    }),
  );
  return {
    town_id: input.townId,
    case_id: input.caseId,
    seq,
    action: input.action,
    from_state: input.from,
    to_state: input.to,
    actor_id: input.actorId,
    actor_name: input.actorName,
    post: input.post,
    unit_id: input.unitId,
    at: timestamptz(input.at),
    note: input.note,
    note_salt: noteSalt,
    note_digest: noteDigest,
    attachment_digests: [...input.attachmentDigests],
    prev_hash: prevHash,
    hash,
  };
}

export const storedStep = (row: StepRow): StoredStep => ({
  caseId: row.case_id,
  seq: row.seq,
  action: row.action,
  from: row.from_state,
  to: row.to_state,
  actor: row.actor_id,
  actorName: row.actor_name,
  post: row.post,
  unit: row.unit_id,
  at: row.at,
  noteDigest: row.note_digest,
  attachmentDigests: row.attachment_digests,
  prevHash: row.prev_hash,
  hash: row.hash,
  note: row.note,
  noteSalt: row.note_salt,
});

export const storedFile = (
  row: Pick<CaseRecord, 'head_seq' | 'head_hash' | 'state' | 'words'>,
  photos: readonly Pick<AttachmentRow, 'seq' | 'sha256'>[],
): StoredFile => ({
  headSeq: row.head_seq,
  headHash: row.head_hash,
  state: row.state,
  words: row.words,
  photos,
});
