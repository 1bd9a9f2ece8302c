/** Everything that can be done to a draft of a division, as one function from division and operation to what changes. */
import { accept, refuse } from '../kernel/decision.ts';
import {
  deleteCorner,
  insertCorner,
  move,
  simplify,
  type DeleteCorner,
  type InsertCorner,
  type Move,
  type Simplify,
} from './borders.ts';
import { begin, draw, merge, split, type Begin, type Draw, type Merge, type Split } from './cutting.ts';
import { withChange, type Change, type Division, type Grid } from './division.ts';
import type { Edit } from './edit-rules.ts';

/** What is known of a grid besides its borders. */
export interface Describe {
  readonly kind: 'describe';
  readonly gridId: string;
  readonly set: {
    readonly [Field in Described]?: Grid[Field] | undefined;
  };
}

type Described =
  'code' | 'name' | 'officialName' | 'type' | 'kind' | 'households' | 'population' | 'address' | 'boundsText';

/** Gives a grid to another parent of the same level, say a courtyard to the community next door. */
export interface Transfer {
  readonly kind: 'transfer';
  readonly gridId: string;
  readonly parentId: string;
}

export type Operation =
  Split | Merge | Draw | Begin | Move | InsertCorner | DeleteCorner | Simplify | Describe | Transfer;

/**
 * Applies one operation. The coverage stays one: what would tear it is refused with the reason.
 * @param used codes that other versions of the division have given away; they are not given again.
 */
export function applyOperation(division: Division, operation: Operation, used: ReadonlySet<string>): Edit {
  switch (operation.kind) {
    case 'split':
      return split(division, operation, used);
    case 'merge':
      return merge(division, operation);
    case 'draw':
      return draw(division, operation, used);
    case 'begin':
      return begin(division, operation, used);
    case 'move':
      return move(division, operation);
    case 'insert_corner':
      return insertCorner(division, operation);
    case 'delete_corner':
      return deleteCorner(division, operation);
    case 'simplify':
      return simplify(division, operation);
    case 'describe':
      return describe(division, operation);
    case 'transfer':
      return transfer(division, operation);
  }
}

function describe(division: Division, { gridId, set }: Describe): Edit {
  const grid = division.get(gridId);
  if (grid === undefined) return refuse('grids.unknown_grid');
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as Partial<Grid>;
  return accept({ change: new Map([[gridId, { ...grid, ...given }]]) });
}

function transfer(division: Division, { gridId, parentId }: Transfer): Edit {
  const [grid, parent] = [division.get(gridId), division.get(parentId)];
  if (grid === undefined || parent === undefined) return refuse('grids.unknown_grid');
  if (grid.parentId === parentId) return refuse('grids.nothing_changes');
  if (parent.level !== grid.level - 1) return refuse('grids.other_parent');
  return accept({ change: new Map([[gridId, { ...grid, parentId }]]) });
}

/** The state of the changed grids before the change: what undoes it. */
export const reverseOf = (division: Division, change: Change): Change =>
  new Map([...change.keys()].map(id => [id, division.get(id) ?? null]));

/** Plays changes one after the other. */
export const playChanges = (division: Division, changes: readonly Change[]): Division =>
  changes.reduce(withChange, division);
