import { describe, expect, test } from 'vitest';

import { instant } from '../kernel/time.ts';
import { roleNames } from '../identity/permissions.ts';
import { stateNames } from './states.ts';
import { actionNames, can, decide } from './transitions.ts';

import type { Actor, Role } from '../identity/permissions.ts';
import type { CaseState, Stage } from './states.ts';
import type { ActionName, CaseFacts } from './transitions.ts';

const closedAt = instant(Date.UTC(2026, 3, 13, 2, 0));
const now = instant(closedAt + 3_600_000);

/** A case of the courtyard g1, in the hands of unit u1, handled by account `handler`, its check given to `checker`. */
const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  state: 'reported',
  urgency: 'C',
  gridPath: ['town', 'community', 'g1'],
  leadUnitId: 'u1',
  handlerIds: ['handler'],
  checkerId: 'checker',
  contestCount: 0,
  closedAt,
  handleLimit: { n: 3, unit: 'WD' },
  photoReason: null,
  ...more,
});

type Place = Partial<Record<'townId' | 'gridId' | 'unitId', string>>;

const places: Partial<Record<Role, Place>> = {
  community_head: { gridId: 'community' },
  grid_worker: { gridId: 'g1' },
  unit_handler: { unitId: 'u1' },
};

const person = (accountId: string, ...held: readonly (readonly [Role, Place?])[]): Actor => ({
  kind: 'account',
  accountId,
  name: accountId,
  grants: held.map(([role, place = places[role] ?? {}]) => ({
    role,
    townId: 'town',
    gridId: null,
    unitId: null,
    ...place,
  })),
});

const elsewhere: Place = { townId: 'other town' };

const actors: Readonly<Record<string, Actor>> = {
  reporter: { kind: 'reporter' },
  system: { kind: 'system' },
  ...Object.fromEntries(roleNames.map(role => [role, person('somebody', [role])])),
  'acceptor of another town': person('somebody', ['acceptor', elsewhere]),
  'leader here, dispatcher elsewhere': person('somebody', ['leader'], ['dispatcher', elsewhere]),
  'handler of another unit': person('somebody', ['unit_handler', { unitId: 'u2' }]),
  'handler of a like unit elsewhere': person('somebody', ['unit_handler', { ...elsewhere, unitId: 'u1' }]),
  'worker of the sibling courtyard': person('somebody', ['grid_worker', { gridId: 'g2' }]),
  'worker here, handler of another unit': person('somebody', ['grid_worker'], ['unit_handler', { unitId: 'u2' }]),
  'the checker named': person('checker', ['grid_worker']),
  'the checker named, of another courtyard': person('checker', ['grid_worker', { gridId: 'g2' }]),
  'the checker named, of the handling unit': person('checker', ['grid_worker'], ['unit_handler']),
  'whoever handled': person('handler', ['grid_worker']),
};

/** What each may do in the right state. `-` not permitted, `U` not your unit, `C` not your check, `H` the checker is a handler. */
const matrix = `
                                        accept refuse file decline dispatch sign return feed_back send_check check_pass check_fail close confirm contest remark reveal
reporter                                -      -      -    -       -        -    -      -         -          -          -          -     yes     yes     -      -
system                                  -      -      -    -       -        -    -      -         -          -          -          -     -       -       -      -
acceptor                                yes    yes    -    -       -        -    -      -         yes        C          C          -     -       -       yes    yes
shift_leader                            yes    yes    yes  yes     -        -    -      -         -          C          C          yes   -       -       yes    yes
dispatcher                              -      -      -    -       yes      -    -      -         yes        -          -          -     -       -       yes    yes
supervisor                              -      -      -    -       -        -    -      -         -          C          C          -     -       -       yes    yes
leader                                  -      -      -    -       -        -    -      -         -          -          -          -     -       -       yes    -
community_head                          -      -      -    -       -        -    -      -         -          C          C          -     -       -       yes    -
grid_worker                             -      -      -    -       -        -    -      -         -          C          C          -     -       -       yes    -
unit_handler                            -      -      -    -       -        yes  yes    yes       -          -          -          -     -       -       yes    yes
system_admin                            -      -      -    -       -        -    -      -         -          -          -          -     -       -       -      -
security_admin                          -      -      -    -       -        -    -      -         -          -          -          -     -       -       -      -
audit_admin                             -      -      -    -       -        -    -      -         -          -          -          -     -       -       -      -
acceptor of another town                -      -      -    -       -        -    -      -         -          C          C          -     -       -       -      -
leader here, dispatcher elsewhere       -      -      -    -       -        -    -      -         -          -          -          -     -       -       yes    -
handler of another unit                 -      -      -    -       -        U    U      U         -          -          -          -     -       -       -      -
handler of a like unit elsewhere        -      -      -    -       -        U    U      U         -          -          -          -     -       -       -      -
worker of the sibling courtyard         -      -      -    -       -        -    -      -         -          C          C          -     -       -       -      -
worker here, handler of another unit    -      -      -    -       -        U    U      U         -          C          C          -     -       -       yes    -
the checker named                       -      -      -    -       -        -    -      -         -          yes        yes        -     -       -       yes    -
the checker named, of another courtyard -      -      -    -       -        -    -      -         -          yes        yes        -     -       -       yes    -
the checker named, of the handling unit -      -      -    -       -        yes  yes    yes       -          H          H          -     -       -       yes    yes
whoever handled                         -      -      -    -       -        -    -      -         -          H          H          -     -       -       yes    -
`;

