import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, box, chequered, divisionOf, gridOf } from '../../../test/helpers/divisions.ts';
import { findProblems } from './checks.ts';
import { compareDivisions, isSameShape } from './comparison.ts';
import { cleanDivision, leavesOf, squareMetresOf, withChange, type Division, type Grid } from './division.ts';
import { applyOperation, playChanges, reverseOf, type Operation } from './operations.ts';
import { computeBalance, labelPosition } from './measures.ts';
import { sideOfArea, type Position } from '../kernel/geometry.ts';

const none: ReadonlySet<string> = new Set();

function done(division: Division, operation: Operation): Division {
  const edit = applyOperation(division, operation, none);
  if (!edit.ok) throw new Error(edit.refused);
  return withChange(division, edit.change);
}

function refusal(division: Division, operation: Operation): string {
  const edit = applyOperation(division, operation, none);
  return edit.ok ? 'accepted' : edit.refused;
}

const kinds = (division: Division): string[] => [...new Set(findProblems(division).map(({ kind }) => kind))].toSorted();
const total = (division: Division): number =>
  leavesOf(division).reduce((sum, { rings }) => sum + squareMetresOf(rings), 0);
const newGrid = { id: 'new', name: '新网格' };

describe('operations on a clean division', () => {
  const start = cleanDivision([...chequered().values()]);

  it('starts without problems', () => expect(findProblems(start)).toEqual([]));

  it('splits by a line; the larger part keeps id and posts, the neighbours get the new corners', () => {
    const after = done(start, { kind: 'split', gridId: 'g01', line: [at(13, -1), at(13, 11)], newGrid });
    expect(after.get('new')).toMatchObject({ parentId: 'c0', level: 3, code: '410105001001004' });
    expect(squareMetresOf(after.get('g01')?.rings ?? [])).toBeGreaterThan(
      squareMetresOf(after.get('new')?.rings ?? []),
    );
    expect(after.get('g11')?.rings[0]?.length).toBe(6);
    expect(findProblems(after)).toEqual([]);
    const other = done(start, {
      kind: 'split',
      gridId: 'g01',
      line: [at(13, -1), at(13, 11)],
      newGrid,
      keepAt: at(11, 5),
    });
    expect(isSameShape(other.get('g01')?.rings ?? [], after.get('new')?.rings ?? [])).toBe(true);
  });

  it('catches a line that ends half a metre short', () => {
    const line = [at(13, 0.02), at(13, 9.98)];
    expect(refusal(start, { kind: 'split', gridId: 'g01', line, newGrid })).toBe('grids.line_misses');
    expect(refusal(start, { kind: 'split', gridId: 'g01', line, newGrid, snapMetres: 0.5 })).toBe('accepted');
  });

  it.each<[string, Operation, string]>([
    [
      'a line that misses',
      { kind: 'split', gridId: 'g01', line: [at(40, 0), at(50, 0)], newGrid },
      'grids.line_misses',
    ],
    [
      'a line that ends inside',
      { kind: 'split', gridId: 'g01', line: [at(15, -1), at(15, 5)], newGrid },
      'grids.line_misses',
    ],
    [
      'a line that cuts thrice',
      { kind: 'split', gridId: 'g01', line: [at(9, 2), at(21, 2), at(21, 5), at(9, 5)], newGrid },
      'grids.line_cuts_many',
    ],
    [
      'a piece of a hand',
      { kind: 'split', gridId: 'g01', line: [at(10.001, -1), at(10.001, 11)], newGrid },
      'grids.piece_too_small',
    ],
    [
      'a grid with children',
      { kind: 'split', gridId: 'c0', line: [at(15, -1), at(15, 11)], newGrid },
      'grids.not_a_leaf',
    ],
    ['an unknown grid', { kind: 'split', gridId: 'x', line: [at(15, -1), at(15, 11)], newGrid }, 'grids.unknown_grid'],
    ['merging across communities', { kind: 'merge', gridIds: ['g00', 'g10'], keepId: 'g00' }, 'grids.other_parent'],
    ['merging what does not touch', { kind: 'merge', gridIds: ['g00', 'g02'], keepId: 'g00' }, 'grids.not_neighbours'],
    ['merging one', { kind: 'merge', gridIds: ['g00', 'g00'], keepId: 'g00' }, 'grids.nothing_changes'],
    ['moving what is not there', { kind: 'move', moves: [{ from: at(1, 1), to: at(2, 2) }] }, 'grids.no_such_corner'],
    ['moving the town out', { kind: 'move', moves: [{ from: at(10, 0), to: at(10, -1) }] }, 'grids.town_border'],
    ['moving the town in', { kind: 'move', moves: [{ from: at(0, 0), to: at(1, 1) }] }, 'grids.town_border'],
    ['moving over a neighbour', { kind: 'move', moves: [{ from: at(10, 10), to: at(25, 15) }] }, 'grids.would_cross'],
    [
      'moving onto another corner',
      { kind: 'move', moves: [{ from: at(10, 10), to: at(20, 10) }] },
      'grids.would_cross',
    ],
    ['deleting a junction', { kind: 'delete_corner', at: at(10, 10) }, 'grids.corner_needed'],
    ['deleting the town’s corner', { kind: 'delete_corner', at: at(0, 0) }, 'grids.town_border'],
    ['denting the town', { kind: 'insert_corner', a: at(0, 0), b: at(10, 0), at: at(5, 1) }, 'grids.town_border'],
    ['drawing outside', { kind: 'draw', parentId: 'c0', ring: box(50, 50, 60, 60), newGrid }, 'grids.line_misses'],
    [
      'drawing over a whole grid',
      { kind: 'draw', parentId: 'c0', ring: box(10, 0, 20, 10), newGrid },
      'grids.swallows',
    ],
    ['drawing a wall', { kind: 'draw', parentId: 'c0', ring: box(12, 0, 14, 10), newGrid }, 'grids.cuts_apart'],
    ['giving a courtyard to a courtyard', { kind: 'transfer', gridId: 'g00', parentId: 'g01' }, 'grids.other_parent'],
  ])('refuses %s', (_, operation, code) => expect(refusal(start, operation)).toBe(code));

  it('lets a junction slide along the town’s straight border', () => {
    const after = done(start, { kind: 'move', moves: [{ from: at(10, 0), to: at(12, 0) }] });
    expect(findProblems(after)).toEqual([]);
  });

  it('moves an edge with both neighbours, and the communities follow', () => {
    const after = done(start, {
      kind: 'move',
      moves: [
        { from: at(10, 10), to: at(10, 11) },
        { from: at(20, 10), to: at(20, 11) },
      ],
    });
    expect(findProblems(after)).toEqual([]);
    expect(total(after)).toBeCloseTo(total(start), 3);
    expect(compareDivisions(start, after).moves.map(({ fromId, toId }) => `${fromId}>${toId}`)).toContain('g11>g01');
  });

  it('draws a unit of its own into the middle of another grid, and over two', () => {
    const inside = done(start, {
      kind: 'draw',
      parentId: 'c0',
      ring: box(13, 3, 16, 6),
      newGrid: { ...newGrid, type: 'exclusive' },
    });
    expect(inside.get('new')?.code).toBe('410105001001900');
    expect(inside.get('g01')?.rings).toHaveLength(2);
    expect(findProblems(inside)).toEqual([]);
    const label = labelPosition(inside.get('g01')?.rings ?? []);
    expect(sideOfArea(label[0], label[1], { type: 'Polygon', coordinates: inside.get('g01')?.rings ?? [] })).toBe(
      'inside',
    );
    const over = done(start, { kind: 'draw', parentId: 'c0', ring: box(5, -3, 15, 5), newGrid });
    expect(findProblems(over)).toEqual([]);
    expect(total(over)).toBeCloseTo(total(start), 3);
    expect(done(inside, { kind: 'merge', gridIds: ['g01', 'new'], keepId: 'g01' }).get('g01')?.rings).toHaveLength(1);
  });

  it('begins a level below and gives a grid to the community next door', () => {
    const micro = done(start, { kind: 'begin', gridId: 'g00', newGrid });
    expect(micro.get('new')).toMatchObject({ code: '410105001001001-01', type: 'micro', level: 4, households: 400 });
    const given = done(start, { kind: 'transfer', gridId: 'g02', parentId: 'c1' });
    expect(kinds(given)).toEqual([]);
    expect(kinds(done(given, { kind: 'transfer', gridId: 'g01', parentId: 'c1' }))).toEqual([]);
  });

  it('says when a community falls apart, a code stands twice, a grid has nobody', () => {
    expect(kinds(done(start, { kind: 'transfer', gridId: 'g01', parentId: 'c1' }))).toEqual(['in_parts']);
    const twice = done(start, { kind: 'describe', gridId: 'g00', set: { code: '410105001001002' } });
    expect(kinds(twice)).toEqual(['code_twice']);
    expect(kinds(done(start, { kind: 'describe', gridId: 'g00', set: { code: '42', name: ' ' } }))).toEqual([
      'bad_code',
      'no_name',
    ]);
    expect(findProblems(start, new Set(['c0', 'c1', 'g00', 'g01', 'g02', 'g10', 'g11']))).toMatchObject([
      { kind: 'no_responsible', gridIds: ['g12'] },
    ]);
  });

  it('simplifies a wandering border for both neighbours at once', () => {
    let rough = start;
    for (let step = 9; step >= 1; step -= 1)
      rough = done(rough, {
        kind: 'insert_corner',
        a: at(10, 10),
        b: step === 9 ? at(20, 10) : at(10 + step + 1, 10 + ((step + 1) % 2) * 0.02),
        at: at(10 + step, 10 + (step % 2) * 0.02),
      });
    expect(rough.get('g01')?.rings[0]).toHaveLength(14);
    const smooth = done(rough, { kind: 'simplify', gridIds: ['g11'], metres: 1 });
    expect(smooth.get('g01')?.rings[0]).toHaveLength(5);
    expect(smooth.get('g11')?.rings[0]).toHaveLength(5);
    expect(findProblems(smooth)).toEqual([]);
  });

  it('undoes by playing the reverse', () => {
    const edit = applyOperation(start, { kind: 'split', gridId: 'g01', line: [at(13, -1), at(17, 11)], newGrid }, none);
    if (!edit.ok) throw new Error(edit.refused);
    const back = playChanges(start, [edit.change, reverseOf(start, edit.change)]);
    expect([...back].toSorted()).toEqual([...start].toSorted());
  });

  it('counts households evenly', () => {
    const after = done(start, { kind: 'describe', gridId: 'g00', set: { households: 1000 } });
    const balance = computeBalance(leavesOf(after));
    expect(balance).toMatchObject({ grids: 6, unknown: 0, mean: 500, outliers: ['g00'] });
    expect(balance.deviation).toBeCloseTo(223.6, 1);
  });
});

