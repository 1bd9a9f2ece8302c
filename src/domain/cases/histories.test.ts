import fc from 'fast-check';
import { expect, test } from 'vitest';

import { instant } from '../kernel/time.ts';
import { stateNames, states } from './states.ts';
import { actionNames, can, decide } from './transitions.ts';

import type { Actor, Role } from '../identity/permissions.ts';
import type { CaseState, Stage } from './states.ts';
import type { ActionName, CaseFacts } from './transitions.ts';

/** Everybody of a small street; two of them work in a unit and in a grid at once. */
const grant = (role: Role, gridId: string | null, unitId: string | null) => ({ role, townId: 't', gridId, unitId });
const person = (accountId: string, ...grants: ReturnType<typeof grant>[]): Actor => ({
  kind: 'account',
  accountId,
  name: accountId,
  grants,
});
const staff = [
  person('desk', grant('shift_leader', null, null), grant('acceptor', null, null), grant('dispatcher', null, null)),
  person('supervisor', grant('supervisor', null, null)),
  person('worker', grant('grid_worker', 'g', null)),
  person('neighbour', grant('grid_worker', 'h', null)),
  person('plumber', grant('unit_handler', null, 'u1')),
  person('plumber and worker', grant('unit_handler', null, 'u1'), grant('grid_worker', 'g', null)),
  person('sweeper and worker', grant('unit_handler', null, 'u2'), grant('grid_worker', 'g', null)),
];
const actors: readonly Actor[] = [{ kind: 'reporter' }, ...staff];
const unitsOf = (actor: Actor): string[] =>
  actor.kind === 'account' ? actor.grants.flatMap(({ unitId }) => unitId ?? []) : [];

const attempt = fc.record({
  action: fc.constantFrom(...actionNames),
  actor: fc.constantFrom(...actors),
  unit: fc.constantFrom('u1', 'u2'),
  checker: fc.constantFrom(...staff),
  photos: fc.nat(2),
  /** Mostly minutes, sometimes weeks: contests come too late now and then. */
  pause: fc.oneof({ weight: 8, arbitrary: fc.nat(600_000) }, { weight: 1, arbitrary: fc.nat(20 * 86_400_000) }),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

interface Life {
  facts: CaseFacts;
  running: Set<Stage>;
  contests: number;
  /** Who has worked on it since the last dispatch, told by what happened and not by the facts. */
  workers: Set<string>;
}

const born = (): Life => ({
  facts: {
    state: 'reported',
    urgency: 'C',
    gridPath: ['t', 'c', 'g'],
    leadUnitId: null,
    handlerIds: [],
    checkerId: null,
    contestCount: 0,
    closedAt: null,
    handleLimit: { n: 1, unit: 'WD' },
    photoReason: '核对',
  },
  running: new Set(['accept']),
  contests: 0,
  workers: new Set(),
});

type Effect = (facts: CaseFacts, one: Attempt, actorId: string, now: number) => Partial<CaseFacts>;

const addHandler: Effect = (facts, _one, actorId) => ({ handlerIds: [...new Set([...facts.handlerIds, actorId])] });

/** What the case's columns become, as the service writes them. */
const effects: Readonly<Partial<Record<ActionName, Effect>>> = {
  dispatch: (_facts, { unit }) => ({ leadUnitId: unit, handlerIds: [], checkerId: null }),
  sign: addHandler,
  feed_back: addHandler,
  return: () => ({ leadUnitId: null, handlerIds: [] }),
  send_check: (_facts, { checker }) => ({ checkerId: checker.kind === 'account' ? checker.accountId : null }),
  check_fail: () => ({ checkerId: null }),
  close: (_facts, _one, _actorId, now) => ({ closedAt: instant(now) }),
  contest: ({ contestCount }) => ({ contestCount: contestCount + 1, closedAt: null }),
};

/** The clocks that run in each state: of every open case somebody's time is running. */
const clocksOf: Readonly<Record<CaseState, string>> = {
  reported: 'accept',
  to_file: 'file',
  to_dispatch: 'dispatch',
  to_sign: 'handle sign',
  handling: 'handle',
  fed_back: 'check',
  checking: 'check',
  to_close: 'close',
  closed: '',
  evaluated: '',
  rejected: '',
};

const stays: readonly ActionName[] = ['remark', 'reveal'];

function live(attempts: readonly Attempt[], look: (life: Life, taken: Attempt, before: CaseFacts) => void): Life {
  const life = born();
  let now = Date.UTC(2026, 3, 13);
  for (const one of attempts) {
    now += one.pause;
    const { facts } = life;
    const checker =
      one.checker.kind === 'account'
        ? { accountId: one.checker.accountId, unitIds: unitsOf(one.checker), mayCheckHere: true }
        : undefined;
    const given = { photoCount: one.photos, ...(checker === undefined ? {} : { checker }) };
    const decided = decide(facts, one.action, given, one.actor, instant(now));
    if (decided.refused !== null) continue;
    const actorId = one.actor.kind === 'account' ? one.actor.accountId : '';
    life.facts = { ...facts, ...effects[one.action]?.(facts, one, actorId, now), state: decided.next };
    for (const stage of decided.stops)
      expect(life.running.delete(stage)).toBe(stage !== 'sign' || facts.state === 'to_sign');
    for (const { stage } of decided.starts) {
      expect(life.running.has(stage)).toBe(false);
      life.running.add(stage);
    }
    if (one.action === 'contest') life.contests += 1;
    if (one.action === 'dispatch') life.workers.clear();
    if (one.action === 'sign' || one.action === 'feed_back') life.workers.add(actorId);
    look(life, one, facts);
  }
  return life;
}

/** Random attempts alone seldom get far: between them come stretches of the main line and verdicts. */
const line: readonly (readonly [ActionName, string])[] = [
  ['accept', 'desk'],
  ['file', 'desk'],
  ['dispatch', 'desk'],
  ['sign', 'plumber'],
  ['feed_back', 'plumber'],
  ['send_check', 'desk'],
  ['check_pass', 'worker'],
  ['close', 'desk'],
];
const byName = (name: string): Actor =>
  actors.find(actor => actor.kind === 'account' && actor.accountId === name) ?? { kind: 'reporter' };
const lucky = (action: ActionName, name: string): Attempt => ({
  action,
  actor: byName(name),
  unit: 'u1',
  checker: byName('worker'),
  photos: 1,
  pause: 60_000,
});
const stretch = fc
  .tuple(fc.nat(line.length), fc.nat(line.length))
  .map(([from, to]) => line.slice(Math.min(from, to), Math.max(from, to)).map(([action, name]) => lucky(action, name)));
const whole = fc.constant(line.map(([action, name]) => lucky(action, name)));
const verdict = fc
  .tuple(fc.constantFrom<ActionName>('confirm', 'contest'), fc.integer({ min: 6 * 86_400_000, max: 8 * 86_400_000 }))
  .map(([action, pause]): Attempt[] => [{ ...lucky(action, 'nobody'), pause }]);
const history = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: attempt.map(one => [one]) },
      { weight: 2, arbitrary: stretch },
      { weight: 1, arbitrary: whole },
      { weight: 1, arbitrary: verdict },
    ),
    { maxLength: 40 },
  )
  .map(parts => parts.flat().map(one => ({ ...one })));

