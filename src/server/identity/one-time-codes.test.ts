import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { base32, hotp, matchStep, otpauthUri, stepOf } from './one-time-codes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('HOTP as in RFC 4226, appendix D', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];
  test.each(codes.map((code, counter) => [counter, code] as const))('counter %i gives %s', (counter, code) => {
    expect(hotp(bytes('12345678901234567890'), counter)).toBe(code);
  });
});

describe('TOTP as in RFC 6238, appendix B (eight digits)', () => {
  const secrets = {
    sha1: bytes('12345678901234567890'),
    sha256: bytes('12345678901234567890123456789012'),
    sha512: bytes('1234567890123456789012345678901234567890123456789012345678901234'),
  };
  test.each([
    [59, 'sha1', '94287082'],
    [59, 'sha256', '46119246'],
    [59, 'sha512', '90693936'],
    [1_111_111_109, 'sha1', '07081804'],
    [1_111_111_109, 'sha256', '68084774'],
    [1_111_111_109, 'sha512', '25091201'],
    [1_111_111_111, 'sha1', '14050471'],
    [1_111_111_111, 'sha256', '67062674'],
    [1_111_111_111, 'sha512', '99943326'],
    [1_234_567_890, 'sha1', '89005924'],
    [1_234_567_890, 'sha256', '91819424'],
    [1_234_567_890, 'sha512', '93441116'],
    [2_000_000_000, 'sha1', '69279037'],
    [2_000_000_000, 'sha256', '90698825'],
    [2_000_000_000, 'sha512', '38618901'],
    [20_000_000_000, 'sha1', '65353130'],
    [20_000_000_000, 'sha256', '77737706'],
    [20_000_000_000, 'sha512', '47863826'],
  ] as const)('%i seconds, %s gives %s', (seconds, algorithm, code) => {
    expect(hotp(secrets[algorithm], stepOf(seconds * 1000), 8, algorithm)).toBe(code);
  });
});

test('Base32 as in RFC 4648, section 10, without padding', () => {
  const known = { '': '', f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' };
  for (const [text, expected] of Object.entries(known)) expect(base32(bytes(text))).toBe(expected);
});

test('a code counts within one step of its own, and never twice', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      fc.integer({ min: 1000, max: 4_000_000_000 }),
      fc.integer({ min: -4, max: 4 }),
      (secret, seconds, shift) => {
        const step = stepOf(seconds * 1000);
        const matched = matchStep(secret, hotp(secret, step + shift), seconds * 1000, null);
        // A stranger's code may be the same six digits by chance; then the step differs.
        if (Math.abs(shift) <= 1) expect(matched).not.toBeNull();
        if (matched !== null) expect(matchStep(secret, hotp(secret, matched), seconds * 1000, step + 1)).toBeNull();
      },
    ),
  );
});

test('the QR code names installation and person', () => {
  const uri = new URL(otpauthUri('zhang.wei', bytes('12345678901234567890')));
  expect(decodeURIComponent(uri.pathname)).toContain('zhang.wei');
  expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});
