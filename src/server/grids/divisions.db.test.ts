import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at } from '../../../test/helpers/divisions.ts';
import { gridId, openDivisionApp, townId, type DivisionApp } from '../../../test/helpers/division-app.ts';
import { BEIJING, toInstant, type LocalDateTime } from '../../domain/kernel/time.ts';

import type { DivisionGrid, DivisionVersion } from '../../contracts/division-shapes.ts';

let app: DivisionApp;
beforeAll(async () => (app = await openDivisionApp()));
afterAll(() => app.close());

const divisions = `/api/towns/${townId}/divisions`;
const fresh = gridId('fresh');

interface Edited {
  readonly version: DivisionVersion;
  readonly changed: readonly DivisionGrid[];
  readonly removed: readonly string[];
}

const split = {
  kind: 'split',
  gridId: gridId('g01'),
  line: [at(13, -1), at(13, 11)],
  newGrid: { id: fresh, name: '第四院落', households: 120 },
};

const codeAt = async (x: number, y: number, on?: string): Promise<string> => {
  const [lng, lat] = at(x, y);
  const { body } = await app.call(
    'head',
    'GET',
    `/api/locate?lng=${lng}&lat=${lat}${on === undefined ? '' : `&on=${on}`}`,
  );
  return (body as { path: { code: string }[] }).path.at(-1)?.code ?? '';
};

const countStates = async (): Promise<number> => {
  const { rows } = await app.database.pool.query<{ count: number }>('select count(*) from grids.grid_state');
  return rows[0]?.count ?? 0;
};

