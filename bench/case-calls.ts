import { randomUUID } from 'node:crypto';

import { demoPassword } from '../db/seed/staff.ts';
import { openCaller } from './http-caller.ts';

import type { CaseDetail, CaseRow } from '../src/contracts/cases.ts';
import type { Unit, GridShape } from '../src/contracts/grids.ts';

/** 社会生活噪声 (neighbourhood noise), whose one condition asks for no photo. */
const category = { code: '0818', conditionNo: 1 } as const;

/** The four that the benchmark is named for, and those that must be made between them. */
export const kinds = ['create', 'find', 'accept', 'file', 'dispatch', 'sign', 'feed back'] as const;
export type Kind = (typeof kinds)[number];

/** A case on its way through its life. */
export interface Case {
  readonly number: string;
  readonly key: string;
  id: string;
  version: number;
}

export interface CaseCalls {
  create(): Promise<Case>;
  /** By its number, as the desk does; the answer tells id and version. */
  find(one: Case): Promise<void>;
  act(one: Case, action: 'accept' | 'file' | 'dispatch' | 'sign' | 'feed back'): Promise<void>;
  close(): void;
}

/**
 * A resident, the desk's leader and the water company's handler, over kept-alive connections.
 * @param observe told the kind and the milliseconds of each call.
 */
export async function openCalls(
  url: string,
  connections: number,
  observe: (kind: Kind, ms: number) => void,
): Promise<CaseCalls> {
  const http = openCaller(url, connections);
  const signIn = async (loginName: string) =>
    (await http.call('POST', '/api/session', {}, { loginName, password: demoPassword })).cookie;
  const desk = { cookie: await signIn('zhihui') };
  const handler = { cookie: await signIn('zilaishui') };
  const { units } = (await http.call('GET', '/api/units', desk)).body as { units: Unit[] };
  const water = units.find(unit => unit.code === 'water');
  if (water === undefined) throw new Error('the demonstration has no water company');
  const { grids } = (await http.call('GET', '/api/territory')).body as { grids: GridShape[] };
  const places = grids.filter(grid => grid.level === 3).map(({ label: [lng, lat] }) => ({ lng, lat, datum: 'WGS84' }));
  let made = 0;

  const bodies = {
    accept: {},
    file: { categoryCode: category.code, conditionNo: category.conditionNo },
    dispatch: { unitId: water.id },
    sign: {},
    'feed back': { note: '已到现场处理，恢复正常。' },
  };
  return {
    async create() {
      const key = randomUUID();
      made += 1;
      const { body, ms } = await http.call(
        'POST',
        '/api/reports',
        { 'idempotency-key': key },
        {
          words: `楼下施工到深夜，影响休息，请协调。第 ${made} 次反映。`,
          place: { point: places[made % places.length], address: '三号楼南侧' },
          categoryCode: category.code,
          contact: { name: '张伟', phone: '13800001111' },
        },
      );
      observe('create', ms);
      return { number: (body as { number: string }).number, key, id: '', version: 0 };
    },
    async find(one) {
      const { body, ms } = await http.call('GET', `/api/cases?search=${one.number}`, desk);
      observe('find', ms);
      const { cases } = body as { cases: CaseRow[] };
      const [found] = cases;
      if (found?.number !== one.number || cases.length !== 1) throw new Error(`case ${one.number} was not found`);
      one.id = found.id;
      one.version = found.version;
    },
    async act(one, action) {
      const who = action === 'sign' || action === 'feed back' ? handler : desk;
      const { body, ms } = await http.call('POST', `/api/cases/${one.id}/act`, who, {
        action: action.replace(' ', '_'),
        version: one.version,
        ...bodies[action],
      });
      observe(action, ms);
      one.version = (body as { case: CaseDetail }).case.version;
    },
    close: () => http.close(),
  };
}
