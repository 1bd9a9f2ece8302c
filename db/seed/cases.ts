import sharp from 'sharp';

import { instant } from '../../src/domain/kernel/time.ts';
import { act, lockCaseById, reportCase } from '../../src/server/cases/index.ts';
import { giveReceipt } from '../../src/server/intake/index.ts';
import { seeTowns } from '../../src/server/platform/database/town-sight.ts';
import { receivePhoto, claimUploads } from '../../src/server/platform/uploads.ts';
import { accountsWithRoles } from '../../src/server/identity/index.ts';
import { problems } from './problems.ts';
import { seedId, seedRandom } from './random.ts';
import { drawScene } from './scenes.ts';

import type { ActionRequest } from '../../src/server/cases/index.ts';
import type { Actor, Role } from '../../src/domain/identity/permissions.ts';
import type { Instant } from '../../src/domain/kernel/time.ts';
import type { Services } from '../../src/server/compose.ts';
import type { FileStore } from '../../src/server/platform/files.ts';
import type { Tables } from '../../src/server/platform/database/tables.ts';
import type { AccountRow } from '../../src/server/identity/index.ts';
import type { DemoProblem, Progress } from './problems.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;
type Step = Omit<ActionRequest, 'version' | 'note' | 'attachments'> & {
  readonly by: Role | 'reporter';
  readonly note?: string;
};

const actorOf = (account: AccountRow): Actor => ({
  kind: 'account',
  accountId: account.id,
  name: account.name,
  grants: account.grants,
});

/** Cases in every stage, led there by the same services and the same rules as real ones, with times of the last two days. */
export async function seedCases(db: Db, services: Services, files: FileStore, now: Instant): Promise<void> {
  const [town] = services.territory.towns();
  if (town === undefined) throw new Error('the demonstration has no town');
  await seeTowns(db, [town.id]);
  const everybody = await accountsWithRoles(db, town.id, [
    'shift_leader',
    'acceptor',
    'dispatcher',
    'unit_handler',
    'grid_worker',
    'community_head',
  ]);
  // Oldest first: numbers are given in the order of reporting.
  for (const problem of problems.toSorted((a, b) => b.minutesAgo - a.minutesAgo))
    await seedCase(db, services, files, { problem, townId: town.id, everybody, now });
}

interface Setting {
  readonly problem: DemoProblem;
  readonly townId: string;
  readonly everybody: readonly AccountRow[];
  readonly now: Instant;
}

