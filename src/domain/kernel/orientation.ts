/**
 * On which side of a line does a point lie? Rounding must not answer this: a point on a shared border would belong to both
 * grids or to none. A fast estimate decides when it is surely right, exact arithmetic decides the rest
 * (J. R. Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates", 1997).
 */

/** Shewchuk's bound for the first stage: (3 + 16ε)ε with ε = 2⁻⁵³. */
const ERROR_BOUND = (3 + 16 * 2 ** -53) * 2 ** -53;
/** Splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** Positive when c lies to the left of the line from a to b, negative to the right, exactly 0 on it. Only the sign means something. */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const estimate = left - right;
  const bound = ERROR_BOUND * (Math.abs(left) + Math.abs(right));
  if (estimate > bound || -estimate > bound) return estimate;
  return exactOrientation(ax, ay, bx, by, cx, cy);
}

/** The determinant multiplied out, each product as an exact pair, all of them summed without rounding. */
function exactOrientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  let sum: number[] = [];
  const add = (a: number, b: number): void => {
    const high = a * b;
    sum = grow(grow(sum, productTail(a, b, high)), high);
  };
  add(ax, by);
  add(-ax, cy);
  add(-cx, by);
  add(-ay, bx);
  add(ay, cx);
  add(cy, bx);
  return sum.findLast(part => part !== 0) ?? 0;
}

/** What rounding lost in `high = a * b` (Dekker). */
function productTail(a: number, b: number, high: number): number {
  const bigA = SPLITTER * a;
  const aHigh = bigA - (bigA - a);
  const aLow = a - aHigh;
  const bigB = SPLITTER * b;
  const bHigh = bigB - (bigB - b);
  const bLow = b - bHigh;
  return aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** Adds one number to an expansion (parts of rising size that do not overlap), exactly. */
function grow(expansion: readonly number[], value: number): number[] {
  const grown: number[] = [];
  let carry = value;
  for (const part of expansion) {
    const sum = carry + part;
    const virtual = sum - carry;
    grown.push(carry - (sum - virtual) + (part - virtual));
    carry = sum;
  }
  grown.push(carry);
  return grown;
}
