import { createAccount, findAccountByLogin } from '../../src/server/identity/index.ts';
import { appoint } from '../../src/server/grids/index.ts';
import { demoPassword, staff } from './staff.ts';
import { inventNames } from './people.ts';

import type { Grant, Role } from '../../src/domain/identity/permissions.ts';
import type { Instant, LocalDate } from '../../src/domain/kernel/time.ts';
import type { DemoAccounts, Services } from '../../src/server/compose.ts';
import type { Territory } from '../../src/server/grids/index.ts';
import type { Tables } from '../../src/server/platform/database/tables.ts';
import type { StaffMember } from './staff.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

/** The platform's first month (郑州, February 2012); appointments of the demonstration count from then. */
export const since = '2012-02-01' as LocalDate;

/** Creates the accounts of `staff`, and holders of every other community's and courtyard's post, who have no password yet. */
export async function seedAccounts(db: Db, territory: Territory, now: Instant): Promise<void> {
  const [town] = territory.towns();
  if (town === undefined) throw new Error('the demonstration has no town');
  const grids = territory.grids();
  const gridOf = (code: string) => {
    const grid = grids.find(candidate => candidate.code === code);
    if (grid === undefined) throw new Error(`no grid ${code}`);
    return grid;
  };
  const names = [...inventNames(staff.length + grids.length)];
  const nextName = (): string => names.pop() ?? '张某';

  const grantsOf = (member: StaffMember): Grant[] => {
    const unit = territory.units(town.id).find(({ code }) => code === member.unit);
    return member.roles.map(role => ({
      role,
      townId: town.id,
      gridId: member.grid === undefined ? null : gridOf(member.grid).id,
      unitId: unit?.id ?? null,
    }));
  };

  for (const member of staff) {
    const account = await createAccount(
      db,
      { loginName: member.loginName, name: nextName(), password: demoPassword, grants: grantsOf(member) },
      now,
      'zh',
    );
    if (member.post !== undefined)
      await appoint(db, {
        townId: town.id,
        gridId: member.grid === undefined ? town.id : gridOf(member.grid).id,
        ...member.post,
        accountId: account.id,
        since,
      });
  }

  const taken = new Set(staff.flatMap(({ grid }) => grid ?? []));
  const posts: Readonly<Record<number, { role: Role; code: string; name: string }>> = {
    2: { role: 'community_head', code: 'P23', name: '二级网格长' },
    3: { role: 'grid_worker', code: 'P32', name: '三级网格长' },
  };
  for (const grid of grids) {
    const post = posts[grid.level];
    if (post === undefined || taken.has(grid.code)) continue;
    const grant = { role: post.role, townId: town.id, gridId: grid.id, unitId: null };
    const account = await createAccount(
      db,
      { loginName: `g${grid.code.slice(9)}`, name: nextName(), password: null, grants: [grant] },
      now,
      'zh',
    );
    await appoint(db, {
      townId: town.id,
      gridId: grid.id,
      code: post.code,
      name: post.name,
      accountId: account.id,
      since,
    });
  }
}

/** The accounts for the login page: whoever of `staff` exists and is not disabled. */
export async function demoAccountViews(db: Db, services: Services): Promise<DemoAccounts> {
  const views: DemoAccounts = [];
  for (const member of staff) {
    const account = await findAccountByLogin(db, member.loginName);
    if (account === undefined || account.disabled_at !== null) continue;
    views.push({
      loginName: member.loginName,
      password: demoPassword,
      name: account.name,
      roles: [...member.roles],
      workplace: services.workplaceOf(account),
      start: member.start,
    });
  }
  return views;
}
