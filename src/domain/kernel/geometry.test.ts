import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EARTH_RADIUS,
  areaSquareMetres,
  distance,
  distanceToArea,
  isLngLat,
  sideOfRing,
  signedRingArea,
  type Position,
  type Ring,
} from './geometry.ts';
import { orientation } from './orientation.ts';
import { checkArea, checkRing } from './ring.ts';

const square: Ring = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];

/** A double as an exact multiple of 2⁻¹⁰⁷⁴. */
function exact(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = bits >> 52n;
  const fraction = bits & ((1n << 52n) - 1n);
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return value < 0 ? -size : size;
}

function exactSign(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const [ax_, ay_, bx_, by_, cx_, cy_] = [ax, ay, bx, by, cx, cy].map(exact) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const determinant = (ax_ - cx_) * (by_ - cy_) - (ay_ - cy_) * (bx_ - cx_);
  return determinant > 0n ? 1 : determinant < 0n ? -1 : 0;
}

describe('orientation', () => {
  const degree = fc
    .double({ min: -180, max: 180, noNaN: true })
    .filter(value => value === 0 || Math.abs(value) > 1e-100);

  it('has the sign that whole numbers of any length give', () => {
    fc.assert(
      fc.property(degree, degree, degree, degree, degree, degree, (...six) => {
        expect(Math.sign(orientation(...six))).toBe(exactSign(...six));
      }),
    );
  });

  it('is right where rounding is wrong: points a hair beside the line between two corners of a street', () => {
    const unit = 2 ** -46;
    const near = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(
        degree,
        degree,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        near,
        near,
        (x, y, dx, dy, ex, ey) => {
          const [bx, by] = [x + dx * 8 * unit * 1000, y + dy * 8 * unit * 1000];
          const [cx, cy] = [(x + bx) / 2 + ex * unit, (y + by) / 2 + ey * unit];
          expect(Math.sign(orientation(x, y, bx, by, cx, cy))).toBe(exactSign(x, y, bx, by, cx, cy));
          expect(orientation(x, y, bx, by, x, y)).toBe(0);
          expect(orientation(x, y, bx, by, bx, by)).toBe(0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('positions and distances', () => {
  it('refuses what is not on the globe', () => {
    expect(isLngLat(113.68, 34.77)).toBe(true);
    for (const [lng, lat] of [
      [181, 0],
      [0, 91],
      [Number.NaN, 0],
      [0, Number.NaN],
      [Number.POSITIVE_INFINITY, 0],
    ] as const)
      expect(isLngLat(lng, lat)).toBe(false);
  });

  it('measures a degree of the equator, half the globe, and nothing', () => {
    expect(distance({ lng: 0, lat: 0 }, { lng: 1, lat: 0 })).toBeCloseTo((EARTH_RADIUS * Math.PI) / 180, 6);
    expect(distance({ lng: 0, lat: 90 }, { lng: 0, lat: -90 })).toBeCloseTo(EARTH_RADIUS * Math.PI, 3);
    expect(distance({ lng: 113.68, lat: 34.77 }, { lng: 113.68, lat: 34.77 })).toBe(0);
  });
});

describe('area', () => {
  it('of an eighth of the globe is an eighth of its surface', () => {
    const eighth: Position[] = [
      [0, 0],
      [90, 0],
      [90, 90],
      [0, 90],
      [0, 0],
    ];
    expect(areaSquareMetres({ type: 'Polygon', coordinates: [eighth] })).toBeCloseTo(
      (4 * Math.PI * EARTH_RADIUS ** 2) / 8,
      -3,
    );
  });

  it('is positive anticlockwise and takes holes off, whatever their direction', () => {
    expect(signedRingArea(square)).toBeGreaterThan(0);
    expect(signedRingArea(square.toReversed())).toBe(-signedRingArea(square));
    const hole: Ring = [
      [0.5, 0.5],
      [1.5, 0.5],
      [1.5, 1.5],
      [0.5, 1.5],
      [0.5, 0.5],
    ];
    const whole = areaSquareMetres({ type: 'Polygon', coordinates: [square] });
    const rest = whole - Math.abs(signedRingArea(hole));
    expect(areaSquareMetres({ type: 'Polygon', coordinates: [square, hole] })).toBeCloseTo(rest, 3);
    expect(areaSquareMetres({ type: 'Polygon', coordinates: [square, hole.toReversed()] })).toBeCloseTo(rest, 3);
    expect(areaSquareMetres({ type: 'MultiPolygon', coordinates: [[square], [hole]] })).toBeCloseTo(
      whole * 2 - rest,
      3,
    );
  });

  it('of a yard of 20 by 20 metres is right to a square centimetre', () => {
    const metre = 180 / (Math.PI * EARTH_RADIUS);
    const [lng, lat] = [113.68, 34.77];
    const east = lng + (20 * metre) / Math.cos((lat * Math.PI) / 180);
    const north = lat + 20 * metre;
    const yard: Position[] = [
      [lng, lat],
      [east, lat],
      [east, north],
      [lng, north],
      [lng, lat],
    ];
    expect(signedRingArea(yard)).toBeGreaterThan(399.99);
    expect(signedRingArea(yard)).toBeLessThan(400.01);
  });
});

describe('inside or outside', () => {
  it.each([
    [1, 1, 'inside'],
    [0, 1, 'boundary'],
    [2, 2, 'boundary'],
    [1, 0, 'boundary'],
    [1, 2, 'boundary'],
    [3, 0, 'outside'],
    [3, 2, 'outside'],
    [-1, 0, 'outside'],
    [-1, 1, 'outside'],
    [1, 3, 'outside'],
  ])('(%d, %d) of a square is %s', (lng, lat, side) => {
    expect(sideOfRing(lng, lat, square)).toBe(side);
    expect(sideOfRing(lng, lat, square.toReversed())).toBe(side);
  });

  it('measures to the nearest border, and nothing inside', () => {
    const area = { type: 'Polygon', coordinates: [square] } as const;
    expect(distanceToArea({ lng: 1, lat: 1 }, area)).toBe(0);
    expect(distanceToArea({ lng: 0, lat: 1 }, area)).toBe(0);
    expect(distanceToArea({ lng: 3, lat: 1 }, area)).toBeCloseTo(distance({ lng: 2, lat: 1 }, { lng: 3, lat: 1 }), -1);
    expect(distanceToArea({ lng: 2.01, lat: 2.01 }, area)).toBeCloseTo(
      distance({ lng: 2, lat: 2 }, { lng: 2.01, lat: 2.01 }),
      0,
    );
  });
});

describe('checkRing', () => {
  const refusal = (ring: Ring): string => {
    const checked = checkRing(ring);
    return checked.ok ? 'ok' : checked.refused;
  };

  it.each<[string, Position[], string]>([
    [
      'a square',
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
      'ok',
    ],
    [
      'a triangle',
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 0],
      ],
      'ok',
    ],
    [
      'a corner in the middle of an edge',
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [2, 2],
        [0, 0],
      ],
      'ok',
    ],
    [
      'two corners only',
      [
        [0, 0],
        [2, 0],
        [0, 0],
      ],
      'geometry.ring_short',
    ],
    [
      'an open ring',
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
      ],
      'geometry.ring_open',
    ],
    [
      'a position said twice',
      [
        [0, 0],
        [2, 0],
        [2, 0],
        [2, 2],
        [0, 0],
      ],
      'geometry.ring_repeats',
    ],
    [
      'a bow tie',
      [
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
        [0, 0],
      ],
      'geometry.ring_crosses',
    ],
    [
      'a spike',
      [
        [0, 0],
        [2, 0],
        [3, 0],
        [2, 0],
        [2, 2],
        [0, 0],
      ],
      'geometry.ring_crosses',
    ],
    [
      'a flat triangle',
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 0],
      ],
      'geometry.ring_crosses',
    ],
    [
      'a corner that touches another edge',
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
        [0, 0],
      ],
      'geometry.ring_crosses',
    ],
    [
      'a corner that touches another corner',
      [
        [0, 0],
        [2, 2],
        [4, 0],
        [4, 4],
        [2, 2],
        [0, 4],
        [0, 0],
      ],
      'geometry.ring_crosses',
    ],
    [
      'a position off the globe',
      [
        [0, 0],
        [200, 0],
        [2, 2],
        [0, 0],
      ],
      'geometry.bad_position',
    ],
    [
      'a position that is none',
      [
        [0, 0],
        [2, Number.NaN],
        [2, 2],
        [0, 0],
      ],
      'geometry.bad_position',
    ],
  ])('%s', (_, ring, expected) => {
    expect(refusal(ring)).toBe(expected);
    expect(refusal(ring.toReversed())).toBe(expected);
  });

  it('accepts every star and refuses it once two corners far apart change places', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1.2, noNaN: true }), { minLength: 8, maxLength: 60 }), radii => {
        const corners = radii.map((radius, index): Position => {
          const angle = (2 * Math.PI * index) / radii.length;
          return [radius * Math.cos(angle), radius * Math.sin(angle)];
        });
        const close = (list: Position[]): Ring => [...list, ...list.slice(0, 1)];
        expect(refusal(close(corners))).toBe('ok');
        const half = Math.floor(corners.length / 2);
        const swapped = corners.map(
          (corner, index) => (index === 0 ? corners[half] : index === half ? corners[0] : corner) ?? corner,
        );
        expect(refusal(close(swapped))).toBe('geometry.ring_crosses');
      }),
    );
  });
});

describe('checkArea', () => {
  const hole = (by: number): Ring => [
    [by, by],
    [by + 1, by],
    [by + 1, by + 1],
    [by, by + 1],
    [by, by],
  ];

  it('wants holes inside', () => {
    expect(checkArea({ type: 'Polygon', coordinates: [square, hole(0.5)] })).toEqual({ ok: true });
    expect(checkArea({ type: 'Polygon', coordinates: [square, hole(1.5)] })).toMatchObject({
      refused: 'geometry.hole_outside',
    });
    expect(checkArea({ type: 'Polygon', coordinates: [square, hole(1)] })).toMatchObject({
      refused: 'geometry.hole_outside',
    });
  });

  it('names the ring that is wrong, and refuses nothing at all', () => {
    const open = square.slice(0, 4);
    expect(checkArea({ type: 'MultiPolygon', coordinates: [[square], [open]] })).toMatchObject({
      refused: 'geometry.ring_open',
      details: { ring: 1 },
    });
    expect(checkArea({ type: 'MultiPolygon', coordinates: [] })).toMatchObject({ refused: 'geometry.empty' });
    expect(checkArea({ type: 'Polygon', coordinates: [] })).toMatchObject({ refused: 'geometry.empty' });
  });
});