async function seedCase(
  db: Db,
  services: Services,
  files: FileStore,
  { problem, townId, everybody, now }: Setting,
): Promise<void> {
  const { territory, catalogue } = services;
  const courtyards = territory.grids().filter(grid => grid.level === 3);
  const grid = courtyards[problem.grid % courtyards.length];
  if (grid === undefined) throw new Error('the demonstration has no courtyard');
  const random = seedRandom(`${problem.category}/${problem.minutesAgo}`);
  const jitter = () => (random() - 0.5) * 0.0004;
  const startedAt = instant(now - problem.minutesAgo * 60_000);
  const photo = async (kind: 'before' | 'after', at: Instant) => {
    if (problem.scene === undefined) return [];
    const picture = await sharp(Buffer.from(drawScene(problem.scene, kind)))
      .jpeg()
      .toBuffer();
    const id = seedId(`photo/${problem.category}/${problem.minutesAgo}/${kind}`);
    await receivePhoto(db, files, id, picture, at);
    return [id];
  };
  const reported = await reportCase(
    db,
    services.cases,
    {
      channel: problem.channel,
      gridId: grid.id,
      point: { lng: grid.label_lng + jitter(), lat: grid.label_lat + jitter(), datum: 'WGS84', accuracy: 12 },
      address: problem.address,
      words: problem.words,
      categoryCode: problem.category,
      photos: await claimUploads(db, await photo('before', startedAt)),
      contact: problem.channel === 'web' ? { name: null, phone: null } : { name: '热心居民', phone: '19900000123' },
    },
    startedAt,
  );
  await giveReceipt(db, services.cases, reported);

  const category = catalogue.mustHave(problem.category);
  const unit = territory.units(townId).find(({ code }) => code === category.leadUnitCode) ?? territory.units(townId)[0];
  const worker = everybody.find(account => account.grants.some(grant => grant.gridId === grid.id));
  if (unit === undefined || worker === undefined) throw new Error('the demonstration lacks a unit or a worker');
  const handler: Actor = {
    kind: 'account',
    accountId: seedId(`handler/${unit.code}`),
    name: `${unit.name}经办人`,
    grants: [{ role: 'unit_handler', townId, gridId: null, unitId: unit.id }],
  };
  const actorFor = (by: Step['by']): Actor => {
    if (by === 'reporter') return { kind: 'reporter' };
    if (by === 'unit_handler') return handler;
    if (by === 'grid_worker') return actorOf(worker);
    const account = everybody.find(candidate => candidate.grants.some(grant => grant.role === by));
    if (account === undefined) throw new Error(`nobody is ${by}`);
    return actorOf(account);
  };

  const steps = stepsTo(problem, unit.id, worker.id);
  for (const [index, { by, note, ...step }] of steps.entries()) {
    const row = await lockCaseById(db, townId, reported.caseId);
    if (row === undefined) throw new Error('a case of the demonstration vanished');
    // Spread over the time that has passed, early steps close together as on a real desk.
    const share = ((index + 1) / (steps.length + 1)) ** 1.6;
    const at = instant(Math.round(startedAt + (now - startedAt) * share));
    const attachments = step.action === 'feed_back' ? await photo('after', at) : [];
    await act({ db, now: at, actor: actorFor(by), locale: 'zh' }, services.cases, row, {
      ...step,
      version: null,
      note: note ?? null,
      attachments,
    });
  }
}

/** The steps that lead a case so far. */
function stepsTo(
  { until, category, condition = 1, result }: DemoProblem,
  unitId: string,
  checkerId: string,
): readonly Step[] {
  const accept: Step = { action: 'accept', by: 'acceptor' };
  const file: Step = { action: 'file', by: 'shift_leader', categoryCode: category, conditionNo: condition };
  const dispatch: Step = {
    action: 'dispatch',
    by: 'dispatcher',
    unitId,
    note: '请尽快到现场处置，办结后上传现场照片。',
  };
  const sign: Step = { action: 'sign', by: 'unit_handler' };
  const feedBack: Step = { action: 'feed_back', by: 'unit_handler', note: result ?? '已处置完毕。' };
  const sendCheck: Step = { action: 'send_check', by: 'dispatcher', checkerId };
  const pass: Step = { action: 'check_pass', by: 'grid_worker', note: '现场核查，问题已解决。' };
  const close: Step = { action: 'close', by: 'shift_leader' };
  const line: readonly Step[] = [accept, file, dispatch, sign, feedBack, sendCheck, pass, close];
  const lengths: Readonly<Partial<Record<Progress, number>>> = {
    reported: 0,
    accepted: 1,
    filed: 2,
    dispatched: 3,
    handling: 4,
    fed_back: 5,
    checking: 6,
    to_close: 7,
    closed: 8,
  };
  if (until === 'confirmed')
    return [...line, { action: 'confirm', by: 'reporter', rating: 5, note: '处理得很快，谢谢！' }];
  if (until === 'returned')
    return [
      accept,
      file,
      dispatch,
      { action: 'return', by: 'unit_handler', note: '该路段行道树由区园林部门养护，不属我单位职责。' },
    ];
  if (until === 'refused')
    return [{ action: 'refuse', by: 'acceptor', note: '属于咨询事项，工程安排请关注市政府公告，热线 12345 可答复。' }];
  return line.slice(0, lengths[until]);
}
