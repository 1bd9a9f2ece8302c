import { placeOf } from './use-case-words.ts';

import type { CaseRow } from '../../../contracts/cases.ts';

/** Where, with the community it lies in. */
export function RowPlace({ row }: { readonly row: Pick<CaseRow, 'address' | 'grid'> }) {
  const { place, community } = placeOf(row);
  return (
    <>
      {place}
      {community !== '' && <span className="row-community">{community}</span>}
    </>
  );
}
