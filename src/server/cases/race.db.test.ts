import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { readProblem } from '../../../test/helpers/client.ts';
import { act, leadTo, reportCase } from '../../../test/helpers/journey.ts';
import { actOnCase, readCase, verifyRecord } from '../../contracts/cases.ts';

import type { TestApp } from '../../../test/helpers/app.ts';
import type { ActInput } from '../../contracts/cases.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const nameOf = async (loginName: string): Promise<string> => {
  const { rows } = await app.database.pool.query<{ name: string }>(
    'select name from identity.account where login_name = $1',
    [loginName],
  );
  return rows[0]?.name ?? '';
};

describe('two operators on one case in the same instant', () => {
  test('one wins; the other reads who did what when, and what the case is now', async () => {
    const { caseId } = await reportCase(app);
    const params = { id: caseId };
    const people = ['zhihui', 'shouli'];
    const answers = await Promise.all(
      people.map(async loginName =>
        (await app.as(loginName)).send(actOnCase, { params, body: { action: 'accept', version: 1 } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const lost = answers.findIndex(({ status }) => status === 409);
    const winner = await nameOf(people[1 - lost] ?? '');
    const response = answers[lost];
    if (response === undefined) throw new Error('nobody lost');
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ code: 'cases.version_moved', details: { by: winner, at: '09:00', version: 2 } });
    expect(problem.title).toBe(`${winner}刚刚09:00已“受理”，案卷现为“待立案”。请看过最新情况再操作`);
    const { steps, version } = await (await app.as('zhihui')).ok(readCase, { params });
    expect([steps.length, version]).toEqual([2, 2]);
  });

  test('twenty different actions at once: one is taken, and the record holds', async () => {
    const { caseId } = await leadTo(app, 'to_file');
    const desk = await app.as('zhihui');
    const actions: ActInput[] = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? { action: 'decline', version: 2, note: `第 ${index} 人` }
        : { action: 'file', version: 2, categoryCode: '0701', conditionNo: 1 },
    );
    const answers = await Promise.all(actions.map(body => desk.send(actOnCase, { params: { id: caseId }, body })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await desk.ok(verifyRecord, { params: { id: caseId } })).toEqual({ steps: 3, broken: null });
  });

  test('remarks of many at once are all kept, in one chain', async () => {
    const { caseId } = await reportCase(app);
    const desk = await app.as('zhihui');
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        desk.ok(actOnCase, { params: { id: caseId }, body: { action: 'remark', version: 1, note: `备注 ${index}` } }),
      ),
    );
    expect(await desk.ok(verifyRecord, { params: { id: caseId } })).toEqual({ steps: 13, broken: null });
  });
});

describe('a version that has moved', () => {
  test('is refused before anything else, in both languages', async () => {
    const { caseId } = await leadTo(app, 'to_file');
    const body = { action: 'accept' as const, version: 1 };
    const problem = await (
      await app.as('shouli')
    ).refused(actOnCase, 'cases.version_moved', { params: { id: caseId }, body, language: 'en' });
    expect(problem.title).toMatch(/already did “Accept”; the case is now “To file”/);
  });

  test('by the reporter is told as such', async () => {
    const { caseId } = await reportCase(app);
    await act(await app.as('shouli'), caseId, 'refuse', { note: '重复' });
    const body = { action: 'accept' as const, version: 7 };
    await (await app.as('zhihui')).refused(actOnCase, 'cases.version_moved', { params: { id: caseId }, body });
  });
});

describe('an action that is not possible', () => {
  test('says what the case is and what was wanted', async () => {
    const { caseId } = await reportCase(app);
    const params = { id: caseId };
    const body = { action: 'close' as const, version: 1 };
    const desk = await app.as('zhihui');
    expect((await desk.refused(actOnCase, 'cases.action_not_possible', { params, body })).title).toBe(
      '案卷现为“待受理”，不能“结案”',
    );
    const english = await desk.refused(actOnCase, 'cases.action_not_possible', { params, body, language: 'en' });
    expect(english.title).toBe('The case is “To accept”; “Close” is not possible now');
  });

  test('by somebody without the duty names the duty, before anything is looked up', async () => {
    const { caseId } = await leadTo(app, 'to_dispatch');
    const body = { action: 'dispatch' as const, version: 3, unitId: randomUUID() };
    const problem = await (
      await app.as('shouli')
    ).refused(actOnCase, 'identity.not_permitted', { params: { id: caseId }, body });
    expect(problem.title).toBe('您没有“交办”的权限，请联系本单位管理员');
    await (await app.as('paiqian')).refused(actOnCase, 'grids.unknown_unit', { params: { id: caseId }, body });
    const elsewhere = { ...body, unitId: app.unit('other_water').id };
    await (
      await app.as('paiqian')
    ).refused(actOnCase, 'grids.unknown_unit', { params: { id: caseId }, body: elsewhere });
  });

  test.each([
    ['an unknown category', { categoryCode: '9999', conditionNo: 1 }, 'cases.unknown_category'],
    ['a condition of another category', { categoryCode: '0701', conditionNo: 99 }, 'cases.unknown_condition'],
  ] as const)('%s', async (_what, filing, code) => {
    const { caseId } = await leadTo(app, 'to_file');
    const body = { action: 'file' as const, version: 2, ...filing };
    await (await app.as('zhihui')).refused(actOnCase, code, { params: { id: caseId }, body });
  });
});

describe('an action sent again', () => {
  test('with the same key gets the same answer and is taken once', async () => {
    const { caseId } = await reportCase(app);
    const desk = await app.as('zhihui');
    const input = { params: { id: caseId }, body: { action: 'accept' as const, version: 1 }, key: randomUUID() };
    const [first, ...others] = await Promise.all(Array.from({ length: 6 }, () => desk.ok(actOnCase, input)));
    for (const other of others) expect(other).toEqual(first);
    expect(first?.case.steps).toHaveLength(2);
    const body = { action: 'refuse' as const, version: 1, note: '别的' };
    await desk.refused(actOnCase, 'platform.idempotency_key_reused', { ...input, body });
  });

  test('gets its answer also when the case has left the hands of whoever acted', async () => {
    const { caseId } = await leadTo(app, 'to_sign');
    const water = await app.as('zilaishui');
    const body = { action: 'return' as const, version: 4, note: '不归我们管' };
    const input = { params: { id: caseId }, body, key: randomUUID() };
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => water.ok(actOnCase, input)));
    for (const other of [...others, await water.ok(actOnCase, input)]) expect(other).toEqual(first);
    await water.refused(actOnCase, 'platform.not_found', { ...input, key: randomUUID() });
    // Nobody else gets the answer by the key.
    await (await app.as('minzheng')).refused(actOnCase, 'platform.not_found', input);
  });

  test('the same key on another case is another action', async () => {
    const [one, other] = [await reportCase(app), await reportCase(app)];
    const desk = await app.as('zhihui');
    const same = { body: { action: 'accept' as const, version: 1 }, key: randomUUID() };
    for (const { caseId } of [one, other]) {
      const answer = await desk.ok(actOnCase, { ...same, params: { id: caseId } });
      expect(answer.case).toMatchObject({ id: caseId, state: 'to_file' });
    }
  });
});
