import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OperatorNode,
  ParensNode,
  RawNode,
  ReferenceNode,
  TableNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type JoinNode,
  type OperationNode,
  type SelectQueryNode,
  type UpdateQueryNode,
} from 'kysely';
import { TownScope } from './town-scope.ts';
import type { TableKind } from './table-kinds.ts';

type Kinds = Readonly<Record<string, TableKind>>;
type Scoped = SelectQueryNode | UpdateQueryNode | DeleteQueryNode;

/**
 * What is wrong with a query under the rules of "Towns" in table-kinds.ts; empty when nothing is.
 *
 * Each select, update and delete is a scope: every distributed table in it must have its `town_id` compared with a value, with
 * the `town_id` of a table that has one, or with that of an outer query. Conditions count when they always hold (joined by AND).
 * SQL written by hand is searched as text.
 */
export function findTownFaults(root: OperationNode, kinds: Kinds, cityWide: boolean): string[] {
  const faults: string[] = [];
  walk(root, undefined);
  return faults;

  function walk(node: OperationNode, outer: TownScope | undefined): void {
    if (isScoped(node)) {
      walkScoped(node, outer);
      return;
    }
    if (node.kind === 'InsertQueryNode') checkInsert(node as InsertQueryNode);
    if (node.kind === 'MergeQueryNode')
      faults.push('merge is not used: a distributed database refuses most forms of it');
    if (RawNode.is(node)) checkRaw(node);
    for (const child of childrenOf(node)) walk(child, outer);
  }

  function walkScoped(node: Scoped, outer: TownScope | undefined): void {
    const scope = new TownScope(outer);
    for (const source of sourcesOf(node)) addSource(scope, source);
    for (const condition of conditionsOf(node)) addCondition(scope, condition);
    if (node.kind === 'UpdateQueryNode') checkUpdates(node);
    const open = scope.findOpen();
    if (open.length > 0 && (!cityWide || locksRows(node))) {
      faults.push(`no town_id for ${open.join(', ')}${cityWide ? ' (a city-wide query cannot lock rows)' : ''}`);
    }
    for (const child of childrenOf(node)) walk(child, scope);
  }

  function addSource(scope: TownScope, node: OperationNode): void {
    const alias = AliasNode.is(node) && IdentifierNode.is(node.alias) ? node.alias.name : undefined;
    const source = AliasNode.is(node) ? node.node : node;
    if (!TableNode.is(source)) {
      scope.add(alias ?? '', 'checked');
      return;
    }
    const { schema, identifier } = source.table;
    const name = schema === undefined ? identifier.name : `${schema.name}.${identifier.name}`;
    const kind = kinds[name];
    if (schema !== undefined && kind === undefined) faults.push(`${name} is not declared in table-kinds.ts`);
    // A name without a schema is a common table expression, whose own query is checked where it stands.
    const role = schema === undefined ? 'checked' : kind === 'distributed' ? 'distributed' : 'free';
    scope.add(alias ?? identifier.name, role, name);
  }

  function checkInsert(node: InsertQueryNode): void {
    const name = node.into === undefined ? '' : fullName(node.into);
    const columns = node.columns?.map(column => column.column.name) ?? [];
    if (node.into?.table.schema !== undefined && kinds[name] === undefined)
      faults.push(`${name} is not declared in table-kinds.ts`);
    if (kinds[name] === 'distributed' && !columns.includes('town_id'))
      faults.push(`insert into ${name} without town_id`);
    if (node.onConflict?.updates?.some(update => isTownColumn(update.column)) === true)
      faults.push(`town_id of ${name} is set`);
  }

  function checkUpdates(node: UpdateQueryNode): void {
    const sets = node.updates?.some(update => isTownColumn(update.column)) === true;
    const table = AliasNode.is(node.table ?? node) ? (node.table as AliasNode).node : node.table;
    const name = table !== undefined && TableNode.is(table) ? fullName(table) : '';
    if (sets && kinds[name] === 'distributed') faults.push(`town_id of ${name} is set: it never changes`);
  }

  function checkRaw(node: RawNode): void {
    const text = node.sqlFragments.join(' $ ');
    const touched = Object.keys(kinds).filter(name => kinds[name] === 'distributed' && mentions(text, name));
    const sets = /\bset\b[^;]*?\btown_id\s*=/i.test(text.replace(/\bwhere\b[^;]*/gi, ''));
    if (touched.length > 0 && sets) faults.push(`town_id of ${touched.join(', ')} is set: it never changes`);
    if (touched.length > 0 && !cityWide && !namesTown(text))
      faults.push(`no town_id for ${touched.join(', ')} in SQL written by hand`);
  }
}

