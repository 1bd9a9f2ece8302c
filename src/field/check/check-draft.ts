import { forget, keep, kept } from '../../browser/ui/keep.ts';

import type { ActInput } from '../../contracts/cases.ts';

export type CheckInput = Extract<ActInput, { action: 'check_pass' | 'check_fail' }>;

/** A result sent whose answer is not known; its key stays until there is one. */
export interface CheckAttempt {
  readonly key: string;
  readonly body: CheckInput;
}

export interface CheckDraft {
  readonly note: string;
  readonly attempt: CheckAttempt | null;
}

export const emptyCheck: CheckDraft = { note: '', attempt: null };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What was begun on a task, from its kept text; empty when there is none or it cannot be read. */
export function checkDraftFrom(text: string | null): CheckDraft {
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return emptyCheck;
  }
  if (!isRecord(value)) return emptyCheck;
  const { note, attempt } = value;
  return {
    note: typeof note === 'string' ? note : '',
    attempt:
      isRecord(attempt) && typeof attempt['key'] === 'string' && isRecord(attempt['body'])
        ? { key: attempt['key'], body: attempt['body'] as unknown as CheckInput }
        : null,
  };
}

const keyOf = (caseId: string): string => `jingwei.check.${caseId}`;

export const readCheckDraft = (caseId: string): CheckDraft => checkDraftFrom(kept(keyOf(caseId)));

export function keepCheckDraft(caseId: string, draft: CheckDraft): void {
  if (draft.note === '' && draft.attempt === null) forget(keyOf(caseId));
  else keep(keyOf(caseId), JSON.stringify(draft));
}

/** The body of a result. A pass may come without words. */
export function checkBody(passes: boolean, version: number, note: string, attachments: readonly string[]): CheckInput {
  const base = { version, attachments: [...attachments] };
  const words = note.trim();
  if (!passes) return { action: 'check_fail', ...base, note: words };
  return { action: 'check_pass', ...base, ...(words === '' ? {} : { note: words }) };
}
