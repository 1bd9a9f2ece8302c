/**
 * What was typed for an action and not sent yet, per case and action. It outlives closing the form, opening another case, a lost
 * race and signing in again; it goes when it is sent, when the person signs out, and with the browser's tab.
 */
import { useSyncExternalStore } from 'react';

import { photoQueue } from '../../../browser/ui/photos/photo-queue.ts';

import type { StaffAction } from './action-list.ts';

export interface Draft {
  readonly note?: string;
  /** Null: a suggested one was taken out on purpose. */
  readonly categoryCode?: string | null;
  readonly conditionNo?: number | undefined;
  readonly unitId?: string;
  readonly checkerId?: string;
}

const prefix = 'jingwei.draft.';
const drafts = new Map<string, Draft>();
const photoOwners = new Set<string>();
const listeners = new Set<() => void>();
const nothing: Draft = {};

const keyOf = (caseId: string, action: StaffAction): string => `${prefix}${caseId}.${action}`;

function read(key: string): Draft {
  const known = drafts.get(key);
  if (known !== undefined) return known;
  let stored: Draft = nothing;
  try {
    const text = sessionStorage.getItem(key);
    if (text !== null) stored = JSON.parse(text) as Draft;
  } catch {
    // Storage may be forbidden; the draft then lives as long as the page.
  }
  drafts.set(key, stored);
  return stored;
}

function write(key: string, draft: Draft): void {
  drafts.set(key, draft);
  try {
    if (draft === nothing) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // See read.
  }
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface DraftInHand {
  readonly draft: Draft;
  readonly change: (next: Draft) => void;
  readonly clear: () => void;
}

export function useDraft(caseId: string, action: StaffAction): DraftInHand {
  const key = keyOf(caseId, action);
  const draft = useSyncExternalStore(subscribe, () => read(key));
  return {
    draft,
    change: next => write(key, { ...read(key), ...next }),
    clear: () => write(key, nothing),
  };
}

/** Whose photos they are in the browser's store. */
export function photoOwner(caseId: string, action: StaffAction): string {
  const owner = `${action}:${caseId}`;
  photoOwners.add(owner);
  return owner;
}

/** On signing out: the next person at this computer finds nothing of the last. */
export function clearDrafts(): void {
  for (const owner of photoOwners) photoQueue(owner).clear();
  photoOwners.clear();
  drafts.clear();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
  for (const tell of listeners) tell();
}
