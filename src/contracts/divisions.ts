import * as z from 'zod/mini';

import {
  divisionGrid,
  divisionVersion,
  gridFacts,
  inTown,
  localDate,
  ofVersion,
  onDay,
  operation,
  position,
  postView,
  revision,
  treeGrid,
} from './division-shapes.ts';
import { endpoint } from './endpoint.ts';
import { gridRef, polygon } from './grids-shapes.ts';
import { id, queryNumber, text } from './text.ts';

export const tree = endpoint({
  id: 'grids.tree',
  method: 'GET',
  path: '/api/towns/:townId/grids',
  summary: { zh: '某日的网格树', en: 'The tree of grids on a day' },
  access: 'grids.read',
  params: inTown(),
  query: onDay(),
  reply: z.object({ on: z.string(), version: z.nullable(z.number()), grids: z.array(treeGrid()) }),
  problems: ['grids.unknown_grid'],
});

export const gridPage = endpoint({
  id: 'grids.page',
  method: 'GET',
  path: '/api/grids/:gridId',
  summary: { zh: '某日的网格', en: 'A grid on a day' },
  access: 'grids.read',
  params: z.object({ gridId: id() }),
  query: onDay(),
  reply: z.object({
    on: z.string(),
    path: z.array(gridRef()),
    /** Null on a day on which it was not there; its history still tells when it was. */
    grid: z.nullable(
      z.object({ ...gridFacts, boundary: polygon(), squareMetres: z.number(), perimeterMetres: z.number() }),
    ),
    children: z.array(gridRef()),
    posts: z.array(postView()),
    /** The newest first; `validTo` is the first day on which it no longer held. */
    history: z.array(
      z.object({
        version: z.number(),
        validFrom: z.string(),
        validTo: z.nullable(z.string()),
        code: z.string(),
        name: z.string(),
        squareMetres: z.number(),
        households: z.nullable(z.number()),
      }),
    ),
  }),
  problems: ['grids.unknown_grid'],
});

export const versions = endpoint({
  id: 'grids.versions',
  method: 'GET',
  path: '/api/towns/:townId/divisions',
  summary: { zh: '划分版本列表', en: 'Versions of the division' },
  access: 'grids.read',
  params: inTown(),
  reply: z.object({ versions: z.array(divisionVersion()) }),
  problems: ['grids.unknown_grid'],
});

export const openDraft = endpoint({
  id: 'grids.openDraft',
  method: 'POST',
  path: '/api/towns/:townId/divisions',
  summary: { zh: '新建划分草案并开始编辑', en: 'Begin a draft and take its lock' },
  access: 'grids.edit',
  params: inTown(),
  body: z.object({ note: z.optional(text(500)) }),
  reply: divisionVersion(),
  problems: ['grids.unknown_grid', 'grids.draft_exists'],
});

export const draft = endpoint({
  id: 'grids.draft',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number',
  summary: { zh: '一个划分版本的全部网格', en: 'All grids of a version' },
  access: 'grids.read',
  params: ofVersion(),
  reply: z.object({ version: divisionVersion(), grids: z.array(divisionGrid()) }),
  problems: ['grids.no_such_version'],
});

export const takeLock = endpoint({
  id: 'grids.takeLock',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/lock',
  summary: { zh: '取得或延长编辑权', en: 'Take or extend the right to edit' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({}),
  reply: divisionVersion(),
  problems: ['grids.no_such_version', 'grids.not_a_draft', 'grids.locked'],
});

export const releaseLock = endpoint({
  id: 'grids.releaseLock',
  method: 'DELETE',
  path: '/api/towns/:townId/divisions/:number/lock',
  summary: { zh: '放开编辑权', en: 'Give back the right to edit' },
  access: 'grids.edit',
  params: ofVersion(),
  reply: divisionVersion(),
  problems: ['grids.no_such_version', 'grids.not_a_draft', 'grids.locked'],
});

/** What one step changed: grids as they are now (those above a changed one with their new outline too), and ids that are gone. */
const edited = () => z.object({ version: divisionVersion(), changed: z.array(divisionGrid()), removed: z.array(id()) });

const editProblems = [
  'grids.no_such_version',
  'grids.not_a_draft',
  'grids.locked',
  'grids.draft_moved',
  'grids.edit_refused',
] as const;

export const edit = endpoint({
  id: 'grids.edit',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/operations',
  summary: { zh: '在草案上做一步操作', en: 'Do one operation to a draft' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision(), operation: operation() }),
  reply: edited(),
  problems: editProblems,
});

export const undo = endpoint({
  id: 'grids.undo',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/undo',
  summary: { zh: '撤销一步', en: 'Undo a step' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision() }),
  reply: edited(),
  problems: editProblems,
});

export const redo = endpoint({
  id: 'grids.redo',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/redo',
  summary: { zh: '重做一步', en: 'Redo a step' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision() }),
  reply: edited(),
  problems: editProblems,
});

