import type { Progress } from '../../contracts/intake.ts';
import type { StatusTone } from '../../domain/cases/states.ts';

export type ProgressStage = Progress['stage'];

/** The tone of each stage, the same as the desk's for the states behind it. */
export const stageTone: Readonly<Record<ProgressStage, StatusTone>> = {
  received: 'waiting',
  accepted: 'dispatch',
  dispatched: 'handling',
  handling: 'handling',
  checking: 'checking',
  closed: 'closed',
  confirmed: 'closed',
  refused: 'returned',
  again: 'dispatch',
};

/** How many of the five milestones (received, accepted, handled, checked, closed) are behind us. */
export const milestonesReached: Readonly<Record<ProgressStage, number>> = {
  received: 1,
  accepted: 2,
  again: 2,
  dispatched: 2,
  handling: 2,
  checking: 3,
  closed: 5,
  confirmed: 5,
  refused: 1,
};

/** The picture before and the newest one after, when both are there. */
export function beforeAndAfter(progress: Progress): { readonly before: string; readonly after: string } | null {
  const before = progress.photos[0];
  let after: { readonly url: string } | undefined;
  for (const step of progress.steps)
    if (step.kind === 'fed_back' && step.photos[0] !== undefined) after = step.photos[0];
  return before === undefined || after === undefined ? null : { before: before.url, after: after.url };
}
