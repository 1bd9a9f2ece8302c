import { useEffect, useState } from 'react';

import { serverNow } from './server-clock.ts';

/**
 * The present instant (ms), refreshed every `every` ms while the page is visible and at once when it becomes visible again.
 * Half a minute is enough for words that count minutes.
 */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const tick = () => {
      if (!document.hidden) setNow(serverNow());
    };
    const timer = setInterval(tick, every);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [every]);
  return now;
}
