import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { giveVerdict } from '../src/contracts/intake.ts';
import { verifyRecord } from '../src/contracts/cases.ts';
import { cityWide } from '../src/server/platform/database/query-walk.ts';
import { verifyRecords } from '../tools/verify-record.ts';
import { openApp } from './helpers/app.ts';
import { withDatabase } from './helpers/database-url.ts';
import { otherTown } from './helpers/house.ts';
import { act, leadOn, leadTo, reportCase, upload } from './helpers/journey.ts';

import type { RawBuilder } from 'kysely';
import type { TestApp } from './helpers/app.ts';
import type { Verification } from '../tools/verify-record.ts';

let app: TestApp;
let victim: { caseId: string; number: string };
let steps = 0;

/** A base that has lived: cases in many stages, one contested and handled again, one in another town. */
beforeAll(async () => {
  app = await openApp();
  await reportCase(app);
  await leadTo(app, 'to_dispatch');
  const { caseId } = await leadTo(app, 'checking', { report: { photos: [await upload(app)] } });
  await act(await app.as('wangge'), caseId, 'check_fail', { note: '没修好', attachments: [await upload(app)] });
  await reportCase(app, { place: { gridId: app.grid(otherTown.courtyard).id } }, 'lin.zhihui');
  const contested = await leadTo(app, 'closed', { report: { photos: [await upload(app)] } });
  const { number, queryCode } = contested;
  await app.anybody.ok(giveVerdict, { body: { number, queryCode, verdict: 'contest', words: '还是不行' } });
  await leadOn(app, contested.caseId, 'to_dispatch', 'closed');
  await app.anybody.ok(giveVerdict, { body: { number, queryCode, verdict: 'confirm', rating: 4 } });
  victim = contested;
  steps = (await verify()).steps;
});
afterAll(() => app.close());

const towns = (): string[] => app.services.territory.towns().map(({ id }) => id);
const verify = (): Promise<Verification> => verifyRecords(app.database.kysely, towns());

