import { describe, expect, it } from 'vitest';

import { lastFeedback, mapAddress, whyNotCheck } from './facts.ts';

import type { CaseDetail, StepView } from '../../contracts/cases.ts';
import type { Me } from '../../contracts/identity.ts';

const me: Me = {
  accountId: 'me',
  loginName: 'wangge',
  name: '王某',
  grants: [{ role: 'grid_worker', townId: 't', gridId: 'g', unitId: null }],
  workplace: '11号院',
  demo: true,
  owes: null,
};
const step = (seq: number, action: string): StepView => ({
  seq,
  action,
  from: null,
  to: 'handling',
  actorName: null,
  post: null,
  unitName: null,
  at: 0,
  note: null,
  noteErased: false,
  attachments: [],
  hash: '',
});
const detail = {
  state: 'checking',
  urgency: 'B',
  grid: [
    { id: 't', code: '', name: '街道', level: 1 },
    { id: 'g', code: '', name: '院', level: 3 },
  ],
  leadUnitId: 'unit',
  handlerIds: ['handler'],
  checkerId: 'me',
  contestCount: 0,
  closedAt: null,
  handleLimit: null,
  photoReason: null,
  steps: [step(1, 'report'), step(5, 'feed_back'), step(7, 'check_fail'), step(9, 'feed_back'), step(10, 'send_check')],
} as unknown as CaseDetail;

describe('whether I may check', () => {
  it('my task: yes', () => expect(whyNotCheck(detail, me, 1)).toBeNull());

  it.each([
    ['given to somebody else', { checkerId: 'other' }, me, 'cases.not_your_check'],
    ['handled by me', { handlerIds: ['me'] }, me, 'cases.checker_is_handler'],
    [
      'handled by my unit',
      {},
      { ...me, grants: [...me.grants, { role: 'unit_handler' as const, townId: 't', gridId: null, unitId: 'unit' }] },
      'cases.checker_is_handler',
    ],
    ['already checked', { state: 'to_close' as const }, me, 'cases.action_not_possible'],
    ['without the permission', {}, { ...me, grants: [] }, 'identity.not_permitted'],
  ])('%s: no', (_why, change, who, refused) => {
    expect(whyNotCheck({ ...detail, ...change }, who, 1)?.refused).toBe(refused);
  });
});

it('the newest feedback counts', () => expect(lastFeedback(detail)?.seq).toBe(9));

it('opens the phone’s own map', () => {
  const at = { lng: 113.681234, lat: 34.7712345 };
  expect(mapAddress(at, '11号院 北门', 'Android')).toBe(
    'geo:34.771234,113.681234?q=34.771234,113.681234(11%E5%8F%B7%E9%99%A2%20%E5%8C%97%E9%97%A8)',
  );
  expect(mapAddress(at, '院', 'iPhone')).toBe('https://maps.apple.com/?ll=34.771234,113.681234&q=%E9%99%A2');
});
