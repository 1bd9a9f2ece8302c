import { describe, expect, it } from 'vitest';

import { checkBody, checkDraftFrom, emptyCheck } from './check-draft.ts';

describe('a check begun', () => {
  it('comes back as it was', () => {
    const draft = { note: '坑没填平', attempt: { key: 'k', body: checkBody(false, 7, ' 坑没填平 ', ['p']) } };
    expect(checkDraftFrom(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([null, '', 'x', '3', '{"note":5,"attempt":"k"}'])('reads %s as empty', text =>
    expect(checkDraftFrom(text)).toEqual(emptyCheck),
  );
});

it('a pass may come without words, sending back carries them trimmed', () => {
  expect(checkBody(true, 3, '  ', [])).toEqual({ action: 'check_pass', version: 3, attachments: [] });
  expect(checkBody(true, 3, ' 好 ', ['p'])).toEqual({
    action: 'check_pass',
    version: 3,
    attachments: ['p'],
    note: '好',
  });
  expect(checkBody(false, 3, ' 漏水 ', [])).toEqual({
    action: 'check_fail',
    version: 3,
    attachments: [],
    note: '漏水',
  });
});
