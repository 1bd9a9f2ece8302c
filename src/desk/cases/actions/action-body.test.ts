import { describe, expect, test } from 'vitest';

import { bodyOf } from './action-body.ts';

import type { Draft } from '../panel/drafts.ts';
import type { StaffAction } from '../panel/action-list.ts';

const fill = (action: StaffAction, draft: Draft, attachments: string[] = [], photoNeeded = false) =>
  bodyOf({ action, version: 3, draft, attachments, photoNeeded });

describe('what is sent', () => {
  test('an optional note is left out when it is blank', () => {
    expect(fill('sign', { note: '  ' })).toEqual({ body: { action: 'sign', version: 3, attachments: [] } });
    expect(fill('sign', { note: ' 收到 ' })).toEqual({
      body: { action: 'sign', version: 3, attachments: [], note: '收到' },
    });
  });

  test('filing carries category and condition', () => {
    expect(fill('file', { categoryCode: '0701', conditionNo: 2 })).toEqual({
      body: { action: 'file', version: 3, attachments: [], categoryCode: '0701', conditionNo: 2 },
    });
  });

  test('accepting may name a category', () => {
    expect(fill('accept', { categoryCode: '0701' })).toMatchObject({ body: { categoryCode: '0701' } });
    expect(fill('accept', {})).toEqual({ body: { action: 'accept', version: 3, attachments: [] } });
  });
});

describe('what is missing', () => {
  test.each([
    ['refuse', {}, 'note'],
    ['return', { note: ' ' }, 'note'],
    ['file', {}, 'category'],
    ['file', { categoryCode: '0701' }, 'condition'],
    ['dispatch', {}, 'unit'],
    ['send_check', {}, 'checker'],
    ['remark', { note: '𠮷'.repeat(2001) }, 'note_too_long'],
  ] as const)('%s with %o lacks %s', (action, draft, missing) => {
    expect(fill(action, draft)).toEqual({ missing });
  });

  test('a rare character counts as one', () => {
    expect(fill('remark', { note: '𠮷'.repeat(2000) })).toHaveProperty('body');
  });

  test('feeding back needs a photo only where the category says so', () => {
    expect(fill('feed_back', { note: '已清运' }, [], true)).toEqual({ missing: 'photo' });
    expect(fill('feed_back', { note: '已清运' }, ['p1'], true)).toHaveProperty('body');
    expect(fill('feed_back', { note: '已清运' }, [], false)).toHaveProperty('body');
  });
});
