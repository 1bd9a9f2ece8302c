/**
 * Who may do what: roles → permissions, and the territory or unit in which each role holds them. One table for server and
 * screens; a test walks every endpoint × role × territory against it. Source: permission matrix of the domain handbook.
 */

export const roles = {
  acceptor: { zh: '受理员', en: 'Acceptor', scope: 'town' },
  shift_leader: { zh: '值班长', en: 'Shift leader', scope: 'town' },
  dispatcher: { zh: '派遣员', en: 'Dispatcher', scope: 'town' },
  supervisor: { zh: '督查员', en: 'Supervisor', scope: 'town' },
  leader: { zh: '分管领导', en: 'Leader in charge', scope: 'town' },
  community_head: { zh: '二级网格长', en: 'Community grid head', scope: 'grid' },
  grid_worker: { zh: '三级网格长', en: 'Courtyard grid worker', scope: 'grid' },
  unit_handler: { zh: '处置单位经办人', en: 'Unit handler', scope: 'unit' },
  system_admin: { zh: '系统管理员', en: 'System administrator', scope: 'none' },
  security_admin: { zh: '安全管理员', en: 'Security administrator', scope: 'none' },
  audit_admin: { zh: '审计管理员', en: 'Audit administrator', scope: 'none' },
} as const satisfies Record<string, { zh: string; en: string; scope: 'town' | 'grid' | 'unit' | 'none' }>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

export const permissions = {
  'cases.read': { zh: '查看案卷', en: 'Read cases' },
  'cases.accept': { zh: '受理', en: 'Accept' },
  'cases.file': { zh: '立案', en: 'File' },
  'cases.dispatch': { zh: '交办', en: 'Dispatch' },
  'cases.handle': { zh: '办理', en: 'Handle' },
  'cases.send_check': { zh: '派核查', en: 'Send to check' },
  'cases.check': { zh: '核查', en: 'Check' },
  'cases.close': { zh: '结案', en: 'Close' },
  'cases.remark': { zh: '备注', en: 'Remark' },
  'cases.reveal_contact': { zh: '查看联系方式', en: 'Reveal contact' },
  'cases.verify_record': { zh: '校验案卷记录', en: 'Verify the record' },
  'grids.read': { zh: '查看网格', en: 'Read grids' },
  'identity.read_accounts': { zh: '查看账号', en: 'Read accounts' },
  'identity.manage_accounts': { zh: '管理账号', en: 'Manage accounts' },
  'identity.manage_policy': { zh: '管理安全策略', en: 'Manage the security policy' },
  'identity.read_access': { zh: '查询访问记录', en: 'Search the access record' },
  'grids.edit': { zh: '编辑网格划分', en: 'Edit the division into grids' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Permission = keyof typeof permissions;

const readers: readonly Permission[] = ['cases.read', 'grids.read'];
const centre: readonly Permission[] = [...readers, 'cases.remark', 'cases.reveal_contact', 'cases.verify_record'];

export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  acceptor: [...centre, 'cases.accept', 'cases.send_check', 'cases.check'],
  shift_leader: [...centre, 'cases.accept', 'cases.file', 'cases.close', 'cases.check'],
  dispatcher: [...centre, 'cases.dispatch', 'cases.send_check'],
  supervisor: [...centre, 'cases.check'],
  leader: [...readers, 'cases.remark', 'cases.verify_record'],
  community_head: [...readers, 'cases.check', 'cases.remark'],
  grid_worker: [...readers, 'cases.check', 'cases.remark'],
  unit_handler: [...readers, 'cases.handle', 'cases.remark', 'cases.reveal_contact'],
  // Configures; in the town of his grant, or in every town when the grant names none.
  system_admin: ['grids.read', 'grids.edit'],
  // Gives people their posts, so must be able to name units and grids.
  security_admin: ['identity.read_accounts', 'identity.manage_accounts', 'identity.manage_policy', 'grids.read'],
  audit_admin: ['identity.read_accounts', 'identity.read_access'],
};

/** Administrators' roles exclude each other and every business role (三员分离). */
export const administrators: readonly Role[] = ['system_admin', 'security_admin', 'audit_admin'];

/** True when one person may hold all of these roles at once. */
export function canHoldTogether(held: readonly Role[]): boolean {
  const distinct = new Set(held);
  return distinct.size < 2 || !administrators.some(role => distinct.has(role));
}

/** A role held in a place: the whole town, the subtree below `gridId`, or one unit. */
export interface Grant {
  readonly role: Role;
  readonly townId: string | null;
  readonly gridId: string | null;
  readonly unitId: string | null;
}

/** Whoever acts: an account with its grants, the holder of a report's receipt, or the system itself. */
export type Actor =
  | { readonly kind: 'account'; readonly accountId: string; readonly name: string; readonly grants: readonly Grant[] }
  | { readonly kind: 'reporter' }
  | { readonly kind: 'system' };

/** The grants of an actor that carry a permission. */
export function grantsFor(actor: Actor, permission: Permission): readonly Grant[] {
  if (actor.kind !== 'account') return [];
  return actor.grants.filter(grant => permissionsOf[grant.role].includes(permission));
}

export const mayAnywhere = (actor: Actor, permission: Permission): boolean => grantsFor(actor, permission).length > 0;

/** The units in which the actor handles cases. */
export const unitsOf = (actor: Actor): readonly string[] =>
  actor.kind === 'account' ? actor.grants.flatMap(grant => (grant.unitId === null ? [] : [grant.unitId])) : [];
