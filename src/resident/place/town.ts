import { useEffect } from 'react';

import { pathOf } from '../../browser/map/use-territory.ts';
import { keep, kept } from '../../browser/ui/keep.ts';

import type { Territory } from '../../browser/map/map-types.ts';

const townKey = 'jingwei.town';

/** The town that the page speaks for: that of the code on the wall, else the only one; the last one known while loading. */
export function useTownName(territory: Territory | null, gridId: string | null): string | null {
  const known = territory === null ? null : townOf(territory, gridId);
  useEffect(() => {
    if (known !== null) keep(townKey, known);
  }, [known]);
  return known ?? kept(townKey);
}

function townOf(territory: Territory, gridId: string | null): string {
  const fromGrid = gridId === null ? undefined : pathOf(territory, gridId)[0];
  if (fromGrid !== undefined) return fromGrid.name;
  return territory.towns.length === 1 ? (territory.towns[0]?.name ?? territory.city) : territory.city;
}