describe('properties', () => {
  const start = cleanDivision([...chequered(4).values()]);
  const place = fc
    .tuple(fc.double({ min: -2, max: 42, noNaN: true }), fc.double({ min: -2, max: 22, noNaN: true }))
    .map(([x, y]) => at(x, y));
  const pick = fc.nat();

  it('a split and a merge give back the same grid', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 5 }), line => {
        const edit = applyOperation(start, { kind: 'split', gridId: 'g01', line, newGrid }, none);
        if (!edit.ok) return;
        const back = done(withChange(start, edit.change), { kind: 'merge', gridIds: ['g01', 'new'], keepId: 'g01' });
        expect(isSameShape(back.get('g01')?.rings ?? [], start.get('g01')?.rings ?? [])).toBe(true);
        expect(compareDivisions(start, back)).toEqual({ added: [], removed: [], changed: [], moves: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('any sequence of operations keeps the coverage: no gap, no overlap, the same area', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('split' as const), pick, line: fc.array(place, { minLength: 2, maxLength: 4 }) }),
      fc.record({ kind: fc.constant('merge' as const), pick, other: pick }),
      fc.record({ kind: fc.constant('move' as const), pick, other: pick, to: place, small: fc.boolean() }),
      fc.record({ kind: fc.constant('insert' as const), pick, other: pick, to: place }),
      fc.record({ kind: fc.constant('delete' as const), pick, other: pick }),
      fc.record({ kind: fc.constant('draw' as const), pick, ring: fc.array(place, { minLength: 3, maxLength: 6 }) }),
      fc.record({ kind: fc.constant('simplify' as const), pick, metres: fc.constantFrom(0.5, 5, 50) }),
    );
    type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

    /** Mostly a line right through the grid, sometimes any line. */
    const through = (leaf: Grid, line: readonly Position[]): readonly Position[] => {
      const [x, y] = labelPosition(leaf.rings);
      const [first] = line;
      return first === undefined || line.length > 3 ? line : [first, [x, y], [2 * x - first[0], 2 * y - first[1]]];
    };
    const operationOf = (division: Division, wanted: Step, serial: number): Operation => {
      const leaves = leavesOf(division);
      const leaf = leaves[wanted.pick % leaves.length];
      if (leaf === undefined) throw new Error('no leaves');
      const ring = leaf.rings[0] ?? [];
      const fresh = { id: `n${serial}`, name: `新${serial}` };
      const corner = (other: number) => ring[other % (ring.length - 1)] ?? at(0, 0);
      switch (wanted.kind) {
        case 'split':
          return {
            kind: 'split',
            gridId: leaf.id,
            line: through(leaf, wanted.line),
            newGrid: fresh,
            snapMetres: serial % 2,
          };
        case 'merge':
          return { kind: 'merge', gridIds: [leaf.id, leaves[wanted.other % leaves.length]?.id ?? ''], keepId: leaf.id };
        case 'move': {
          const from = corner(wanted.other);
          const to = wanted.small
            ? ([from[0] + (wanted.to[0] - 113.684) / 20, from[1] + (wanted.to[1] - 34.772) / 20] as const)
            : wanted.to;
          return { kind: 'move', moves: [{ from, to }] };
        }
        case 'insert':
          return { kind: 'insert_corner', a: corner(wanted.other), b: corner(wanted.other + 1), at: wanted.to };
        case 'delete':
          return { kind: 'delete_corner', at: corner(wanted.other) };
        case 'draw':
          return { kind: 'draw', parentId: leaf.parentId ?? 't', ring: wanted.ring, newGrid: fresh };
        case 'simplify':
          return { kind: 'simplify', gridIds: [leaf.id], metres: wanted.metres };
      }
    };

    let accepted = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 8, maxLength: 24 }), steps => {
        let division = start;
        for (const [serial, wanted] of steps.entries()) {
          const edit = applyOperation(division, operationOf(division, wanted, serial), none);
          if (!edit.ok) continue;
          accepted += 1;
          division = withChange(division, edit.change);
          expect(findProblems(division).filter(({ kind }) => kind !== 'sliver' && kind !== 'in_parts')).toEqual([]);
          expect(Math.abs(total(division) - total(start))).toBeLessThan(0.5);
        }
      }),
      { numRuns: 150 },
    );
    expect(accepted).toBeGreaterThan(150);
  }, 30_000);
});

