/**
 * [Note: A list that stands still] The queue is live, but nothing may move under a pointer that is about to click. While the list
 * is not calm (pointer over it, or scrolled away from its top) a new row waits behind a pill, a changed row changes in its place,
 * and a row that left the queue keeps its place and fades. When the list is calm again the same changes are simply made.
 */
import type { CaseRow } from '../../contracts/cases.ts';

export interface ShownRow {
  readonly row: CaseRow;
  /** It no longer belongs here and only keeps its place until the list is calm. */
  readonly leaving: boolean;
  /** When it came in live (epoch milliseconds); null for rows that were there when the list was opened. */
  readonly cameAt: number | null;
}

export interface LiveQueue {
  readonly shown: readonly ShownRow[];
  /** Rows that came while the list was not calm, in the list's order. */
  readonly waiting: readonly CaseRow[];
  /** Cases heard of live, with the server's instant of the event: an answer that was made before it does not undo it. */
  readonly heard: ReadonlyMap<string, number>;
}

/** One case came, changed or (row null) went out of sight, at an instant of the server. */
export interface CaseChange {
  readonly caseId: string;
  readonly row: CaseRow | null;
  readonly at: number;
}

/** Rows as the server answered them, with the instant of the answer. */
export interface GivenRows {
  readonly rows: readonly CaseRow[];
  readonly at: number;
}

export interface QueueRules {
  readonly belongs: (row: CaseRow) => boolean;
  readonly compare: (a: CaseRow, b: CaseRow) => number;
  /** The server has more rows after the last one shown; what sorts behind it is left to the next page. */
  readonly moreFollows: boolean;
}

export const emptyQueue: LiveQueue = { shown: [], waiting: [], heard: new Map() };

/** The list as the server gave it, for a list that is opened or whose filter changed. */
export function openQueue(rows: readonly CaseRow[]): LiveQueue {
  return { ...emptyQueue, shown: rows.map(row => ({ row, leaving: false, cameAt: null })) };
}

/** The server's list came again (after a gap, or the next page): what differs is treated like live changes. */
export function refreshQueue(
  queue: LiveQueue,
  { rows, at }: GivenRows,
  rules: QueueRules,
  calm: boolean,
  now: number,
): LiveQueue {
  const heard = new Map([...queue.heard].filter(([, heardAt]) => heardAt > at));
  const given = new Map(rows.filter(row => !heard.has(row.id)).map(row => [row.id, row]));
  const known = new Set(queue.shown.map(item => item.row.id));
  const last = queue.shown.findLast(item => !item.leaving)?.row;
  // A row behind the last one shown is the next page, not news: it cannot shift anything and needs no pill.
  const isNextPage = (row: CaseRow): boolean => last === undefined || rules.compare(row, last) > 0;
  const unknown = [...given.values()].filter(row => !known.has(row.id));
  const kept = queue.shown.map(item => {
    if (heard.has(item.row.id)) return item;
    const row = given.get(item.row.id);
    return row === undefined ? { ...item, leaving: true } : { ...item, row: newer(row, item.row), leaving: false };
  });
  const appended = unknown.filter(isNextPage).map(row => ({ row, leaving: false, cameAt: null }));
  const stillWaiting = queue.waiting.filter(row => heard.has(row.id));
  const news = [...stillWaiting, ...unknown.filter(row => !isNextPage(row))].toSorted(rules.compare);
  const next = { shown: [...kept, ...appended], waiting: news, heard };
  return calm ? settle(next, rules, now) : next;
}

/** One case came, changed or went out of sight. */
export function changeRow(
  queue: LiveQueue,
  { caseId, row, at }: CaseChange,
  rules: QueueRules,
  calm: boolean,
  now: number,
): LiveQueue {
  const belongs = row !== null && rules.belongs(row);
  const heard = new Map(queue.heard).set(caseId, at);
  const known = queue.shown.find(item => item.row.id === caseId);
  if (known !== undefined) {
    if (row !== null && row.version < known.row.version) return queue;
    const shown = queue.shown.map(item =>
      item === known ? { ...item, row: row ?? item.row, leaving: !belongs } : item,
    );
    const next = { ...queue, shown, heard };
    return calm ? settle(next, rules, now) : next;
  }
  const others = queue.waiting.filter(other => other.id !== caseId);
  if (!belongs) return { ...queue, waiting: others, heard };
  const last = queue.shown.at(-1)?.row;
  if (rules.moreFollows && last !== undefined && rules.compare(row, last) > 0) return queue;
  const next = { ...queue, waiting: [...others, row].toSorted(rules.compare), heard };
  return calm ? settle(next, rules, now) : next;
}

/** The list is calm, or the person asked for the new rows: waiting rows come in, leaving ones go, all in order. */
export function settle(queue: LiveQueue, rules: QueueRules, now: number): LiveQueue {
  if (queue.waiting.length === 0 && !queue.shown.some(item => item.leaving) && isSorted(queue.shown, rules))
    return queue;
  const staying = queue.shown.filter(item => !item.leaving);
  const coming = queue.waiting.map(row => ({ row, leaving: false, cameAt: now }));
  const shown = [...staying, ...coming].toSorted((a, b) => rules.compare(a.row, b.row));
  return { ...queue, shown, waiting: [] };
}

/** The pointer left a list that is still scrolled: rows that only kept their place go, new ones keep waiting. */
export function dropLeaving(queue: LiveQueue): LiveQueue {
  const shown = queue.shown.filter(item => !item.leaving);
  return shown.length === queue.shown.length ? queue : { ...queue, shown };
}

/**
 * The row to go to from the keyboard: the neighbour of the chosen one; when that has left the list, what now stands in its
 * place. Undefined only for an empty list.
 */
export function neighbour(
  rows: readonly ShownRow[],
  chosenId: string | undefined,
  lastIndex: number,
  step: 1 | -1,
): CaseRow | undefined {
  if (rows.length === 0) return undefined;
  const index = rows.findIndex(item => item.row.id === chosenId);
  const wanted = index >= 0 ? index + step : step === 1 ? lastIndex : lastIndex - 1;
  return rows[Math.min(Math.max(wanted, 0), rows.length - 1)]?.row;
}

const newer = (a: CaseRow, b: CaseRow): CaseRow => (a.version >= b.version ? a : b);

const isSorted = (shown: readonly ShownRow[], rules: QueueRules): boolean =>
  shown.every((item, index) => {
    const before = shown[index - 1];
    return before === undefined || rules.compare(before.row, item.row) <= 0;
  });
