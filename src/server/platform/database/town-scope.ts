type Role = 'distributed' | 'checked' | 'free';

/**
 * The tables of one query and which of their towns are known to be equal. A small union-find: a table has its town when it
 * is in one set with a value, with a sub-query (which is checked by itself), or with a table of an outer query.
 */
export class TownScope {
  readonly #outer: TownScope | undefined;
  readonly #roles = new Map<string, Role>();
  readonly #names = new Map<string, string>();
  readonly #parents = new Map<string, string>();
  static readonly #known = '\0known';

  constructor(outer: TownScope | undefined) {
    this.#outer = outer;
  }

  /** @param alias by which the query refers to the table; @param name for the message. */
  add(alias: string, role: Role, name = alias): void {
    this.#roles.set(alias, role);
    this.#names.set(alias, name);
    if (role === 'checked') this.#join(alias, TownScope.#known);
  }

  /** The table's town is compared with a value. */
  give(reference: string): void {
    this.equate(reference, TownScope.#known);
  }

  equate(left: string, right: string): void {
    this.#join(this.#resolve(left), this.#resolve(right));
  }

  /** Full names of the distributed tables without a town. */
  findOpen(): string[] {
    const aliases = [...this.#roles].filter(([, role]) => role === 'distributed').map(([alias]) => alias);
    return aliases
      .filter(alias => this.#root(alias) !== this.#root(TownScope.#known))
      .map(alias => this.#names.get(alias) ?? alias);
  }

  #resolve(reference: string): string {
    if (reference === TownScope.#known || this.#roles.has(reference)) return reference;
    if (reference === '') return this.#onlyTable() ?? reference;
    // Kysely refers to `schema.table` by its last part when no alias was given.
    for (let scope = this.#outer; scope !== undefined; scope = scope.#outer) {
      if (scope.#roles.has(reference)) return TownScope.#known;
    }
    return reference;
  }

  /** A bare `town_id` is only unambiguous when one table has it. */
  #onlyTable(): string | undefined {
    const withTown = [...this.#roles].filter(([, role]) => role === 'distributed');
    return withTown.length === 1 ? withTown[0]?.[0] : undefined;
  }

  #root(item: string): string {
    let current = item;
    for (let next = this.#parents.get(current); next !== undefined; next = this.#parents.get(current)) current = next;
    return current;
  }

  #join(left: string, right: string): void {
    const [a, b] = [this.#root(left), this.#root(right)];
    if (a !== b) this.#parents.set(a, b);
  }
}