describe('findProblems', () => {
  const town = gridOf('t', null, 1, '410105001000000', box(0, 0, 20, 10));
  const left = gridOf('a', 't', 2, '410105001001000', box(0, 0, 10, 10));
  const right = gridOf('b', 't', 2, '410105001002000', box(10, 0, 20, 10));
  const bow = [at(10, 0), at(20, 10), at(20, 0), at(10, 10), at(10, 0)];
  const swapped = box(10, 0, 20, 10).map(([lng, lat]) => [lat, lng] as const);
  const hair = box(10, 0, 10.0005, 0.0005);
  it.each([
    ['sound', [left, right], []],
    ['a gap', [left], ['gap']],
    ['an overlap', [left, right, gridOf('c', 't', 2, '410105001003000', box(5, 0, 8, 3))], ['overlap']],
    ['outside the town', [left, gridOf('b', 't', 2, '410105001002000', box(10, 0, 23, 10))], ['outside']],
    ['a bow-tie', [left, gridOf('b', 't', 2, '410105001002000', bow)], ['crossing', 'gap']],
    ['a hole', [gridOf('a', 't', 2, '410105001001000', box(0, 0, 10, 10), box(3, 3, 6, 6)), right], ['hole']],
    ['a sliver of 1 cm²', [left, right, gridOf('c', 't', 2, '410105001003000', hair)], ['sliver']],
    ['latitudes for longitudes', [left, gridOf('b', 't', 2, '410105001002000', swapped)], ['gap', 'swapped']],
  ])('%s', (_, grids, expected) => expect(kinds(divisionOf(town, ...grids))).toEqual(expected));

  it('places a problem and measures it', () => {
    const [gap] = findProblems(divisionOf(town, left));
    expect(gap?.squareMetres).toBeCloseTo(squareMetresOf(right.rings), 1);
  });

  it('cleans what was drawn with half a metre of care', () => {
    const rough = gridOf('b', 't', 2, '410105001002000', [
      at(10.01, 0.01),
      at(20, -0.01),
      at(20.01, 10),
      at(9.99, 10),
      at(10.01, 0.01),
    ]);
    expect(kinds(divisionOf(town, left, rough))).not.toEqual([]);
    expect(kinds(cleanDivision([town, left, rough]))).toEqual([]);
  });

  it('finds corners of a neighbour in the middle of an edge', () => {
    const upper = gridOf('b', 't', 2, '410105001002000', box(10, 5, 20, 10));
    const lower = gridOf('c', 't', 2, '410105001003000', box(10, 0, 20, 5));
    const clean = cleanDivision([town, left, upper, lower]);
    expect(clean.get('a')?.rings[0]).toHaveLength(6);
    expect(kinds(clean)).toEqual([]);
  });
});
