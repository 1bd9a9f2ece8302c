import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { otherTown } from '../../../test/helpers/house.ts';
import { accountIdOf, act, leadTo, reportCase } from '../../../test/helpers/journey.ts';
import { listen } from '../../../test/helpers/stream.ts';
import { demoPassword } from '../../../db/seed/staff.ts';
import { live, liveEvent } from '../../contracts/cases.ts';
import { signIn, signOut } from '../../contracts/identity.ts';

import type { TestApp } from '../../../test/helpers/app.ts';
import type { Listening } from '../../../test/helpers/stream.ts';
import type { LiveEvent } from '../../contracts/cases.ts';

let app: TestApp;
const open: Listening[] = [];
beforeAll(async () => {
  // Polls, beats and checks of sessions come when the test says so; everything else runs as always.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  app = await openApp();
});
afterEach(() => {
  for (const listening of open.splice(0)) listening.stop();
});
afterAll(async () => {
  await app.close();
  vi.useRealTimers();
});

async function listenAs(loginName: string): Promise<Listening> {
  const listening = await listen(app, await app.as(loginName));
  open.push(listening);
  return listening;
}

const about =
  (caseId: string, event: string) =>
  (told: LiveEvent): boolean =>
    told.kind === 'case' && told.caseId === caseId && told.event === event;

describe('an open screen', () => {
  test('gets a new case within a second, as its queue shows it, in the form of the contract', async () => {
    const desk = await listenAs('zhihui');
    const { caseId, number } = await reportCase(app, { words: '刚刚发现的' });
    const told = await desk.hear(about(caseId, 'cases.reported'), 1000);
    expect(told).toMatchObject({ kind: 'case', row: { number, title: '刚刚发现的', state: 'reported' } });
    for (const event of desk.heard) expect(liveEvent().safeParse(event).error).toBeUndefined();
  });

  test('gets each step of somebody else', async () => {
    const desk = await listenAs('ducha');
    const { caseId } = await leadTo(app, 'handling');
    for (const event of ['reported', 'accepted', 'filed', 'dispatched', 'signed'])
      await desk.hear(about(caseId, `cases.${event}`));
    const steps = desk.heard.filter(told => told.kind === 'case' && told.caseId === caseId);
    expect(steps).toHaveLength(5);
  });

  test('beats, so that a dead line is noticed', async () => {
    const desk = await listenAs('zhihui');
    vi.advanceTimersByTime(15_000);
    await desk.hear(({ kind }) => kind === 'beat');
  });
});

describe('what lies outside', () => {
  test('is not told: another town, another unit, a sibling courtyard', async () => {
    const strangers = await Promise.all(['lin.zhihui', 'zilaishui', 'g015001'].map(listenAs));
    const witness = await listenAs('wangge');
    const { caseId } = await reportCase(app);
    await witness.hear(about(caseId, 'cases.reported'));
    // Each stranger hears something later of its own; then nothing before it was for it.
    const theirs = await reportCase(app, { place: { gridId: app.grid(otherTown.courtyard).id } }, 'lin.zhihui');
    await strangers[0]?.hear(about(theirs.caseId, 'cases.reported'));
    const dispatched = await leadTo(app, 'to_sign', {
      report: { place: { gridId: app.grid('410105001015001').id } },
    });
    await strangers[1]?.hear(about(dispatched.caseId, 'cases.dispatched'));
    await strangers[2]?.hear(about(dispatched.caseId, 'cases.dispatched'));
    for (const { heard } of strangers)
      expect(heard.filter(told => told.kind === 'case' && told.caseId === caseId)).toEqual([]);
    const unit = strangers[1]?.heard.filter(told => told.kind === 'case' && told.caseId === dispatched.caseId) ?? [];
    expect(unit.map(told => told.kind === 'case' && told.event)).toEqual(['cases.dispatched']);
  });

  test('is taken off the screen: a case that the unit returned, a check given to another', async () => {
    const { caseId } = await leadTo(app, 'to_sign', { report: { place: { gridId: app.grid('410105001015001').id } } });
    const unit = await listenAs('zilaishui');
    await act(await app.as('zilaishui'), caseId, 'return', { note: '不归我们管' });
    expect(await unit.hear(about(caseId, 'cases.returned'))).toMatchObject({ row: null });

    const checked = await leadTo(app, 'checking', { report: { place: { gridId: app.grid('410105001015001').id } } });
    const worker = await listenAs('wangge');
    const checkerId = await accountIdOf(app, 'wenlian');
    await act(await app.as('zhihui'), checked.caseId, 'send_check', { checkerId });
    await worker.hear(
      told => about(checked.caseId, 'cases.sent_to_check')(told) && told.kind === 'case' && told.row === null,
    );
  });
});