describe('a draft', () => {
  test('is begun by whoever may, once a town', async () => {
    expect((await app.call('head', 'POST', divisions, {})).status).toBe(403);
    expect((await app.call('admin', 'POST', `/api/towns/${gridId('c0')}/divisions`, {})).status).toBe(422);
    const opened = await app.call('admin', 'POST', divisions, { note: '年底调整' });
    expect(opened.body).toMatchObject({ number: 2, state: 'draft', baseNumber: 1, lock: { mine: true }, revision: 0 });
    expect((await app.call('other', 'POST', divisions, {})).body).toMatchObject({ code: 'grids.draft_exists' });
  });

  test('is edited by one at a time, taken over when the lock has run out', async () => {
    const locked = await app.call('other', 'POST', `${divisions}/2/lock`, {});
    expect(locked).toMatchObject({ status: 409, body: { code: 'grids.locked', details: { name: '员工admin' } } });
    expect(
      (await app.call('other', 'POST', `${divisions}/2/operations`, { revision: 0, operation: split })).status,
    ).toBe(409);
    app.clock.advance(16 * 60_000);
    expect((await app.call('other', 'POST', `${divisions}/2/lock`, {})).body).toMatchObject({
      lock: { name: '员工other' },
    });
    expect(
      (await app.call('admin', 'POST', `${divisions}/2/operations`, { revision: 0, operation: split })).status,
    ).toBe(409);
    expect((await app.call('other', 'DELETE', `${divisions}/2/lock`)).body).toMatchObject({ lock: null });
  });

  test('does, undoes and redoes steps, and refuses in words', async () => {
    const step = await app.call('admin', 'POST', `${divisions}/2/operations`, { revision: 0, operation: split });
    const edited = step.body as Edited;
    expect(edited.version).toMatchObject({ revision: 1, canUndo: true, canRedo: false });
    expect(edited.changed.find(({ id }) => id === fresh)).toMatchObject({ code: '410105001001004', households: 120 });
    expect(edited.changed.find(({ id }) => id === gridId('g01'))).toMatchObject({ households: 280 });
    const undone = await app.call('admin', 'POST', `${divisions}/2/undo`, { revision: 1 });
    expect(undone.body).toMatchObject({ removed: [fresh], version: { revision: 2, canUndo: false, canRedo: true } });
    expect((await app.call('admin', 'POST', `${divisions}/2/undo`, { revision: 2 })).status).toBe(422);
    expect((await app.call('admin', 'POST', `${divisions}/2/redo`, { revision: 1 })).body).toMatchObject({
      code: 'grids.draft_moved',
    });
    expect((await app.call('admin', 'POST', `${divisions}/2/redo`, { revision: 2 })).body).toMatchObject({
      version: { revision: 3, canUndo: true },
    });
    const missed = { ...split, gridId: gridId('g00'), newGrid: { id: gridId('n2'), name: '某院' } };
    expect(
      (await app.call('admin', 'POST', `${divisions}/2/operations`, { revision: 3, operation: missed })).body,
    ).toMatchObject({
      code: 'grids.edit_refused',
      detail: '没有切到“网格g00”，请让线穿过它',
      details: { code: 'grids.line_misses' },
    });
  });

  test('moves an edge between two communities; their outlines come along', async () => {
    const moves = [10, 20].map(x => ({ from: at(x, 10), to: at(x, 11) }));
    const { body } = await app.call('admin', 'POST', `${divisions}/2/operations`, {
      revision: 3,
      operation: { kind: 'move', moves },
    });
    const ids = (body as Edited).changed.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([gridId('c0'), gridId('c1'), gridId('g01'), gridId('g11')]));
    expect(ids).not.toContain(townId);
  });

  test('merges two others, tells what is wrong and what differs', async () => {
    const operation = { kind: 'merge', gridIds: [gridId('g10'), gridId('g11')], keepId: gridId('g10') };
    expect((await app.call('admin', 'POST', `${divisions}/2/operations`, { revision: 4, operation })).status).toBe(200);
    const { body } = await app.call('head', 'GET', `${divisions}/2/problems`);
    expect(body).toMatchObject({
      problems: [{ kind: 'no_responsible', severity: 'warning', gridIds: [fresh] }],
      balance: { grids: 6 },
    });
    const compared = (await app.call('head', 'GET', `${divisions}/2/comparison`)).body as {
      added: DivisionGrid[];
      removed: DivisionGrid[];
      changed: { after: DivisionGrid; fields: string[] }[];
      moves: { fromId: string; toId: string; households: number }[];
    };
    expect(compared.added.map(({ id }) => id)).toEqual([fresh]);
    expect(compared.removed.map(({ id }) => id)).toEqual([gridId('g11')]);
    expect(compared.changed.map(({ after }) => after.id)).not.toContain(townId);
    expect(
      compared.moves.find(move => move.fromId === gridId('g11') && move.toId === gridId('g10'))?.households,
    ).toBeGreaterThan(300);
  });

  test('changes nothing before it is published', async () => {
    expect(await codeAt(12, 5)).toBe('410105001001002');
    expect(await countStates()).toBe(9);
  });
});

