import { describe, expect, test } from 'vitest';

import { changeRow, dropLeaving, neighbour, openQueue, refreshQueue, settle } from './live-queue.ts';
import { belongsIn, compareBy } from './queue-rules.ts';

import type { CaseRow } from '../../contracts/cases.ts';
import type { LiveQueue, QueueRules } from './live-queue.ts';

const row = (id: string, due: number, more: Partial<CaseRow> = {}): CaseRow => ({
  id,
  number: `4101050012026112200${id.charCodeAt(0)}`,
  version: 1,
  state: 'reported',
  channel: 'web',
  urgency: 'C',
  title: '垃圾没有清运',
  categoryCode: null,
  address: '纬一路 5 号院',
  grid: [],
  lng: null,
  lat: null,
  reportedAt: 1000,
  updatedAt: 1000,
  clock: { stage: 'accept', limit: { n: 1, unit: 'WH' }, startAt: 1000, dueAt: due, stoppedAt: null },
  leadUnitId: null,
  leadUnitName: null,
  checkerId: null,
  thumbUrl: null,
  contestCount: 0,
  reworkCount: 0,
  ...more,
});

const rules: QueueRules = {
  belongs: belongsIn({ queue: 'to_accept', sort: 'due' }, { accountId: 'me', unitIds: [] }),
  compare: compareBy.due,
  moreFollows: false,
};
const ids = (queue: LiveQueue): string => queue.shown.map(item => item.row.id + (item.leaving ? '-' : '')).join(' ');
const waiting = (queue: LiveQueue): string => queue.waiting.map(item => item.id).join(' ');
const open = openQueue([row('a', 10), row('b', 20), row('c', 30)]);

describe('a calm list', () => {
  test('takes a new row in its place and marks when it came', () => {
    const next = changeRow(open, { caseId: 'n', row: row('n', 15), at: 50 }, rules, true, 500);
    expect(ids(next)).toBe('a n b c');
    expect(next.shown[1]?.cameAt).toBe(500);
  });

  test('drops a row that went to another queue', () => {
    expect(
      ids(
        changeRow(open, { caseId: 'b', row: row('b', 20, { state: 'to_file', version: 2 }), at: 50 }, rules, true, 0),
      ),
    ).toBe('a c');
  });

  test('drops a row that is out of sight', () => {
    expect(ids(changeRow(open, { caseId: 'b', row: null, at: 50 }, rules, true, 0))).toBe('a c');
  });

  test('moves a row whose order changed', () => {
    expect(ids(changeRow(open, { caseId: 'a', row: row('a', 99, { version: 2 }), at: 50 }, rules, true, 0))).toBe(
      'b c a',
    );
  });
});

describe('a list under the pointer', () => {
  test('keeps every row where it is: new ones wait, leaving ones fade, changed ones change in place', () => {
    let queue = changeRow(open, { caseId: 'n', row: row('n', 5), at: 50 }, rules, false, 0);
    queue = changeRow(
      queue,
      { caseId: 'b', row: row('b', 20, { state: 'to_file', version: 2 }), at: 50 },
      rules,
      false,
      0,
    );
    queue = changeRow(
      queue,
      { caseId: 'a', row: row('a', 99, { version: 2, title: '改了' }), at: 50 },
      rules,
      false,
      0,
    );
    expect(ids(queue)).toBe('a b- c');
    expect(waiting(queue)).toBe('n');
    expect(queue.shown[0]?.row.title).toBe('改了');
    expect(ids(settle(queue, rules, 0))).toBe('n c a');
  });

  test('forgets a waiting row that somebody else took meanwhile', () => {
    const queue = changeRow(open, { caseId: 'n', row: row('n', 5), at: 50 }, rules, false, 0);
    expect(
      waiting(
        changeRow(queue, { caseId: 'n', row: row('n', 5, { state: 'to_file', version: 2 }), at: 50 }, rules, false, 0),
      ),
    ).toBe('');
  });

  test('takes a leaving row back when it returns', () => {
    const gone = changeRow(
      open,
      { caseId: 'b', row: row('b', 20, { state: 'to_file', version: 2 }), at: 50 },
      rules,
      false,
      0,
    );
    expect(ids(changeRow(gone, { caseId: 'b', row: row('b', 20, { version: 3 }), at: 50 }, rules, false, 0))).toBe(
      'a b c',
    );
  });

  test('left while scrolled: faded rows go, new ones keep waiting', () => {
    let queue = changeRow(open, { caseId: 'n', row: row('n', 5), at: 50 }, rules, false, 0);
    queue = changeRow(queue, { caseId: 'b', row: null, at: 50 }, rules, false, 0);
    const left = dropLeaving(queue);
    expect(ids(left)).toBe('a c');
    expect(waiting(left)).toBe('n');
  });
});

