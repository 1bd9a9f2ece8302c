import { describe, expect, test } from 'vitest';

import { maskName, maskPhone } from './masking.ts';

describe('masking', () => {
  test.each([
    ['张三', '张*'],
    ['欧阳娜娜', '欧阳**'],
    ['𠮷田', '𠮷*'],
    ['阿卜杜拉·买买提', '阿卜杜拉·***'],
    ['王', '王'],
  ])('shows of %s only %s', (name, shown) => expect(maskName(name)).toBe(shown));

  test.each([
    ['13812345678', '138****5678'],
    ['+8613812345678', '+86****5678'],
    ['63912345', '******45'],
    ['1', '1'],
  ])('shows of %s only %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));
});
