import {
  PostgresDialect,
  PostgresQueryCompiler,
  type CompiledQuery,
  type Kysely,
  type KyselyPlugin,
  type PostgresDialectConfig,
  type QueryCompiler,
  type QueryId,
  type RootOperationNode,
} from 'kysely';
import { findTownFaults } from './town-faults.ts';
import type { TableKind } from './table-kinds.ts';

/**
 * [Note: Query walk]
 * A city spread over several servers refuses a query that does not say which town it means, and no single server would ever
 * show the fault. So in development and in tests every query is walked when it is compiled, after all plugins, and refused
 * there. A query that really means the whole city is built from `cityWide(db)`.
 */

/** A query that breaks the rules of "Towns" in table-kinds.ts. A programming error: nothing was sent. */
export class QueryWalkError extends Error {
  override readonly name = 'QueryWalkError';
}

const cityWideQueries = new WeakSet<QueryId>();

const cityWidePlugin: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => {
    cityWideQueries.add(queryId);
    return node;
  },
  transformResult: ({ result }) => Promise.resolve(result),
};

/**
 * For queries about the whole city: sums, lists of towns with work to do. They may read every town; they may neither lock rows
 * nor change `town_id`, which a distributed database refuses.
 */
export function cityWide<DB>(db: Kysely<DB>): Kysely<DB> {
  return db.withPlugin(cityWidePlugin);
}

class WalkingCompiler extends PostgresQueryCompiler {
  readonly #kinds: Readonly<Record<string, TableKind>>;

  constructor(kinds: Readonly<Record<string, TableKind>>) {
    super();
    this.#kinds = kinds;
  }

  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    const compiled = super.compileQuery(node, queryId);
    const faults = findTownFaults(node, this.#kinds, cityWideQueries.has(queryId));
    if (faults.length > 0) throw new QueryWalkError(`${faults.join('; ')} in: ${compiled.sql}`);
    return compiled;
  }
}

/** Kysely's PostgreSQL dialect, with the walk. */
export class WalkingDialect extends PostgresDialect {
  readonly #kinds: Readonly<Record<string, TableKind>>;

  constructor(config: PostgresDialectConfig, kinds: Readonly<Record<string, TableKind>>) {
    super(config);
    this.#kinds = kinds;
  }

  override createQueryCompiler(): QueryCompiler {
    return new WalkingCompiler(this.#kinds);
  }
}
