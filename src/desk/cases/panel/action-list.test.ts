import { describe, expect, test } from 'vitest';

import { actionKeys, offersFor, reasonWords } from './action-list.ts';
import { stateNames } from '../../../domain/cases/states.ts';

import type { CaseFacts } from '../../../domain/cases/transitions.ts';
import type { Actor, Role } from '../../../domain/identity/permissions.ts';

const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  state: 'reported',
  urgency: 'C',
  gridPath: ['town', 'community', 'courtyard'],
  leadUnitId: null,
  handlerIds: [],
  checkerId: null,
  contestCount: 0,
  closedAt: null,
  handleLimit: null,
  photoReason: null,
  ...more,
});

const actor = (role: Role, more: { accountId?: string; unitId?: string } = {}): Actor => ({
  kind: 'account',
  accountId: more.accountId ?? 'me',
  name: '王敏',
  grants: [{ role, townId: 'town', gridId: null, unitId: more.unitId ?? null }],
});

const names = (offers: readonly { action: string; refused: unknown }[]): string =>
  offers.map(offer => offer.action + (offer.refused === null ? '' : '×')).join(' ');

describe('what is offered', () => {
  test('an acceptor may accept or refuse a reported case', () => {
    expect(names(offersFor(facts(), actor('acceptor'), 0).next)).toBe('accept refuse');
  });

  test('a dispatcher sees the same actions, not possible', () => {
    expect(names(offersFor(facts(), actor('dispatcher'), 0).next)).toBe('accept× refuse×');
  });

  test('a unit signs first; saying no comes last', () => {
    const offers = offersFor(facts({ state: 'to_sign', leadUnitId: 'u' }), actor('unit_handler', { unitId: 'u' }), 0);
    expect(names(offers.next)).toBe('sign return');
  });

  test('possible actions come before impossible ones', () => {
    const checking = facts({ state: 'checking', checkerId: 'somebody' });
    expect(names(offersFor(checking, actor('acceptor'), 0).next)).toBe('send_check check_pass× check_fail×');
  });

  test('every action is somewhere', () => {
    for (const state of stateNames) {
      const offers = offersFor(facts({ state }), actor('leader'), 0);
      expect(offers.next.length + offers.others.length).toBe(12);
    }
  });
});

describe('why not', () => {
  test('a missing permission is named in words', () => {
    const [accept] = offersFor(facts(), actor('dispatcher'), 0).next;
    expect(accept && reasonWords(accept, 'reported', 'zh')).toBe('您没有“受理”的权限，请联系本单位管理员');
    expect(accept && reasonWords(accept, 'reported', 'en')).toContain('“Accept”');
  });

  test('a wrong state is named in words', () => {
    const close = offersFor(facts(), actor('shift_leader'), 0).others.find(offer => offer.action === 'close');
    expect(close && reasonWords(close, 'reported', 'zh')).toBe('案卷现为“待受理”，不能“结案”');
  });

  test('the handling unit does not check its own work', () => {
    const checking = facts({ state: 'checking', handlerIds: ['me'], checkerId: 'me' });
    const pass = offersFor(checking, actor('acceptor'), 0).next.find(offer => offer.action === 'check_pass');
    expect(pass?.refused?.code).toBe('cases.checker_is_handler');
  });
});

test('no two actions of one state share a key', () => {
  for (const state of stateNames) {
    const { next } = offersFor(facts({ state }), actor('leader'), 0);
    const keys = [...next.map(offer => actionKeys[offer.action]), actionKeys.remark, actionKeys.reveal];
    expect(new Set(keys).size).toBe(keys.length);
  }
});