const runs = { seed: 2013, numRuns: 600 };

test('every open state has exactly its clocks, an ended case none', () => {
  const seen = new Set<CaseState>();
  fc.assert(
    fc.property(history, attempts => {
      live(attempts, ({ facts, running }) => {
        seen.add(facts.state);
        expect([...running].toSorted().join(' ')).toBe(clocksOf[facts.state]);
      });
    }),
    runs,
  );
  // The property says nothing about states that no history reached.
  expect([...seen].toSorted()).toEqual(stateNames.toSorted());
});

test('while a case is open, somebody can take it further', () => {
  fc.assert(
    fc.property(history, attempts => {
      const { facts } = live(attempts, () => undefined);
      const ways = actionNames.filter(
        action =>
          !stays.includes(action) &&
          actors.some(actor => can(action, facts, actor, instant(Date.UTC(2026, 3, 13))) === null),
      );
      if (states[facts.state].open) expect(ways).not.toEqual([]);
      if (facts.state === 'evaluated' || facts.state === 'rejected') expect(ways).toEqual([]);
    }),
    runs,
  );
});

test('nobody who worked on a case, or whose unit did, ever checks it', () => {
  let checks = 0;
  fc.assert(
    fc.property(history, attempts => {
      live(attempts, ({ workers }, { action, actor }, before) => {
        if (action !== 'check_pass' && action !== 'check_fail') return;
        checks += 1;
        expect(actor.kind === 'account' && workers.has(actor.accountId)).toBe(false);
        expect(unitsOf(actor)).not.toContain(before.leadUnitId);
        expect(actor.kind === 'account' && actor.accountId).toBe(before.checkerId);
      });
    }),
    runs,
  );
  expect(checks).toBeGreaterThan(100);
});

test('a case is contested at most once, and never more than seven days after it was closed', () => {
  let contests = 0;
  fc.assert(
    fc.property(history, attempts => {
      let closed = 0;
      let now = Date.UTC(2026, 3, 13);
      const times = new Map<Attempt, number>();
      for (const one of attempts) times.set(one, (now += one.pause));
      const life = live(attempts, (_life, one) => {
        const at = times.get(one) ?? 0;
        if (one.action === 'close') closed = at;
        if (one.action === 'contest') {
          contests += 1;
          expect(at - closed).toBeLessThanOrEqual(7 * 86_400_000);
        }
      });
      expect(life.contests).toBeLessThanOrEqual(1);
    }),
    runs,
  );
  expect(contests).toBeGreaterThan(10);
});