/** What is found after a change by hand, which is then undone. */
async function verifyAfter(change: RawBuilder<unknown>): Promise<Verification> {
  const undone = new Error('undone');
  let found: Verification | undefined;
  await app.database.kysely
    .transaction()
    .execute(async trx => {
      const { numAffectedRows } = await change.execute(cityWide(trx));
      expect(Number(numAffectedRows)).toBeGreaterThan(0);
      found = await verifyRecords(trx, towns());
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  if (found === undefined) throw new Error('nothing was verified');
  return found;
}

test('a base that has lived holds, in every town', async () => {
  expect(await verify()).toEqual({ cases: 5, steps, broken: [] });
  expect(steps).toBeGreaterThan(25);
});

describe('a row changed by hand is named by case and step', () => {
  const ofVictim = (seq: number) => sql`case_id = ${victim.caseId} and seq = ${seq}`;
  const theCase = () => sql`id = ${victim.caseId}`;

  const changes: readonly (readonly [what: string, change: () => RawBuilder<unknown>, seq: number, reason: string])[] =
    [
      ['the note of a step', () => sql`update cases.step set note = '换了说法' where ${ofVictim(6)}`, 6, 'note'],
      ['one character of a note', () => sql`update cases.step set note = note || ' ' where ${ofVictim(1)}`, 1, 'note'],
      ['the salt of a note', () => sql`update cases.step set note_salt = 'x' where ${ofVictim(6)}`, 6, 'note'],
      ['who acted', () => sql`update cases.step set actor_id = gen_random_uuid() where ${ofVictim(2)}`, 2, 'hash'],
      ['the name of who acted', () => sql`update cases.step set actor_name = '别人' where ${ofVictim(2)}`, 2, 'hash'],
      ['the post', () => sql`update cases.step set post = '别的岗位' where ${ofVictim(4)}`, 4, 'hash'],
      ['the unit', () => sql`update cases.step set unit_id = gen_random_uuid() where ${ofVictim(4)}`, 4, 'hash'],
      [
        'the time, by a millisecond',
        () => sql`update cases.step set at = at + interval '1 ms' where ${ofVictim(9)}`,
        9,
        'hash',
      ],
      ['the action', () => sql`update cases.step set action = 'refuse' where ${ofVictim(8)}`, 8, 'hash'],
      ['the state led to', () => sql`update cases.step set to_state = 'closed' where ${ofVictim(8)}`, 8, 'hash'],
      [
        'a photo’s digest',
        () => sql`update cases.step set attachment_digests = array['x'] where ${ofVictim(1)}`,
        1,
        'hash',
      ],
      ['a hash', () => sql`update cases.step set hash = md5('x') where ${ofVictim(3)}`, 3, 'hash'],
      ['a link', () => sql`update cases.step set prev_hash = md5('x') where ${ofVictim(3)}`, 3, 'previous'],
      ['a step deleted in the middle', () => sql`delete from cases.step where ${ofVictim(5)}`, 5, 'sequence'],
      ['the first step deleted', () => sql`delete from cases.step where ${ofVictim(1)}`, 1, 'sequence'],
      [
        'the last step deleted',
        () => sql`delete from cases.step where case_id = ${victim.caseId} and action = 'confirm'`,
        17,
        'head',
      ],
      ['all steps deleted', () => sql`delete from cases.step where case_id = ${victim.caseId}`, 1, 'head'],
      [
        'a step put in at the end',
        () => sql`insert into cases.step select town_id, case_id, 18, action, from_state, to_state, actor_id, actor_name, post,
        unit_id, at, note, note_salt, note_digest, attachment_digests, hash, md5('x') from cases.step
        where case_id = ${victim.caseId} and seq = 17`,
        18,
        'hash',
      ],
      [
        'two steps exchanged',
        () =>
          sql`update cases.step set seq = case seq when 2 then -3 else -2 end where case_id = ${victim.caseId} and seq in (2, 3)`,
        1,
        'sequence',
      ],
      ['the state of the case', () => sql`update cases.case_file set state = 'closed' where ${theCase()}`, 17, 'state'],
      ['the words reported', () => sql`update cases.case_file set words = '没有这回事' where ${theCase()}`, 1, 'words'],
      ['the head', () => sql`update cases.case_file set head_hash = md5('x') where ${theCase()}`, 18, 'head'],
      [
        'a photo',
        () => sql`update cases.attachment set sha256 = repeat('ab', 32) where case_id = ${victim.caseId} and seq = 1`,
        1,
        'photos',
      ],
    ];

  test.each(changes)('%s', async (_what, change, seq, reason) => {
    const { broken } = await verifyAfter(change());
    expect(broken).toEqual([{ number: victim.number, seq, reason }]);
  });

  test('several at once, each by its first broken link', async () => {
    const { broken, cases } = await verifyAfter(sql`update cases.step set at = at + interval '1 ms' where seq = 2`);
    expect(cases).toBe(5);
    expect(broken.map(({ seq, reason }) => [seq, reason])).toEqual([
      [2, 'hash'],
      [2, 'hash'],
      [2, 'hash'],
    ]);
    expect(new Set(broken.map(({ number }) => number)).size).toBe(3);
  });

  test('and the same is said on the desk', async () => {
    const desk = await app.as('zhihui');
    const { pool } = app.database;
    await pool.query('update cases.step set note = note || $1 where case_id = $2 and seq = 6', ['！', victim.caseId]);
    expect(await desk.ok(verifyRecord, { params: { id: victim.caseId } })).toEqual({
      steps: 17,
      broken: { seq: 6, reason: 'note' },
    });
    await pool.query('update cases.step set note = left(note, -1) where case_id = $1 and seq = 6', [victim.caseId]);
    expect(await desk.ok(verifyRecord, { params: { id: victim.caseId } })).toMatchObject({ broken: null });
  });
});

test('lawfully erased words and photos leave every chain whole', async () => {
  const erased = await verifyAfter(sql`with words as (update cases.case_file set words = '' returning 1),
    photos as (delete from cases.attachment returning 1)
    update cases.step set note = null, note_salt = null`);
  expect(erased).toEqual({ cases: 5, steps, broken: [] });
});

describe('the command', () => {
  const project = path.resolve(import.meta.dirname, '..');
  const run = (args: readonly string[], url = app.database.url) => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: url, JINGWEI_DATA: app.dataFolder };
    return spawnSync(process.execPath, ['tools/verify-record.ts', ...args], { cwd: project, env, encoding: 'utf8' });
  };

  test('ends with 0 and says what it has seen', () => {
    const { status, stdout, stderr } = run([]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`案卷 5 件，记录 ${steps} 步 / 5 cases, ${steps} steps`);
    expect(stdout).toContain('全部完整 / all chains hold');
    const other = run(['--town', otherTown.town.slice(0, 9), '--json']);
    expect(JSON.parse(other.stdout)).toEqual({ cases: 1, steps: 1, broken: [] });
  });

  test('ends with 1 and names case and step, for people and for programs', async () => {
    const { pool } = app.database;
    await pool.query('update cases.step set actor_name = actor_name || $1 where case_id = $2 and seq = 2', [
      '某',
      victim.caseId,
    ]);
    const words = run([]);
    expect(words.status).toBe(1);
    expect(words.stdout).toContain(`${victim.number} 第 2 步断开 / broken at step 2`);
    expect(words.stdout).not.toContain('all chains hold');
    const json = run(['--json']);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ broken: [{ number: victim.number, seq: 2, reason: 'hash' }] });
    await pool.query('update cases.step set actor_name = left(actor_name, -1) where case_id = $1 and seq = 2', [
      victim.caseId,
    ]);
    expect(run([]).status).toBe(0);
  });

  test('ends with 2 when it could not look', () => {
    const { status, stderr } = run([], withDatabase(app.database.url, 'no_such_database'));
    expect(status).toBe(2);
    expect(stderr).toContain('no_such_database');
    expect(run(['--no-such-option']).status).toBe(2);
  });
});