describe('publishing', () => {
  test('needs a day from today on, and goes to one of two who press at once', async () => {
    const publish = (who: string, validFrom: string) =>
      app.call(who, 'POST', `${divisions}/2/publish`, { revision: 5, validFrom });
    expect((await publish('admin', '2014-01-19')).body).toMatchObject({ code: 'grids.day_passed' });
    expect((await publish('admin', '2014-02-30')).status).toBe(422);
    app.clock.advance(16 * 60_000);
    const both = await Promise.all([publish('admin', '2014-01-21'), publish('other', '2014-01-21')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await app.call('head', 'GET', divisions)).body).toMatchObject({
      versions: [
        { number: 2, state: 'published', validFrom: '2014-01-21', inForce: false },
        { number: 1, inForce: true },
      ],
    });
  });

  test('copies only what changed', async () => {
    // g01, g11 and their part, the communities, the courtyards on whose edges corners came or moved; not the town, not g02 and g12 beyond.
    const { rows } = await app.database.pool.query('select id from grids.grid_state where version = 2');
    const ids = (rows as { id: string }[]).map(({ id }) => id);
    expect(ids).not.toContain(townId);
    expect(ids).toContain(fresh);
    const overlapping = await app.database.pool.query(`select a.id from grids.grid_state a join grids.grid_state b
      on a.town_id = b.town_id and a.id = b.id and a.valid_from < b.valid_from and (a.valid_to is null or a.valid_to > b.valid_from)`);
    expect(overlapping.rows).toEqual([]);
  });

  test('shows yesterday and today unchanged, and tomorrow new', async () => {
    expect(await codeAt(12, 5)).toBe('410105001001002');
    expect(await codeAt(12, 5, '2014-01-19')).toBe('410105001001002');
    expect(await codeAt(12, 5, '2014-01-21')).toBe('410105001001004');
    const tree = async (on: string): Promise<string[]> => {
      const { body } = await app.call('head', 'GET', `/api/towns/${townId}/grids?on=${on}`);
      return (body as { grids: { id: string }[] }).grids.map(({ id }) => id);
    };
    expect(await tree('2014-01-20')).toContain(gridId('g11'));
    expect(await tree('2014-01-21')).not.toContain(gridId('g11'));
    expect(await tree('2012-01-01')).toEqual([]);
    const territory = (await app.call('head', 'GET', '/api/territory?on=2014-01-21')).body as {
      grids: { id: string }[];
    };
    expect(territory.grids.map(({ id }) => id)).toContain(fresh);
    expect((await app.call('head', 'GET', '/api/territory?on=2014-02-30')).status).toBe(422);
  });

  test('moves on at midnight by itself, and keeps the names of what is gone', async () => {
    await app.services.territory.refresh();
    expect(app.services.territory.grid(gridId('g11'))?.name).toBe('网格g11');
    app.clock.set(toInstant('2014-01-20 23:59' as LocalDateTime, BEIJING));
    expect(await codeAt(12, 5)).toBe('410105001001002');
    app.clock.set(toInstant('2014-01-21 00:00' as LocalDateTime, BEIJING));
    expect(await codeAt(12, 5)).toBe('410105001001004');
    expect(app.services.territory.grid(gridId('g11'))).toBeUndefined();
    expect(app.services.territory.path(gridId('g11')).map(({ name }) => name)).toEqual(['网格t', '网格c1', '网格g11']);
  });

  test('gives a page with the grid’s history', async () => {
    const { body } = await app.call('head', 'GET', `/api/grids/${gridId('g01')}`);
    expect(body).toMatchObject({
      on: '2014-01-21',
      grid: { households: 280 },
      posts: [{ code: 'P32', holders: [{ name: '员工head' }] }],
      history: [
        { version: 2, validFrom: '2014-01-21', validTo: null },
        { version: 1, validFrom: '2013-01-01', validTo: '2014-01-21', households: 400 },
      ],
    });
    const gone = await app.call('head', 'GET', `/api/grids/${gridId('g11')}`);
    expect(gone.body).toMatchObject({ grid: null, history: [{ version: 1 }] });
  });

  test('refuses a second version for the same day, and one with problems; discarding leaves all as it was', async () => {
    await app.call('admin', 'POST', divisions, {});
    const before = await countStates();
    const publish = (revision: number, validFrom: string) =>
      app.call('admin', 'POST', `${divisions}/3/publish`, { revision, validFrom });
    expect((await publish(0, '2014-01-21')).body).toMatchObject({ code: 'grids.day_taken' });
    const operation = { kind: 'describe', gridId: gridId('g00'), set: { code: '410105001001003' } };
    await app.call('admin', 'POST', `${divisions}/3/operations`, { revision: 0, operation });
    expect((await publish(1, '2014-02-01')).body).toMatchObject({ code: 'grids.has_problems', details: { count: 1 } });
    expect((await app.call('admin', 'POST', `${divisions}/3/discard`, { revision: 1 })).body).toMatchObject({
      state: 'discarded',
    });
    expect(await countStates()).toBe(before);
    expect(
      (await app.call('admin', 'POST', `${divisions}/3/operations`, { revision: 2, operation })).body,
    ).toMatchObject({ code: 'grids.not_a_draft' });
  });
});