export const divisionProblems = endpoint({
  id: 'grids.problems',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number/problems',
  summary: { zh: '草案的问题清单与户数均衡', en: 'What is wrong with a draft, and how evenly it shares households' },
  access: 'grids.read',
  params: ofVersion(),
  reply: z.object({
    /** Must be empty before publishing. */
    problems: z.array(
      z.object({
        kind: z.enum([
          'gap',
          'hole',
          'overlap',
          'outside',
          'crossing',
          'sliver',
          'swapped',
          'too_many_corners',
          'in_parts',
          'bad_code',
          'code_twice',
          'no_name',
          'no_responsible',
        ]),
        message: z.object({ zh: z.string(), en: z.string() }),
        gridIds: z.array(id()),
        at: position(),
        squareMetres: z.nullable(z.number()),
        /** A warning does not stop publishing. */
        severity: z.enum(['error', 'warning']),
      }),
    ),
    balance: z.object({
      grids: z.number(),
      unknown: z.number(),
      mean: z.number(),
      deviation: z.number(),
      outliers: z.array(id()),
    }),
  }),
  problems: ['grids.no_such_version'],
});

export const compareDraft = endpoint({
  id: 'grids.compare',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number/comparison',
  summary: { zh: '与所依据的版本比较', en: 'What differs from the version it is based on' },
  access: 'grids.read',
  params: ofVersion(),
  reply: z.object({
    base: z.nullable(z.number()),
    added: z.array(divisionGrid()),
    removed: z.array(divisionGrid()),
    changed: z.array(z.object({ before: divisionGrid(), after: divisionGrid(), fields: z.array(z.string()) })),
    moves: z.array(
      z.object({ fromId: id(), toId: id(), squareMetres: z.number(), households: z.nullable(z.number()) }),
    ),
  }),
  problems: ['grids.no_such_version'],
});

export const publish = endpoint({
  id: 'grids.publish',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/publish',
  summary: { zh: '发布草案，自某日起生效', en: 'Publish a draft from a day on' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision(), validFrom: localDate() }),
  reply: divisionVersion(),
  problems: [...editProblems, 'grids.has_problems', 'grids.day_passed', 'grids.day_taken'],
});

export const discard = endpoint({
  id: 'grids.discard',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/discard',
  summary: { zh: '放弃草案', en: 'Discard a draft' },
  access: 'grids.edit',
  params: ofVersion(),
  body: z.object({ revision: revision() }),
  reply: divisionVersion(),
  problems: ['grids.no_such_version', 'grids.not_a_draft', 'grids.locked', 'grids.draft_moved'],
});

const importQuery = () =>
  z.object({
    datum: z._default(z.enum(['WGS84', 'CGCS2000', 'GCJ02', 'BD09']), 'WGS84'),
    /** Mend what can be mended: open and crossing outlines. */
    repair: z._default(z.enum(['0', '1']), '0'),
  });

const mapFile = {
  accepts: ['application/octet-stream', 'application/zip', 'application/geo+json', 'text/csv'],
  maxBytes: 20 * 1024 * 1024,
} as const;

const words = () => z.object({ zh: z.string(), en: z.string() });

const importPlan = () =>
  z.object({
    rows: z.array(
      z.object({
        row: z.number(),
        code: z.string(),
        name: z.string(),
        action: z.enum(['add', 'change', 'refuse']),
        errors: z.array(z.object({ field: z.string(), fault: z.string(), message: words() })),
        repairs: z.array(z.object({ repair: z.string(), message: words() })),
      }),
    ),
    /** Share of the land in the file that lies outside the town, 0 … 1. */
    outsideShare: z.number(),
    /** The file lies off in the declared datum and would fit in this one. */
    suggestedDatum: z.nullable(z.string()),
    /** Outlines as they would be. */
    grids: z.array(divisionGrid()),
  });

export const previewImport = endpoint({
  id: 'grids.previewImport',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/import/preview',
  summary: {
    zh: '预览要导入的文件（GeoJSON、Shapefile、KML、CSV）',
    en: 'Preview a file: GeoJSON, Shapefile, KML, CSV',
  },
  access: 'grids.edit',
  params: ofVersion(),
  query: importQuery(),
  binary: mapFile,
  reply: importPlan(),
  problems: ['grids.no_such_version', 'grids.file_refused', 'files.too_large'],
});

export const importFile = endpoint({
  id: 'grids.import',
  method: 'POST',
  path: '/api/towns/:townId/divisions/:number/import',
  summary: { zh: '把文件导入草案，作为一步', en: 'Import a file into a draft, as one step' },
  access: 'grids.edit',
  params: ofVersion(),
  query: z.extend(importQuery(), {
    revision: queryNumber(revision()),
    /** Leave out the rows with errors instead of refusing the file. */
    skipErrors: z._default(z.enum(['0', '1']), '0'),
  }),
  binary: mapFile,
  reply: edited(),
  problems: [...editProblems, 'grids.file_refused', 'grids.import_has_errors', 'files.too_large'],
});

export const exportGrids = endpoint({
  id: 'grids.export',
  method: 'GET',
  path: '/api/towns/:townId/divisions/:number/export',
  summary: { zh: '导出一个版本（GeoJSON、Shapefile、KML、CSV）', en: 'Export a version: GeoJSON, Shapefile, KML, CSV' },
  access: 'grids.read',
  params: ofVersion(),
  query: z.object({
    format: z.enum(['geojson', 'kml', 'csv', 'shapefile']),
    datum: z._default(z.enum(['WGS84', 'CGCS2000', 'GCJ02', 'BD09']), 'WGS84'),
  }),
  replies: 'file',
  reply: z.undefined(),
  problems: ['grids.no_such_version'],
});

export const divisionEndpoints = {
  previewImport,
  importFile,
  exportGrids,
  tree,
  gridPage,
  versions,
  openDraft,
  draft,
  takeLock,
  releaseLock,
  edit,
  undo,
  redo,
  divisionProblems,
  compareDraft,
  publish,
  discard,
};
