import { useCallback, useEffect, useState } from 'react';

import { territory as territoryEndpoint } from '../../contracts/grids.ts';
import { call } from '../api/call.ts';

import type { GridShape } from '../../contracts/grids.ts';
import type { Territory } from './map-types.ts';

let loading: Promise<Territory> | null = null;

function load(): Promise<Territory> {
  loading ??= call(territoryEndpoint, { timeout: 60_000 }).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

export interface TerritoryState {
  readonly territory: Territory | null;
  readonly failed: boolean;
  readonly retry: () => void;
}

/** Grids and base map, loaded once per page and shared by list and map. */
export function useTerritory(): TerritoryState {
  const [territory, setTerritory] = useState<Territory | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    load().then(
      found => {
        if (!gone) setTerritory(found);
      },
      () => {
        if (!gone) setFailed(true);
      },
    );
    return () => {
      gone = true;
    };
  }, [attempt]);
  const retry = useCallback(() => {
    setFailed(false);
    setAttempt(now => now + 1);
  }, []);
  useEffect(() => {
    if (!failed) return undefined;
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [failed, retry]);
  return { territory, failed, retry };
}

/** A grid and those above it, the town first. */
export function pathOf(territory: Territory, gridId: string): readonly GridShape[] {
  const grid = territory.grids.find(({ id }) => id === gridId);
  if (grid === undefined) return [];
  return grid.parentId === null ? [grid] : [...pathOf(territory, grid.parentId), grid];
}
