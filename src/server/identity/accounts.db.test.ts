import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { otherTown } from '../../../test/helpers/house.ts';
import { courtyard } from '../../../test/helpers/journey.ts';
import { createAccount, disableAccount, listAccounts, readSession, signIn } from '../../contracts/identity.ts';

import type { TestApp } from '../../../test/helpers/app.ts';
import type { BodyInputOf } from '../../contracts/endpoint.ts';
import type { ProblemCode } from '../../contracts/problems.ts';

type NewAccount = BodyInputOf<typeof createAccount>;
type Grant = NewAccount['grants'][number];

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const town = (): string => app.grid('410105001000000').id;
const grant = (role: Grant['role'], more: Partial<Grant> = {}): Grant => ({
  role,
  townId: town(),
  gridId: null,
  unitId: null,
  ...more,
});
const account = (loginName: string, ...grants: Grant[]): NewAccount => ({
  loginName,
  name: '新来的',
  password: 'Jingwei-2026',
  grants,
});

describe('a new account', () => {
  test('can sign in at once, and is listed with its workplace', async () => {
    const admin = await app.as('anquan');
    const created = await admin.ok(createAccount, {
      body: account('xinren', grant('grid_worker', { gridId: app.grid(courtyard).id })),
    });
    expect(created).toMatchObject({ disabled: false, lastSignInAt: null, workplace: app.grid(courtyard).name });
    await app.client().ok(signIn, { body: { loginName: 'XinRen', password: 'Jingwei-2026' } });
    const { accounts } = await admin.ok(listAccounts);
    expect(accounts.find(({ id }) => id === created.id)?.lastSignInAt).toBe(app.clock.now());
    const disabled = await admin.ok(disableAccount, { params: { id: created.id } });
    expect(disabled.disabled).toBe(true);
  });

  test('keeps of a grant only what its role uses', async () => {
    const wide = grant('unit_handler', { unitId: app.unit('water').id, gridId: app.grid(courtyard).id });
    const created = await (await app.as('anquan')).ok(createAccount, { body: account('shuigong', wide) });
    expect(created.grants).toEqual([{ ...wide, gridId: null }]);
    const admin = grant('audit_admin', { gridId: app.grid(courtyard).id });
    const auditor = await (await app.as('anquan')).ok(createAccount, { body: account('shenji2', admin) });
    expect(auditor.grants).toEqual([{ role: 'audit_admin', townId: null, gridId: null, unitId: null }]);
  });

  const wrong: readonly (readonly [what: string, ProblemCode, () => Partial<NewAccount>])[] = [
    ['a name that is taken', 'identity.login_name_taken', () => ({ loginName: 'zhihui' })],
    ['a name taken in capitals', 'identity.login_name_taken', () => ({ loginName: 'ZhiHui' })],
    ['a weak password', 'identity.password_weak', () => ({ password: 'password' })],
    ['no grant', 'platform.invalid_input', () => ({ grants: [] })],
    ['a role that does not exist', 'platform.invalid_input', () => ({ grants: [grant('god' as 'leader')] })],
    [
      'two administrators in one',
      'identity.roles_conflict',
      () => ({ grants: [grant('system_admin'), grant('audit_admin')] }),
    ],
    [
      'an administrator who dispatches',
      'identity.roles_conflict',
      () => ({ grants: [grant('security_admin'), grant('dispatcher')] }),
    ],
    ['a town role without a town', 'identity.scope_missing', () => ({ grants: [grant('leader', { townId: null })] })],
    ['a grid role without a grid', 'identity.scope_missing', () => ({ grants: [grant('grid_worker')] })],
    ['a unit role without a unit', 'identity.scope_missing', () => ({ grants: [grant('unit_handler')] })],
    [
      'a town that is none',
      'grids.unknown_grid',
      () => ({ grants: [grant('leader', { townId: app.grid(courtyard).id })] }),
    ],
    [
      'a grid of another town',
      'grids.unknown_grid',
      () => ({ grants: [grant('grid_worker', { gridId: app.grid(otherTown.courtyard).id })] }),
    ],
    [
      'a unit of another town',
      'grids.unknown_unit',
      () => ({ grants: [grant('unit_handler', { unitId: app.unit(otherTown.unit).id })] }),
    ],
  ];

  test.each(wrong)('is refused with %s', async (_what, code, change) => {
    const admin = await app.as('anquan');
    const before = (await admin.ok(listAccounts)).accounts.length;
    const body = { ...account('xinshou', grant('leader')), ...change() };
    await admin.refused(createAccount, code, { body });
    expect((await admin.ok(listAccounts)).accounts).toHaveLength(before);
  });

  test('of one name asked for twice at once is made once', async () => {
    const admin = await app.as('anquan');
    const body = account('shuangbao', grant('leader'));
    const answers = await Promise.all([1, 2, 3].map(() => admin.send(createAccount, { body })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });
});

test('an account that does not exist cannot be disabled', async () => {
  const params = { id: '01970000-0000-7000-8000-000000000000' };
  await (await app.as('anquan')).refused(disableAccount, 'platform.not_found', { params });
});

test('an account’s own page names units and grids in words', async () => {
  expect((await (await app.as('zilaishui')).ok(readSession)).workplace).toBe('自来水公司');
  expect((await (await app.as('zhihui')).ok(readSession)).workplace).toBe('经八路街道');
});
