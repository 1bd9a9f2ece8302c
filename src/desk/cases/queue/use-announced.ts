import { useEffect, useRef, useState } from 'react';

import type { LiveQueue } from '../live-queue.ts';

/** A screen reader is told at most this often. */
const every = 15_000;

/** How many cases came since the last announcement; changes at most every 15 seconds, back to 0 in between. */
export function useAnnounced({ shown, waiting }: LiveQueue): number {
  const [announced, setAnnounced] = useState(0);
  const told = useRef(new Set<string>());
  const latest = useRef<readonly string[]>([]);
  useEffect(() => {
    const came = [
      ...waiting.map(row => row.id),
      ...shown.filter(item => item.cameAt !== null).map(item => item.row.id),
    ];
    latest.current = came.filter(id => !told.current.has(id));
  }, [shown, waiting]);
  useEffect(() => {
    const timer = setInterval(() => {
      for (const id of latest.current) told.current.add(id);
      setAnnounced(latest.current.length);
      latest.current = [];
    }, every);
    return () => clearInterval(timer);
  }, []);
  return announced;
}
