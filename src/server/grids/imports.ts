import {
  outsideShare,
  planImport,
  type ImportFault,
  type ImportPlan,
  type ImportRow,
} from '../../domain/grids/import-plan.ts';
import { newId } from '../platform/clock.ts';
import { toWgs84 } from './datum.ts';
import { readFeatures } from './files/read.ts';

import type { Datum } from '../../domain/kernel/geometry.ts';
import type { Division } from '../../domain/grids/division.ts';
import type { Repair } from '../../domain/grids/repair.ts';
import type { Feature } from './files/feature.ts';

/** Names that a column may have in files from elsewhere. */
const columns: Readonly<Record<'code' | 'name' | 'households' | 'population' | 'address', readonly string[]>> = {
  code: ['code', 'CODE', '编码', '网格编码', '网格编号'],
  name: ['name', 'NAME', '名称', '网格名称'],
  households: ['households', 'HOUSEHOLDS', 'HOUSEHOLD', '户数'],
  population: ['population', 'POPULATION', '人口', '人口数'],
  address: ['address', 'ADDRESS', '地址'],
};

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export const faultWords: Readonly<Record<ImportFault, Words>> = {
  code_missing: { zh: '没有编码', en: 'The code is missing' },
  code_form: { zh: '编码不是 15 位数字', en: 'The code does not have 15 digits' },
  code_twice: { zh: '编码在文件里重复', en: 'The code stands twice in the file' },
  code_unknown: { zh: '没有这个编码的网格', en: 'No grid has this code' },
  parent_unknown: { zh: '按编码找不到上级网格', en: 'There is no grid that this code belongs to' },
  not_a_leaf: { zh: '这个网格的边界由下级网格决定，不能直接导入', en: 'Its borders follow from the grids below it' },
  name_missing: { zh: '没有名称', en: 'The name is missing' },
  not_a_number: { zh: '不是整数', en: 'This is no whole number' },
  swapped: { zh: '经纬度写反了', en: 'Latitude and longitude are swapped' },
  unreadable: { zh: '边界无法读取', en: 'The border cannot be read' },
  needs_repair: {
    zh: '边界自相交或没有闭合，可选择自动修复',
    en: 'The border crosses itself or is open; repair can be chosen',
  },
  in_parts: { zh: '边界是不相连的几块', en: 'The border falls into several parts' },
};

export const repairWords: Readonly<Record<Repair, Words>> = {
  closed: { zh: '已闭合', en: 'closed' },
  doubles_removed: { zh: '去掉了重复点', en: 'double corners removed' },
  crossing_untied: { zh: '解开了自相交', en: 'crossing untied' },
  splinters_dropped: { zh: '去掉了碎片', en: 'splinters dropped' },
};

/** More than this outside the town is no rounding. */
const SUSPICIOUS_SHARE = 0.02;

export interface ReadImport {
  readonly plan: ImportPlan;
  /** The datum in which the file would fit, when the declared one does not. */
  readonly suggestedDatum: Datum | null;
}

/** Reads a file against a division; stores nothing. Throws `grids.file_refused`. */
export function readImport(division: Division, bytes: Uint8Array, datum: Datum, repair: boolean): ReadImport {
  const features = readFeatures(bytes);
  const plan = planImport(division, rowsIn(features, datum), repair, newId);
  return { plan, suggestedDatum: suggestDatum(division, features, datum, plan.outsideShare) };
}

function suggestDatum(division: Division, features: readonly Feature[], declared: Datum, share: number): Datum | null {
  if (share <= SUSPICIOUS_SHARE) return null;
  const others = (['WGS84', 'GCJ02', 'BD09'] as const)
    .filter(datum => datum !== declared && !(datum === 'WGS84' && declared === 'CGCS2000'))
    .map(datum => ({ datum, share: outsideShare(division, rowsIn(features, datum)) }))
    .toSorted((a, b) => a.share - b.share);
  const [best] = others;
  return best !== undefined && best.share < share / 2 ? best.datum : null;
}

function rowsIn(features: readonly Feature[], datum: Datum): ImportRow[] {
  return features.map(({ row, fields, polygons }) => {
    const field = (name: keyof typeof columns): string =>
      columns[name].map(title => fields[title]?.trim() ?? '').find(text => text !== '') ?? '';
    return {
      row,
      code: field('code'),
      name: field('name'),
      households: field('households'),
      population: field('population'),
      address: field('address'),
      polygons:
        polygons?.map(rings =>
          rings.map(ring =>
            ring.map(([lng, lat]): readonly [number, number] => {
              const point = toWgs84({ lng, lat, datum });
              return [point.lng, point.lat];
            }),
          ),
        ) ?? null,
    };
  });
}