test('an event that is older than the row shown changes nothing', () => {
  const queue = openQueue([row('a', 10, { version: 5 })]);
  expect(
    changeRow(queue, { caseId: 'a', row: row('a', 10, { state: 'to_file', version: 4 }), at: 50 }, rules, true, 0),
  ).toBe(queue);
});

test('a row behind the last one of an unfinished list is left to the next page', () => {
  expect(changeRow(open, { caseId: 'z', row: row('z', 99), at: 50 }, { ...rules, moreFollows: true }, true, 0)).toBe(
    open,
  );
});

describe('the list from the server again', () => {
  test('under the pointer, news wait and vanished rows fade', () => {
    const next = refreshQueue(open, { rows: [row('n', 5), row('a', 10), row('c', 30)], at: 100 }, rules, false, 0);
    expect(ids(next)).toBe('a b- c');
    expect(waiting(next)).toBe('n');
  });

  test('the next page is appended without a pill', () => {
    const next = refreshQueue(
      open,
      { rows: [row('a', 10), row('b', 20), row('c', 30), row('d', 40)], at: 100 },
      rules,
      false,
      0,
    );
    expect(ids(next)).toBe('a b c d');
    expect(waiting(next)).toBe('');
  });

  test('calm, it simply becomes the list', () => {
    expect(ids(refreshQueue(open, { rows: [row('n', 5), row('c', 30)], at: 100 }, rules, true, 0))).toBe('n c');
  });

  test('a stale answer does not undo a newer live change', () => {
    const queue = changeRow(
      open,
      { caseId: 'a', row: row('a', 10, { version: 3, title: '新' }), at: 50 },
      rules,
      true,
      0,
    );
    const next = refreshQueue(queue, { rows: [row('a', 10), row('b', 20), row('c', 30)], at: 100 }, rules, true, 0);
    expect(next.shown[0]?.row.title).toBe('新');
  });
});

describe('an answer that was made before a live change', () => {
  const early = { at: 40 };

  test('does not take away a row that came since', () => {
    const queue = changeRow(open, { caseId: 'n', row: row('n', 15), at: 50 }, rules, true, 0);
    const next = refreshQueue(queue, { rows: [row('a', 10), row('b', 20), row('c', 30)], ...early }, rules, true, 0);
    expect(ids(next)).toBe('a n b c');
  });

  test('does not bring back a row that left since', () => {
    const queue = changeRow(open, { caseId: 'b', row: null, at: 50 }, rules, true, 0);
    const next = refreshQueue(queue, { rows: [row('a', 10), row('b', 20), row('c', 30)], ...early }, rules, true, 0);
    expect(ids(next)).toBe('a c');
  });

  test('does not drop a row that waits behind the pill', () => {
    const queue = changeRow(open, { caseId: 'n', row: row('n', 5), at: 50 }, rules, false, 0);
    const next = refreshQueue(queue, { rows: [row('a', 10), row('b', 20), row('c', 30)], ...early }, rules, false, 0);
    expect(waiting(next)).toBe('n');
  });
});

describe('neighbours for the keyboard', () => {
  test('next and previous stop at the ends', () => {
    expect(neighbour(open.shown, 'b', 1, 1)?.id).toBe('c');
    expect(neighbour(open.shown, 'c', 2, 1)?.id).toBe('c');
    expect(neighbour(open.shown, 'a', 0, -1)?.id).toBe('a');
  });

  test('when the chosen row has left, next is what stands in its place', () => {
    expect(neighbour(open.shown, 'gone', 1, 1)?.id).toBe('b');
    expect(neighbour(open.shown, 'gone', 1, -1)?.id).toBe('a');
    expect(neighbour([], undefined, 0, 1)).toBeUndefined();
  });
});

describe('which rows belong', () => {
  const viewer = { accountId: 'me', unitIds: ['u1'] };
  test('a unit sees what is dispatched to it', () => {
    const belongs = belongsIn({ states: ['to_sign'], mine: 'unit', sort: 'due' }, viewer);
    expect(belongs(row('a', 1, { state: 'to_sign', leadUnitId: 'u1' }))).toBe(true);
    expect(belongs(row('a', 1, { state: 'to_sign', leadUnitId: 'u2' }))).toBe(false);
  });

  test('searched words are found in the report, the address and the number, spaced or not', () => {
    const found = (search: string): boolean =>
      belongsIn({ queue: 'to_accept', search, sort: 'due' }, viewer)(row('a', 1, { number: '4101050012026112200012' }));
    expect([found('清运'), found('纬一路'), found('410105001 20261122'), found('路灯')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('rows without a clock come last when sorted by time left', () => {
    const sorted = [row('x', 0, { clock: null }), row('y', 9)].toSorted(compareBy.due);
    expect(sorted.map(item => item.id)).toEqual(['y', 'x']);
  });
});