const answers: Readonly<Record<string, string | null>> = {
  yes: null,
  '-': 'identity.not_permitted',
  U: 'cases.not_your_unit',
  C: 'cases.not_your_check',
  H: 'cases.checker_is_handler',
};

/** From which states each action leads where; `=` keeps the state. */
const ways: Readonly<Record<ActionName, readonly [from: string, to: CaseState | '=']>> = {
  accept: ['reported', 'to_file'],
  refuse: ['reported', 'rejected'],
  file: ['to_file', 'to_dispatch'],
  decline: ['to_file', 'rejected'],
  dispatch: ['to_dispatch', 'to_sign'],
  sign: ['to_sign', 'handling'],
  return: ['to_sign handling', 'to_dispatch'],
  feed_back: ['handling', 'fed_back'],
  send_check: ['fed_back checking', 'checking'],
  check_pass: ['checking', 'to_close'],
  check_fail: ['checking', 'to_sign'],
  close: ['to_close', 'closed'],
  confirm: ['closed', 'evaluated'],
  contest: ['closed', 'to_dispatch'],
  remark: [stateNames.join(' '), '='],
  reveal: [stateNames.join(' '), '='],
};

const rows = matrix.trim().split('\n');
const columns = (rows[0] ?? '').trim().split(/\s+/) as ActionName[];
const table = rows.slice(1).map(row => ({
  who: row.slice(0, 40).trim(),
  cells: row.slice(40).trim().split(/\s+/),
}));

const input = { photoCount: 1, checker: { accountId: 'other', unitIds: [], mayCheckHere: true } };

test('the matrix names every action and every kind of actor', () => {
  expect(columns.toSorted()).toEqual(actionNames.toSorted());
  expect(table.map(({ who }) => who)).toEqual(Object.keys(actors));
  expect(table.every(({ cells }) => cells.length === columns.length)).toBe(true);
});

describe.each(table)('$who', ({ who, cells }) => {
  test('in every state, every action', () => {
    const actor = actors[who];
    if (actor === undefined) throw new Error(`no actor ${who}`);
    let asked = 0;
    for (const state of stateNames)
      for (const [index, action] of columns.entries()) {
        const [from, to] = ways[action];
        const possible = from.split(' ').includes(state);
        const expected = possible ? answers[cells[index] ?? ''] : 'cases.action_not_possible';
        const told = `${action} in ${state}`;
        expect([told, can(action, facts({ state }), actor, now)?.refused ?? null]).toEqual([told, expected]);
        const decided = decide(facts({ state }), action, input, actor, now);
        expect([told, decided.refused]).toEqual([told, expected]);
        if (decided.refused === null) expect(decided.next).toBe(to === '=' ? state : to);
        asked += 1;
      }
    expect(asked).toBe(11 * 16);
  });
});

