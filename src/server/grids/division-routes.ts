import * as endpoints from '../../contracts/divisions.ts';
import { compareDivisions } from '../../domain/grids/comparison.ts';
import { squareMetresOf } from '../../domain/grids/division.ts';
import { computeBalance, perimeterMetres } from '../../domain/grids/measures.ts';
import { grantsFor, permissions } from '../../domain/identity/permissions.ts';
import { ProblemError } from '../platform/problem.ts';
import { fileRoute, route } from '../platform/http/route.ts';
import { writeGrids } from './files/write.ts';
import * as store from './division-queries.ts';
import { loadVersion, withOutlines } from './division-store.ts';
import { factsView, gridOfRow, gridView } from './division-views.ts';
import * as divisions from './divisions.ts';

import type { Permission } from '../../domain/identity/permissions.ts';
import type { LocalDate } from '../../domain/kernel/time.ts';
import type { Call, Route } from '../platform/http/route.ts';
import type { Editor } from './divisions.ts';
import type { Territory } from './territory.ts';

/** Throws unless the caller holds the permission in this town, or in every town. */
function checkTown({ actor, locale }: Call, permission: Permission, townId: string): void {
  const may = grantsFor(actor, permission).some(grant => grant.townId === null || grant.townId === townId);
  if (!may) throw new ProblemError('identity.not_permitted', { permission: permissions[permission][locale] });
}

function editorOf(call: Call, townId: string): Editor {
  checkTown(call, 'grids.edit', townId);
  if (call.actor.kind !== 'account') throw new ProblemError('identity.not_signed_in');
  return { accountId: call.actor.accountId, name: call.actor.name, now: call.now };
}

const viewerOf = ({ actor, now }: Call) => ({
  accountId: actor.kind === 'account' ? actor.accountId : null,
  now,
});

/** Posts of each grid with their holders on a day. */
async function postsByGrid(call: Call, townId: string, day: LocalDate) {
  const rows = await store.listHolders(call.db, townId, day);
  return Map.groupBy(
    [...Map.groupBy(rows, ({ id }) => id).values()].flatMap(([post, ...more]) =>
      post === undefined
        ? []
        : [
            {
              gridId: post.gridId,
              id: post.id,
              code: post.code,
              name: post.name,
              holders: [post, ...more].flatMap(({ accountId, holder }) =>
                accountId === null || holder === null ? [] : [{ accountId, name: holder }],
              ),
            },
          ],
    ),
    ({ gridId }) => gridId,
  );
}

