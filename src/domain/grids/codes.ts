/**
 * The 15-digit code of a grid (handbook §1.3): county 6, town 3, village or community 3, serial 3. Serials 001–899 are basic
 * grids, 900–999 exclusive ones; a micro-grid adds -01 … -99. Codes change and are never a key.
 */
import type { GridType } from './division.ts';

const CODE = /^\d{15}(?:-\d{2})?$/;

export const isGridCode = (code: string): boolean => CODE.test(code);

/** True when the code stands where its level says: a town ends in six zeros, a community in three. */
export function codeFitsLevel(code: string, level: number): boolean {
  if (!isGridCode(code)) return false;
  if (level === 4) return code.length === 18;
  if (code.length !== 15) return false;
  const [community, serial] = [code.slice(9, 12), code.slice(12)];
  if (level === 1) return community === '000' && serial === '000';
  if (level === 2) return community !== '000' && serial === '000';
  return community !== '000' && serial !== '000';
}

/** The lowest code of this type below the parent that was never used; undefined when all are. */
export function nextCode(
  parent: { readonly code: string; readonly level: number },
  type: GridType,
  used: ReadonlySet<string>,
): string | undefined {
  const code = (serial: number): string => {
    if (parent.level === 1) return `${parent.code.slice(0, 9)}${String(serial).padStart(3, '0')}000`;
    if (parent.level === 2) return `${parent.code.slice(0, 12)}${String(serial).padStart(3, '0')}`;
    return `${parent.code.slice(0, 15)}-${String(serial).padStart(2, '0')}`;
  };
  const [first, last] =
    parent.level >= 3 ? [1, 99] : type === 'exclusive' && parent.level === 2 ? [900, 999] : [1, 899];
  for (let serial = first; serial <= last; serial += 1) if (!used.has(code(serial))) return code(serial);
  return undefined;
}
