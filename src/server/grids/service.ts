import { pinyin } from 'pinyin-pro';

import { newId } from '../platform/clock.ts';
import { json } from '../platform/database/columns.ts';
import { boxOf } from '../../domain/grids/lattice.ts';
import { insertFirstVersion } from './division-queries.ts';
import * as queries from './queries.ts';

import type { Polygon } from '../../contracts/grids.ts';
import type { LocalDate } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

export interface NewGrid {
  readonly id: string;
  readonly code: string;
  readonly level: 1 | 2 | 3;
  readonly divisionCode: string | null;
  /** Ancestors from the town down, without the grid itself. */
  readonly ancestors: readonly string[];
  readonly name: string;
  readonly officialName: string;
  readonly households: number | null;
  readonly address: string | null;
  readonly boundary: Polygon;
  readonly label: readonly [number, number];
  readonly source: string;
  readonly note: { readonly zh: string; readonly en: string } | null;
  readonly validFrom: LocalDate;
}

/** Adds a grid to the first version of its town's division (a town is its own first ancestor). */
export async function addGrid(db: Db, grid: NewGrid): Promise<void> {
  const townId = grid.ancestors[0] ?? grid.id;
  if (grid.ancestors.length === 0) await insertFirstVersion(db, townId, grid.validFrom);
  const { west, south, east, north } = boxOf(grid.boundary.coordinates[0] ?? []);
  await queries.insertGrids(db, [
    {
      town_id: townId,
      id: grid.id,
      code: grid.code,
      level: grid.level,
      type: 'basic',
      kind: 'residential',
      parent_id: grid.ancestors.at(-1) ?? null,
      division_code: grid.divisionCode,
      path: [...grid.ancestors, grid.id],
      name: grid.name,
      official_name: grid.officialName,
      households: grid.households,
      population: null,
      address: grid.address,
      bounds_text: null,
      boundary: json(grid.boundary),
      min_lng: west,
      min_lat: south,
      max_lng: east,
      max_lat: north,
      label_lng: grid.label[0],
      label_lat: grid.label[1],
      source: grid.source,
      note_zh: grid.note?.zh ?? null,
      note_en: grid.note?.en ?? null,
      valid_from: grid.validFrom,
      valid_to: null,
      version: 1,
    },
  ]);
}

/** First letters of the syllables, for type-ahead: 民政科 → mzk. */
export const initialsOf = (name: string): string =>
  pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('').toLowerCase();

export interface NewUnit {
  readonly code: string;
  readonly name: string;
  readonly nameThen: string;
  readonly kind: string;
  readonly phone: string | null;
}

export async function addUnit(db: Db, townId: string, unit: NewUnit): Promise<string> {
  const id = newId();
  await queries.insertUnit(db, {
    town_id: townId,
    id,
    code: unit.code,
    name: unit.name,
    name_then: unit.nameThen,
    kind: unit.kind,
    phone: unit.phone,
    initials: initialsOf(unit.name),
  });
  return id;
}

export async function addStreet(
  db: Db,
  townId: string,
  street: { name: string; rank: number; line: readonly (readonly [number, number])[]; source: string },
): Promise<void> {
  const line = street.line.map(([lng, lat]): [number, number] => [lng, lat]);
  await queries.insertStreet(db, {
    town_id: townId,
    id: newId(),
    name: street.name,
    rank: street.rank,
    line: json(line),
    source: street.source,
  });
}

/** Appoints an account to a new post in a grid from a day on. */
export async function appoint(
  db: Db,
  post: { townId: string; gridId: string; code: string; name: string; accountId: string; since: LocalDate },
): Promise<void> {
  const postId = newId();
  await queries.insertPost(db, {
    town_id: post.townId,
    id: postId,
    grid_id: post.gridId,
    code: post.code,
    name: post.name,
  });
  await queries.insertAppointment(db, {
    town_id: post.townId,
    id: newId(),
    post_id: postId,
    account_id: post.accountId,
    since: post.since,
    until: null,
  });
}

/** The name of the post that an account acts from in a town today: the first by code, or null. */
export async function postNameOf(db: Db, townId: string, accountId: string, today: LocalDate): Promise<string | null> {
  const [post] = await queries.listPostsOf(db, townId, accountId, today);
  return post?.name ?? null;
}
