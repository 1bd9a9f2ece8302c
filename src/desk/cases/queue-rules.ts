import { states } from '../../domain/cases/states.ts';
import { queues } from '../../contracts/cases.ts';

import type { CaseRow, Queue } from '../../contracts/cases.ts';
import type { CaseState } from '../../domain/cases/states.ts';

export type Sort = 'due' | 'newest' | 'urgency';
/** What has ended has no time left: the latest first. */
export const usualSort = (queue: Queue | 'all'): Sort => (queue === 'ended' ? 'newest' : 'due');
export const sorts = ['due', 'newest', 'urgency'] as const satisfies readonly Sort[];
export const queueNames = Object.keys(queues) as Queue[];

/** What a list shows: the states of its tab, possibly only one's own, possibly words that were searched for. */
export interface QueueFilter {
  readonly queue?: Queue;
  readonly states?: readonly CaseState[];
  readonly mine?: 'unit' | 'check';
  readonly search?: string;
  readonly sort: Sort;
}

/** Whose list it is, for the rows that arrive live and were not filtered by the server. */
export interface Viewer {
  readonly accountId: string;
  readonly unitIds: readonly string[];
}

export function statesOf(filter: QueueFilter): readonly CaseState[] {
  if (filter.queue !== undefined) return queues[filter.queue];
  return filter.states ?? (Object.keys(states) as CaseState[]);
}

/** Whether a row that came live belongs in the list; the same conditions as the server's, as far as a row shows them. */
export function belongsIn(filter: QueueFilter, viewer: Viewer): (row: CaseRow) => boolean {
  const wanted = new Set<CaseState>(statesOf(filter));
  const words = filter.search?.trim().toLowerCase() ?? '';
  const digits = words.replaceAll(/[\s-]/gu, '');
  return row => {
    if (!wanted.has(row.state)) return false;
    if (filter.mine === 'unit' && (row.leadUnitId === null || !viewer.unitIds.includes(row.leadUnitId))) return false;
    if (filter.mine === 'check' && row.checkerId !== viewer.accountId) return false;
    return (
      words === '' ||
      row.title.toLowerCase().includes(words) ||
      row.address.toLowerCase().includes(words) ||
      (digits !== '' && row.number.includes(digits))
    );
  };
}

const noDue = Number.POSITIVE_INFINITY;
const dueOf = (row: CaseRow): number => row.clock?.dueAt ?? noDue;
/** Subtraction of two infinities is not a number. */
const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: CaseRow, b: CaseRow): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const byDue = (a: CaseRow, b: CaseRow): number => order(dueOf(a), dueOf(b)) || byId(a, b);

/** The server's own orders (`cases.list`), so that a row that comes live stands where the next answer has it. */
export const compareBy: Readonly<Record<Sort, (a: CaseRow, b: CaseRow) => number>> = {
  due: byDue,
  newest: (a, b) => order(b.reportedAt, a.reportedAt) || byId(b, a),
  urgency: (a, b) => (a.urgency < b.urgency ? -1 : a.urgency > b.urgency ? 1 : byDue(a, b)),
};