function isScoped(node: OperationNode): node is Scoped {
  return node.kind === 'SelectQueryNode' || node.kind === 'UpdateQueryNode' || node.kind === 'DeleteQueryNode';
}

function sourcesOf(node: Scoped): OperationNode[] {
  const own = node.kind === 'UpdateQueryNode' && node.table !== undefined ? [node.table] : [];
  const using = node.kind === 'DeleteQueryNode' && node.using !== undefined ? node.using.tables : [];
  const joined = (node.joins ?? []).map(join => join.table);
  return [...own, ...(node.from?.froms ?? []), ...using, ...joined].flatMap(one =>
    one.kind === 'ListNode' ? childrenOf(one) : [one],
  );
}

function conditionsOf(node: Scoped): OperationNode[] {
  const joins = (node.joins ?? []).map((join: JoinNode) => join.on?.on);
  return [node.where?.where, ...joins].filter(condition => condition !== undefined);
}

function addCondition(scope: TownScope, node: OperationNode): void {
  if (AndNode.is(node)) {
    addCondition(scope, node.left);
    addCondition(scope, node.right);
  } else if (ParensNode.is(node)) {
    addCondition(scope, node.node);
  } else if (RawNode.is(node)) {
    addRawCondition(scope, node);
  } else if (BinaryOperationNode.is(node) && OperatorNode.is(node.operator) && node.operator.operator === '=') {
    const left = townReference(node.leftOperand);
    const right = townReference(node.rightOperand);
    if (left !== undefined && right !== undefined) scope.equate(left, right);
    else if (left !== undefined) scope.give(left);
    else if (right !== undefined) scope.give(right);
  }
}

/** `alias.town_id = ...` in a fragment of SQL; without an alias it means the only table. */
function addRawCondition(scope: TownScope, node: RawNode): void {
  const text = node.sqlFragments.join(' $ ');
  if (/\bor\b/i.test(text)) return;
  for (const match of text.matchAll(/(?:"?(\w+)"?\.)?"?town_id"?\s*=/g)) scope.give(match[1] ?? '');
}

/** The table (or alias) whose `town_id` is meant; '' when the column stands alone. */
function townReference(node: OperationNode): string | undefined {
  if (!ReferenceNode.is(node) || !isTownColumn(node.column)) return undefined;
  return node.table?.table.identifier.name ?? '';
}

function isTownColumn(node: OperationNode): boolean {
  const column = ReferenceNode.is(node) ? node.column : node;
  return ColumnNode.is(column) && column.column.name === 'town_id';
}

function locksRows(node: Scoped): boolean {
  const modifiers = node.kind === 'SelectQueryNode' ? (node.endModifiers ?? []) : [];
  return modifiers.some(({ modifier }) => modifier?.startsWith('For') === true || modifier === 'SkipLocked');
}

function fullName(node: TableNode): string {
  const { schema, identifier } = node.table;
  return schema === undefined ? identifier.name : `${schema.name}.${identifier.name}`;
}

function mentions(text: string, name: string): boolean {
  const [schema = '', table = ''] = name.split('.');
  return new RegExp(`\\b${schema}"?\\."?${table}\\b`, 'i').test(text);
}

function namesTown(text: string): boolean {
  const insert = /\binsert\s+into\s+[\w".]+\s*\(([^)]*)\)/i.exec(text);
  if (insert?.[1]?.includes('town_id') === true) return true;
  return /\btown_id"?\s*=/.test(text);
}

function childrenOf(node: OperationNode): OperationNode[] {
  // Parameters are the caller's values, whatever they look like.
  if (node.kind === 'ValueNode' || node.kind === 'PrimitiveValueListNode') return [];
  return Object.values(node)
    .flatMap(value => (Array.isArray(value) ? (value as unknown[]) : [value as unknown]))
    .filter(isNode);
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
