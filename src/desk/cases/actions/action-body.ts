/** From what was filled in to what is sent, or to what is still missing. Pure: the form shows the same answer that sending gives. */
import { countCharacters } from '../../../contracts/text.ts';
import { transitions } from '../../../domain/cases/transitions.ts';

import type { ActInput } from '../../../contracts/cases.ts';
import type { StaffAction } from '../panel/action-list.ts';
import type { Draft } from '../panel/drafts.ts';

export const noteLimit = 2000;

export type Missing = 'note' | 'category' | 'condition' | 'unit' | 'checker' | 'photo' | 'note_too_long';

export type Body = { readonly body: ActInput } | { readonly missing: Missing };

interface BodyInput {
  readonly action: StaffAction;
  readonly version: number;
  readonly draft: Draft;
  /** Photos that the server has. */
  readonly attachments: readonly string[];
  /** The category demands a photo after handling. */
  readonly photoNeeded: boolean;
}

/** The note or words beside an action are obligatory where the table of transitions says so. */
export const needsNote = (action: StaffAction): boolean => transitions[action].note === 'required';

export function bodyOf({ action, version, draft, attachments, photoNeeded }: BodyInput): Body {
  const note = draft.note?.trim() ?? '';
  if (countCharacters(note) > noteLimit) return { missing: 'note_too_long' };
  if (needsNote(action) && note === '') return { missing: 'note' };
  const base = { version, attachments: [...attachments] };
  const categoryCode = draft.categoryCode ?? null;
  const withNote = note === '' ? base : { ...base, note };
  switch (action) {
    case 'accept':
      return {
        body: { action, ...withNote, ...(categoryCode === null ? {} : { categoryCode }) },
      };
    case 'file':
      if (categoryCode === null) return { missing: 'category' };
      if (draft.conditionNo === undefined) return { missing: 'condition' };
      return { body: { action, ...withNote, categoryCode, conditionNo: draft.conditionNo } };
    case 'dispatch':
      return draft.unitId === undefined ? { missing: 'unit' } : { body: { action, ...withNote, unitId: draft.unitId } };
    case 'send_check':
      return draft.checkerId === undefined
        ? { missing: 'checker' }
        : { body: { action, ...withNote, checkerId: draft.checkerId } };
    case 'feed_back':
      return photoNeeded && attachments.length === 0 ? { missing: 'photo' } : { body: { action, ...base, note } };
    case 'sign':
    case 'check_pass':
    case 'close':
      return { body: { action, ...withNote } };
    case 'refuse':
    case 'decline':
    case 'return':
    case 'check_fail':
    case 'remark':
    case 'reveal':
      return { body: { action, ...base, note } };
  }
}