export function divisionRoutes(territory: Territory): readonly Route[] {
  const dayOf = (on: string | undefined): LocalDate => (on as LocalDate | undefined) ?? territory.today();
  return [
    route(endpoints.tree, async (call, { params: { townId }, query }) => {
      checkTown(call, 'grids.read', townId);
      const day = dayOf(query.on);
      const versions = await store.listVersions(call.db, townId);
      if (versions.length === 0) throw new ProblemError('grids.unknown_grid');
      const rows = await store.listStatesOn(call.db, townId, day);
      const posts = await postsByGrid(call, townId, day);
      return {
        on: day,
        version: divisions.inForceOn(versions, day),
        grids: rows.map(gridOfRow).map(grid => ({
          ...factsView(grid),
          squareMetres: squareMetresOf(grid.rings),
          posts: posts.get(grid.id) ?? [],
        })),
      };
    }),
    route(endpoints.gridPage, async (call, { params: { gridId }, query }) => {
      const day = dayOf(query.on);
      const townId = territory.path(gridId)[0]?.id;
      if (townId === undefined) throw new ProblemError('grids.unknown_grid');
      checkTown(call, 'grids.read', townId);
      const states = await store.listStatesOf(call.db, townId, gridId);
      const onDay = await territory.on(day);
      const row = onDay.grids.get(gridId);
      const grid = row === undefined ? null : gridOfRow(row);
      const posts = await postsByGrid(call, townId, day);
      return {
        on: day,
        path: [...(row === undefined ? territory.path(gridId) : onDay.path(gridId))],
        grid: grid === null ? null : { ...gridView(grid), perimeterMetres: perimeterMetres(grid.rings) },
        children: [...onDay.grids.values()]
          .filter(({ parent_id: parentId }) => parentId === gridId)
          .map(({ id, code, name, level }) => ({ id, code, name, level })),
        posts: posts.get(gridId) ?? [],
        history: states.map(state => ({
          version: state.version,
          validFrom: state.valid_from,
          validTo: state.valid_to,
          code: state.code,
          name: state.name,
          squareMetres: squareMetresOf(state.boundary.coordinates),
          households: state.households,
        })),
      };
    }),
    route(endpoints.versions, async (call, { params: { townId } }) => {
      checkTown(call, 'grids.read', townId);
      const rows = await store.listVersions(call.db, townId);
      return { versions: await Promise.all(rows.map(row => divisions.viewVersion(call.db, row, viewerOf(call)))) };
    }),
    route(endpoints.openDraft, (call, { params: { townId }, body }) =>
      divisions.openDraft(call.db, townId, body.note ?? null, editorOf(call, townId)),
    ),
    route(endpoints.draft, async (call, { params: { townId, number } }) => {
      checkTown(call, 'grids.read', townId);
      const row = await divisions.mustFind(call.db, townId, number);
      const { base, division } = await loadVersion(call.db, row);
      return {
        version: await divisions.viewVersion(call.db, row, viewerOf(call)),
        grids: [...withOutlines(base, division).values()].map(gridView),
      };
    }),
    route(endpoints.takeLock, (call, { params: { townId, number } }) =>
      divisions.takeLock(call.db, townId, number, editorOf(call, townId)),
    ),
    route(endpoints.releaseLock, (call, { params: { townId, number } }) =>
      divisions.releaseLock(call.db, townId, number, editorOf(call, townId)),
    ),
    route(endpoints.edit, (call, { params: { townId, number }, body }) =>
      divisions.editDraft(call.db, townId, number, body, editorOf(call, townId)),
    ),
    route(endpoints.undo, (call, { params: { townId, number }, body }) =>
      divisions.stepDraft(call.db, townId, number, { ...body, back: true }, editorOf(call, townId)),
    ),
    route(endpoints.redo, (call, { params: { townId, number }, body }) =>
      divisions.stepDraft(call.db, townId, number, { ...body, back: false }, editorOf(call, townId)),
    ),
    route(endpoints.divisionProblems, async (call, { params: { townId, number } }) => {
      checkTown(call, 'grids.read', townId);
      const row = await divisions.mustFind(call.db, townId, number);
      const { problems, leaves } = await divisions.problemsOf(call.db, row, call.now);
      const balance = computeBalance(leaves);
      return { problems, balance: { ...balance, outliers: [...balance.outliers] } };
    }),
    route(endpoints.compareDraft, async (call, { params: { townId, number } }) => {
      checkTown(call, 'grids.read', townId);
      const row = await divisions.mustFind(call.db, townId, number);
      const { base, division } = await loadVersion(call.db, row);
      const comparison = compareDivisions(base, withOutlines(base, division));
      return {
        base: row.base_number,
        added: comparison.added.map(gridView),
        removed: comparison.removed.map(gridView),
        changed: comparison.changed.map(({ before, after, fields }) => ({
          before: gridView(before),
          after: gridView(after),
          fields: [...fields],
        })),
        moves: [...comparison.moves],
      };
    }),
    route(endpoints.previewImport, async (call, { params: { townId, number }, query, file }) => {
      checkTown(call, 'grids.edit', townId);
      const row = await divisions.mustFind(call.db, townId, number);
      return divisions.previewFile(call.db, row, file, { datum: query.datum, repair: query.repair === '1' });
    }),
    route(endpoints.importFile, (call, { params: { townId, number }, query, file }) =>
      divisions.importFile(
        call.db,
        townId,
        number,
        {
          revision: query.revision,
          file,
          datum: query.datum,
          repair: query.repair === '1',
          skipErrors: query.skipErrors === '1',
        },
        editorOf(call, townId),
      ),
    ),
    fileRoute(endpoints.exportGrids, async (call, { params: { townId, number }, query }) => {
      checkTown(call, 'grids.read', townId);
      const row = await divisions.mustFind(call.db, townId, number);
      const { base, division } = await loadVersion(call.db, row);
      const grids = [...withOutlines(base, division).values()];
      return { ...writeGrids(grids, query.format, query.datum), cache: 'no-store' };
    }),
    route(endpoints.publish, (call, { params: { townId, number }, body }) =>
      divisions.publishDraft(
        call.db,
        townId,
        number,
        { revision: body.revision, validFrom: body.validFrom as LocalDate },
        editorOf(call, townId),
      ),
    ),
    route(endpoints.discard, (call, { params: { townId, number }, body }) =>
      divisions.discardDraft(call.db, townId, number, body.revision, editorOf(call, townId)),
    ),
  ];
}