describe('clocks', () => {
  const expected: Readonly<Partial<Record<ActionName, readonly [stops: string, starts: string]>>> = {
    accept: ['accept', 'file'],
    refuse: ['accept', ''],
    file: ['file', 'dispatch'],
    decline: ['file', ''],
    dispatch: ['dispatch', 'sign handle'],
    sign: ['sign', ''],
    return: ['sign handle', 'dispatch'],
    feed_back: ['handle', 'check'],
    check_pass: ['check', 'close'],
    check_fail: ['check', 'sign handle'],
    close: ['close', ''],
    contest: ['', 'dispatch'],
  };
  const whoMay = (action: ActionName): Actor => {
    const column = columns.indexOf(action);
    const may = table.find(({ cells }) => cells[column] === 'yes');
    const actor = actors[may?.who ?? ''];
    if (actor === undefined) throw new Error(`nobody may ${action}`);
    return actor;
  };

  test.each(actionNames)('%s stops and starts what it should', action => {
    const state = ways[action][0].split(' ')[0] as CaseState;
    const decided = decide(facts({ state }), action, input, whoMay(action), now);
    if (decided.refused !== null) throw new Error(decided.refused);
    const [stops = '', starts = ''] = expected[action] ?? [];
    expect(decided.stops.join(' ')).toBe(stops);
    expect(decided.starts.map(({ stage }) => stage).join(' ')).toBe(starts);
  });

  test('handling takes the limit of the filing condition, the other stages theirs by urgency', () => {
    const started = (urgency: 'A' | 'B' | 'C', stage: Stage, action: ActionName, state: CaseState) => {
      const decided = decide(facts({ state, urgency }), action, input, whoMay(action), now);
      return decided.refused === null ? decided.starts.find(clock => clock.stage === stage)?.limit : undefined;
    };
    expect(started('A', 'handle', 'dispatch', 'to_dispatch')).toEqual({ n: 3, unit: 'WD' });
    expect(started('A', 'sign', 'dispatch', 'to_dispatch')).toEqual({ n: 0.25, unit: 'UH' });
    expect(started('B', 'sign', 'dispatch', 'to_dispatch')).toEqual({ n: 2, unit: 'WH' });
    expect(started('C', 'check', 'feed_back', 'handling')).toEqual({ n: 4, unit: 'WH' });
  });
});

describe('what the input decides', () => {
  const handler = actors['unit_handler'];
  const dispatcher = actors['dispatcher'];
  if (handler === undefined || dispatcher === undefined) throw new Error('actors are missing');

  test('feeding back without a photo is refused where one is needed, with the reason', () => {
    const needed = facts({ state: 'handling', photoReason: '核对是否清运干净' });
    expect(decide(needed, 'feed_back', { photoCount: 0 }, handler, now)).toEqual({
      refused: 'cases.photo_required',
      details: { reason: '核对是否清运干净' },
    });
    expect(decide(needed, 'feed_back', { photoCount: 1 }, handler, now).refused).toBeNull();
  });

  test.each([
    ['nobody', undefined, 'cases.unsuitable_checker'],
    ['without the duty here', { accountId: 'x', unitIds: [], mayCheckHere: false }, 'cases.unsuitable_checker'],
    ['who handled', { accountId: 'handler', unitIds: [], mayCheckHere: true }, 'cases.checker_is_handler'],
    ['of the handling unit', { accountId: 'x', unitIds: ['u1'], mayCheckHere: true }, 'cases.checker_is_handler'],
    ['of another unit', { accountId: 'x', unitIds: ['u2'], mayCheckHere: true }, null],
  ])('a checker %s', (_who, checker, refused) => {
    const given = { photoCount: 0, ...(checker === undefined ? {} : { checker }) };
    expect(decide(facts({ state: 'fed_back' }), 'send_check', given, dispatcher, now).refused).toBe(refused);
  });
});

describe('contesting', () => {
  const reporter: Actor = { kind: 'reporter' };
  const days = 86_400_000;
  const contest = (more: Partial<CaseFacts>, at: number) =>
    can('contest', facts({ state: 'closed', ...more }), reporter, instant(at));

  test('is possible for seven days to the millisecond, and once', () => {
    expect(contest({}, closedAt + 7 * days)).toBeNull();
    expect(contest({}, closedAt + 7 * days + 1)).toEqual({ refused: 'cases.contest_too_late', details: { days: 7 } });
    expect(contest({ contestCount: 1 }, closedAt + 1)).toEqual({ refused: 'cases.contested_before' });
  });

  test('does not limit confirming', () => {
    expect(can('confirm', facts({ state: 'closed' }), reporter, instant(closedAt + 300 * days))).toBeNull();
  });
});
