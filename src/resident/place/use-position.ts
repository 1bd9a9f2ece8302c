import { useCallback, useEffect, useRef, useState } from 'react';

export interface Fix {
  readonly lng: number;
  readonly lat: number;
  /** Metres. */
  readonly accuracy: number;
}

export type PositionState =
  | { readonly state: 'idle' }
  | { readonly state: 'locating'; readonly accuracy: number | null }
  | { readonly state: 'failed'; readonly why: 'denied' | 'unavailable' | 'insecure' };

/** Good enough to stop: a gate can be told from the next one. */
const wantedMetres = 20;
/** The first fix of a phone is often a cell tower's; the satellites need some seconds more. */
const patienceMs = 10_000;

/**
 * Asks the phone where it is, for at most ten seconds, and gives the best fix (and every better one on the way). A person who
 * does not allow it, or a phone that cannot, only makes the state say so: nothing waits for it.
 */
export function usePosition(onFix: (fix: Fix) => void): readonly [PositionState, () => void, () => void] {
  const [state, setState] = useState<PositionState>({ state: 'idle' });
  const stopRef = useRef<() => void>(() => undefined);
  const tell = useRef(onFix);
  tell.current = onFix;

  const stop = useCallback(() => {
    stopRef.current();
    setState({ state: 'idle' });
  }, []);

  const start = useCallback(() => {
    stopRef.current();
    if (!('geolocation' in navigator) || !window.isSecureContext) {
      setState({ state: 'failed', why: 'insecure' });
      return;
    }
    let best: number | null = null;
    setState({ state: 'locating', accuracy: null });
    const end = (next: PositionState) => {
      stopRef.current();
      setState(next);
    };
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        if (best !== null && coords.accuracy >= best) return;
        best = coords.accuracy;
        tell.current({ lng: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) });
        if (best <= wantedMetres) end({ state: 'idle' });
        else setState({ state: 'locating', accuracy: Math.round(best) });
      },
      error => {
        if (best !== null) end({ state: 'idle' });
        else end({ state: 'failed', why: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' });
      },
      { enableHighAccuracy: true, maximumAge: 10_000, timeout: patienceMs },
    );
    const timer = setTimeout(
      () => end(best === null ? { state: 'failed', why: 'unavailable' } : { state: 'idle' }),
      patienceMs,
    );
    stopRef.current = () => {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(timer);
      stopRef.current = () => undefined;
    };
  }, []);

  useEffect(() => () => stopRef.current(), []);
  return [state, start, stop];
}
