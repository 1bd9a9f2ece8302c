import { ProblemError } from '../platform/problem.ts';
import { initialsOf } from '../grids/index.ts';

import type { Category } from '../../contracts/cases.ts';
import type { LimitUnit } from '../../domain/cases/limits.ts';
import type { Urgency } from '../../domain/cases/states.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Kysely } from 'kysely';

/** The scheme of problem classes that this product ships; codes mean nothing without their scheme (handbook §0.6). */
export const shippedScheme = 'jingwei-2014';

export type Condition = Category['conditions'][number];

/** Categories and filing conditions, in memory: 196 of them are read with every case and change by import only. */
export interface Catalogue {
  all(): readonly Category[];
  category(code: string): Category | undefined;
  /** Throws `cases.unknown_category`. */
  mustHave(code: string): Category;
  /** Throws `cases.unknown_category` or `cases.unknown_condition`. */
  condition(code: string, no: number): Condition;
  /** Reads everything anew; inside a transaction with that transaction's connection. */
  reload(from?: Kysely<Tables>): Promise<void>;
}

async function read(db: Kysely<Tables>): Promise<ReadonlyMap<string, Category>> {
  const rows = await db
    .selectFrom('cases.category')
    .selectAll()
    .where('scheme', '=', shippedScheme)
    .orderBy('code')
    .execute();
  const conditions = await db
    .selectFrom('cases.filing_condition')
    .selectAll()
    .where('scheme', '=', shippedScheme)
    .orderBy('category_code')
    .orderBy('no')
    .execute();
  const byCategory = Map.groupBy(conditions, condition => condition.category_code);
  return new Map(
    rows.map(row => [
      row.code,
      {
        scheme: row.scheme,
        code: row.code,
        className: { zh: row.class_zh, en: row.class_en },
        name: { zh: row.name_zh, en: row.name_en },
        urgency: row.urgency,
        leadUnitCode: row.lead_unit_code,
        initials: row.initials,
        conditions: (byCategory.get(row.code) ?? []).map(condition => ({
          no: condition.no,
          text: { zh: condition.text_zh, en: condition.text_en },
          limit: { n: condition.limit_n, unit: condition.limit_unit },
          urgency: condition.urgency,
          closeText: { zh: condition.close_zh, en: condition.close_en },
          photoReason:
            condition.photo_reason_zh === null
              ? null
              : { zh: condition.photo_reason_zh, en: condition.photo_reason_en ?? condition.photo_reason_zh },
        })),
      },
    ]),
  );
}

export async function openCatalogue(db: Kysely<Tables>): Promise<Catalogue> {
  let content = await read(db);
  const mustHave = (code: string): Category => {
    const found = content.get(code);
    if (found === undefined) throw new ProblemError('cases.unknown_category', { code: code.slice(0, 20) });
    return found;
  };
  return {
    all: () => [...content.values()],
    category: code => content.get(code),
    mustHave,
    condition(code, no) {
      const found = mustHave(code).conditions.find(condition => condition.no === no);
      if (found === undefined) throw new ProblemError('cases.unknown_condition');
      return found;
    },
    reload: async (from = db) => {
      content = await read(from);
    },
  };
}

export interface NewCategory {
  readonly code: string;
  readonly className: { readonly zh: string; readonly en: string };
  readonly name: { readonly zh: string; readonly en: string };
  readonly urgency: Urgency;
  readonly leadUnitCode: string | null;
  readonly conditions: readonly {
    readonly no: number;
    readonly text: { readonly zh: string; readonly en: string };
    readonly limit: { readonly n: number; readonly unit: LimitUnit };
    readonly urgency: Urgency;
    readonly closeText: { readonly zh: string; readonly en: string };
    readonly photoReason: { readonly zh: string; readonly en: string } | null;
  }[];
}

/** Adds a category with its conditions. */
export async function addCategory(db: Kysely<Tables>, category: NewCategory): Promise<void> {
  await db
    .insertInto('cases.category')
    .values({
      scheme: shippedScheme,
      code: category.code,
      class_zh: category.className.zh,
      class_en: category.className.en,
      name_zh: category.name.zh,
      name_en: category.name.en,
      urgency: category.urgency,
      lead_unit_code: category.leadUnitCode,
      initials: initialsOf(category.name.zh),
    })
    .execute();
  await db
    .insertInto('cases.filing_condition')
    .values(
      category.conditions.map(condition => ({
        scheme: shippedScheme,
        category_code: category.code,
        no: condition.no,
        text_zh: condition.text.zh,
        text_en: condition.text.en,
        limit_n: condition.limit.n,
        limit_unit: condition.limit.unit,
        urgency: condition.urgency,
        close_zh: condition.closeText.zh,
        close_en: condition.closeText.en,
        photo_reason_zh: condition.photoReason?.zh ?? null,
        photo_reason_en: condition.photoReason?.en ?? null,
      })),
    )
    .execute();
}
