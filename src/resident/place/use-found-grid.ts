import { useEffect, useState } from 'react';

import { locate } from '../../contracts/grids.ts';
import { call, Problem } from '../../browser/api/call.ts';

import type { Found, Place } from './place.ts';

/** A pin that is still being dragged is not looked up. */
const restMs = 250;

const nowhere: Found = { inside: false, gridId: null, path: [], metres: Number.MAX_SAFE_INTEGER };

/** Asks which grid a point lies in whenever the point moves. Returns whether that failed. */
export function useFoundGrid(place: Place | null, onFound: (found: Found) => void): boolean {
  const [failed, setFailed] = useState(false);
  const open = place?.kind === 'point' && place.found === null ? place : null;
  const lng = open?.lng ?? null;
  const lat = open?.lat ?? null;
  useEffect(() => {
    setFailed(false);
    if (lng === null || lat === null) return undefined;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      call(locate, { query: { lng: String(lng), lat: String(lat) }, signal: gone.signal }).then(
        ({ inside, path, metres }) => {
          if (gone.signal.aborted) return;
          onFound({ inside, metres, gridId: path[path.length - 1]?.id ?? null, path: path.map(({ name }) => name) });
        },
        (error: unknown) => {
          if (gone.signal.aborted) return;
          if (error instanceof Problem && error.code === 'grids.point_outside') onFound(nowhere);
          else setFailed(true);
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
    // Only a moved point is asked anew; `onFound` changes with every letter typed.
  }, [lng, lat]);
  return failed;
}
