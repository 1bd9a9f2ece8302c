import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuid, parseId, uuidV7 } from './ids.ts';

const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('uuidV7', () => {
  it('reproduces the example of RFC 9562 appendix A.6', () => {
    const bytes = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidV7(0x017f22e279b0, bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('is always a UUID of version 7 with the RFC variant', () => {
    fc.assert(fc.property(time, random, (at, bytes) => isUuid(uuidV7(at, bytes)) && uuidV7(at, bytes)[14] === '7'));
  });

  it('sorts as text in the order of time', () => {
    fc.assert(fc.property(time, time, random, random, (a, b, one, two) => a >= b || uuidV7(a, one) < uuidV7(b, two)));
  });

  it('refuses too little chance and a time outside 48 bits', () => {
    expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError);
    expect(() => uuidV7(2 ** 48, new Uint8Array(10))).toThrow(RangeError);
    expect(() => uuidV7(0.5, new Uint8Array(10))).toThrow(RangeError);
  });
});

describe('parseId', () => {
  it('folds upper case and refuses everything that is no UUID', () => {
    expect(parseId('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
    for (const text of ['', '017f22e279b07cc398c4dc0c0c07398f', 'x17f22e2-79b0-7cc3-98c4-dc0c0c07398f', '410105001'])
      expect(parseId(text)).toBeUndefined();
  });
});
