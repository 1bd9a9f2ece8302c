import type { Role } from '../../src/domain/identity/permissions.ts';

/** One password for all demonstration accounts; it is shown on the login page, in demonstration mode only. */
export const demoPassword = 'Jingba-2013';

export interface StaffMember {
  readonly loginName: string;
  readonly roles: readonly Role[];
  /** Code of the unit, for handlers. */
  readonly unit?: string;
  /** Code of the grid, for workers and community heads. */
  readonly grid?: string;
  /** Post of the handbook's §5.2 and its name; the grid is the town unless `grid` says otherwise. */
  readonly post?: { readonly code: string; readonly name: string };
  /** Page where this person begins. */
  readonly start: string;
}

/** Who can sign in at the demonstration: one for each role, the desk's operator with the three that one shift needs. */
export const staff: readonly StaffMember[] = [
  {
    loginName: 'zhihui',
    roles: ['shift_leader', 'acceptor', 'dispatcher'],
    post: { code: 'P14', name: '指挥中心值班长' },
    start: '/desk',
  },
  { loginName: 'shouli', roles: ['acceptor'], post: { code: 'P14', name: '指挥中心受理员' }, start: '/desk' },
  { loginName: 'paiqian', roles: ['dispatcher'], post: { code: 'P14', name: '指挥中心派遣员' }, start: '/desk' },
  { loginName: 'ducha', roles: ['supervisor'], post: { code: 'P14', name: '指挥中心督查员' }, start: '/desk' },
  { loginName: 'lingdao', roles: ['leader'], post: { code: 'P13', name: '一级网格长' }, start: '/desk' },
  {
    loginName: 'wenlian',
    roles: ['community_head'],
    grid: '410105001015000',
    post: { code: 'P23', name: '二级网格长' },
    start: '/m/',
  },
  {
    loginName: 'wangge',
    roles: ['grid_worker'],
    grid: '410105001015003',
    post: { code: 'P32', name: '三级网格长' },
    start: '/m/',
  },
  { loginName: 'zilaishui', roles: ['unit_handler'], unit: 'water', start: '/inbox' },
  { loginName: 'minzheng', roles: ['unit_handler'], unit: 'civil_affairs', start: '/inbox' },
  { loginName: 'zhifa', roles: ['unit_handler'], unit: 'law_enforcement', start: '/inbox' },
  { loginName: 'huanwei', roles: ['unit_handler'], unit: 'sanitation', start: '/inbox' },
  { loginName: 'xitong', roles: ['system_admin'], start: '/api-docs' },
  { loginName: 'anquan', roles: ['security_admin'], start: '/admin/accounts' },
  { loginName: 'shenji', roles: ['audit_admin'], start: '/admin/accounts' },
];
