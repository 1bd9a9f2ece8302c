import { describe, expect, test } from 'vitest';

import {
  administrators,
  canHoldTogether,
  grantsFor,
  mayAnywhere,
  permissions,
  permissionsOf,
  roleNames,
  roles,
  unitsOf,
} from './permissions.ts';

import type { Actor, Permission, Role } from './permissions.ts';

const grant = (role: Role, unitId: string | null = null) => ({ role, townId: 't', gridId: null, unitId });
const person = (...grants: ReturnType<typeof grant>[]): Actor => ({
  kind: 'account',
  accountId: 'a',
  name: '王敏',
  grants,
});

describe('administrators', () => {
  test('hold no business role and not two of their own', () => {
    for (const one of roleNames)
      for (const other of roleNames) {
        const apart = one !== other && (administrators.includes(one) || administrators.includes(other));
        expect([one, other, canHoldTogether([one, other])]).toEqual([one, other, !apart]);
      }
    expect(canHoldTogether(['shift_leader', 'acceptor', 'dispatcher'])).toBe(true);
    expect(canHoldTogether(['security_admin', 'security_admin'])).toBe(true);
  });

  test('never touch a case', () => {
    for (const role of administrators)
      expect(permissionsOf[role].filter(permission => permission.startsWith('cases.'))).toEqual([]);
  });
});

describe('duties apart', () => {
  const holders = (permission: Permission): Role[] =>
    roleNames.filter(role => permissionsOf[role].includes(permission));

  test('whoever handles neither dispatches, checks nor closes', () => {
    for (const role of holders('cases.handle'))
      expect(permissionsOf[role]).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/cases\.(dispatch|check|close|file|accept)/)]),
      );
  });

  test('filing and closing are the shift leader’s alone', () => {
    expect(holders('cases.file')).toEqual(['shift_leader']);
    expect(holders('cases.close')).toEqual(['shift_leader']);
    expect(holders('cases.dispatch')).toEqual(['dispatcher']);
  });

  test('every permission has a holder, and every role with cases reads them', () => {
    for (const permission of Object.keys(permissions) as Permission[])
      expect([permission, holders(permission).length > 0]).toEqual([permission, true]);
    for (const role of roleNames) if (roles[role].scope !== 'none') expect(permissionsOf[role]).toContain('cases.read');
  });
});

describe('grants', () => {
  test('carry the permissions of their role, and only an account has any', () => {
    const actor = person(grant('acceptor'), grant('unit_handler', 'u1'));
    expect(grantsFor(actor, 'cases.accept').map(({ role }) => role)).toEqual(['acceptor']);
    expect(grantsFor(actor, 'cases.remark').map(({ role }) => role)).toEqual(['acceptor', 'unit_handler']);
    expect(mayAnywhere(actor, 'cases.close')).toBe(false);
    expect(unitsOf(actor)).toEqual(['u1']);
    for (const other of [{ kind: 'reporter' }, { kind: 'system' }] as const) {
      expect(grantsFor(other, 'cases.read')).toEqual([]);
      expect(unitsOf(other)).toEqual([]);
    }
  });
});