describe('what another process committed', () => {
  test('is heard by its notification, and by the next poll when that was lost', async () => {
    const desk = await listenAs('zhihui');
    const { caseId } = await reportCase(app);
    await desk.hear(about(caseId, 'cases.reported'));
    const tellElsewhere = (type: string) =>
      app.database.pool.query(
        `insert into platform.event (town_id, id, type, subject, payload, at)
         select town_id, gen_random_uuid(), $2, subject, '{}', at from platform.event where subject = $1 limit 1`,
        [caseId, type],
      );
    const idNow = `update platform.event set id = ((lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
      || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid) where type = $1`;
    await tellElsewhere('cases.elsewhere_notified');
    await app.database.pool.query(idNow, ['cases.elsewhere_notified']);
    await app.database.pool.query("select pg_notify('jingwei_events', '')");
    await desk.hear(about(caseId, 'cases.elsewhere_notified'));

    await tellElsewhere('cases.elsewhere_polled');
    await app.database.pool.query(idNow, ['cases.elsewhere_polled']);
    vi.advanceTimersByTime(2000);
    await desk.hear(about(caseId, 'cases.elsewhere_polled'));
  });

  test('in any number: more than a page of events in one second are all told', async () => {
    const desk = await listenAs('zhihui');
    const { caseId } = await reportCase(app);
    await app.database.pool.query(
      `insert into platform.event (town_id, id, type, subject, payload, at)
       select e.town_id, (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
         || lpad(to_hex(n), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid, 'cases.many_' || n, e.subject, '{}', e.at
       from platform.event e, generate_series(1, 1300) n where e.subject = $1`,
      [caseId],
    );
    vi.advanceTimersByTime(2000);
    for (const n of [1, 500, 501, 1300]) await desk.hear(about(caseId, `cases.many_${n}`));
    await reportCase(app).then(later => desk.hear(about(later.caseId, 'cases.reported')));
  });
});

describe('the stream', () => {
  test('needs a session, and is only opened for reading', async () => {
    await app.anybody.refused(live, 'identity.not_signed_in');
    await (await app.as('anquan')).refused(live, 'identity.not_permitted');
    const headed = await fetch(`${app.url}/api/live`, {
      method: 'HEAD',
      headers: { cookie: (await app.as('zhihui')).cookie() },
    });
    expect(headed.status).toBe(404);
  });

  test('ends soon after its session: signed out, or expired', async () => {
    const client = app.client();
    await client.ok(signIn, { body: { loginName: 'shouli', password: demoPassword } });
    const desk = await listen(app, client);
    await client.ok(signOut);
    vi.advanceTimersByTime(15_000);
    await desk.ended;

    const idle = await listenAs('paiqian');
    app.clock.advance(8 * 3_600_000);
    vi.advanceTimersByTime(15_000);
    await idle.ended;
  });

  test('opened again goes on, without what was told before', async () => {
    const first = await listenAs('zhihui');
    const { caseId } = await reportCase(app);
    await first.hear(about(caseId, 'cases.reported'));
    first.stop();
    await act(await app.as('zhihui'), caseId, 'accept', {});
    const again = await listenAs('zhihui');
    await act(await app.as('zhihui'), caseId, 'remark', { note: '第二次打开之后' });
    expect(await again.hear(about(caseId, 'cases.remarked'))).toMatchObject({ row: { state: 'to_file', version: 2 } });
  });

  test('does not keep a server from stopping', async () => {
    const other = await openApp();
    const desk = await listen(other, await other.as('zhihui'));
    await other.close();
    await desk.ended;
  });
});
