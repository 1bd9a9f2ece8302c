import { describe, expect, it } from 'vitest';

import { accuracyLevel, placeBody, placeState, pointPlace } from '../place/place.ts';
import { bodyOf, draftFrom, emptyDraft, isWritten, looksLikePhone, missingOf } from './draft.ts';

import type { PointPlace } from '../place/place.ts';
import type { Draft } from './draft.ts';

const point = pointPlace(113.68, 34.77, 12);
const found = { inside: false, gridId: 'near', path: ['街道', '社区', '院'], metres: 240 };
const outside: PointPlace = { ...point, found };
const full: Draft = {
  words: ' 水管爆裂 ',
  categoryCode: '0908',
  place: point,
  address: ' 北门 ',
  anonymous: false,
  name: '王女士',
  phone: '138 0000 0000',
  attempt: null,
};

describe('a kept draft', () => {
  it('comes back as it was', () => {
    const attempt = { key: 'k', body: bodyOf(full, ['p']) };
    for (const draft of [emptyDraft, full, { ...full, place: outside, attempt }])
      expect(draftFrom(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([null, '', 'nonsense', 'null', '7', '[]', '{"place":{"kind":"point","lng":"x"},"words":5,"attempt":{}}'])(
    'reads %s as an empty one rather than fail',
    text => expect(draftFrom(text)).toEqual(emptyDraft),
  );

  it('is worth keeping once a person wrote or chose something', () => {
    expect(isWritten(emptyDraft)).toBe(false);
    expect(isWritten({ ...emptyDraft, place: { kind: 'grid', gridId: 'g', from: 'code' } })).toBe(false);
    expect(isWritten({ ...emptyDraft, place: { kind: 'grid', gridId: 'g', from: 'list' } })).toBe(true);
    expect(isWritten({ ...emptyDraft, words: '漏水' })).toBe(true);
  });
});

describe('what is missing', () => {
  it('asks for words or a photo, and for a place', () => {
    expect(missingOf(emptyDraft, 0)).toEqual(['what', 'where']);
    expect(missingOf({ ...emptyDraft, words: '  ' }, 1)).toEqual(['where']);
    expect(missingOf(full, 0)).toEqual([]);
  });

  it('counts characters as people do: 4,000 of 𠮷 are 4,000', () => {
    expect(missingOf({ ...full, words: '𠮷'.repeat(4000) }, 0)).toEqual([]);
    expect(missingOf({ ...full, words: '𠮷'.repeat(4001) }, 0)).toEqual(['short']);
  });

  it('wants a word on a place outside, and refuses one far away', () => {
    expect(missingOf({ ...full, place: outside }, 0)).toEqual(['nearest']);
    expect(missingOf({ ...full, place: { ...outside, takeNearest: true } }, 0)).toEqual([]);
    expect(missingOf({ ...full, place: { ...point, found: { ...found, metres: 9000 } } }, 0)).toEqual(['where']);
    expect(placeState({ ...point, found: { ...found, gridId: null } })).toBe('outside-far');
  });
});

describe('the report as sent', () => {
  it('is trimmed and carries the contact only when it was left', () => {
    expect(bodyOf(full, ['a', 'b'])).toEqual({
      words: '水管爆裂',
      photos: ['a', 'b'],
      place: { point: { lng: 113.68, lat: 34.77, datum: 'WGS84', accuracy: 12 }, address: '北门' },
      categoryCode: '0908',
      contact: { name: '王女士', phone: '138 0000 0000' },
    });
    expect(bodyOf({ ...full, anonymous: true }, [])).not.toHaveProperty('contact');
    expect(bodyOf({ ...full, name: '', phone: ' ' }, [])).not.toHaveProperty('contact');
  });

  it('names the nearest grid only when the reporter took it', () => {
    expect(placeBody(outside, '')).not.toHaveProperty('gridId');
    expect(placeBody({ ...outside, takeNearest: true }, '')).toMatchObject({ gridId: 'near' });
    expect(placeBody({ kind: 'grid', gridId: 'g', from: 'list' }, '')).toEqual({ gridId: 'g' });
  });
});

it.each([
  [5, 'good'],
  [20, 'good'],
  [21, 'fair'],
  [100, 'fair'],
  [101, 'poor'],
])('a position good to %d m is %s', (metres, level) => expect(accuracyLevel(metres)).toBe(level));

it.each([
  ['13800000000', true],
  ['0371-6123 4567', true],
  ['１３８００００００００', true],
  ['12345', false],
  ['微信 abc', false],
])('%s looks like a phone number: %s', (typed, expected) => expect(looksLikePhone(typed)).toBe(expected));
