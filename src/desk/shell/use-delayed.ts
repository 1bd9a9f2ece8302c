import { useEffect, useState } from 'react';

/** True once `ms` have passed while `on` stayed true: what is quickly done should not flash a skeleton. */
export function useDelayed(on: boolean, ms = 150): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => setPassed(true), ms);
    return () => {
      clearTimeout(timer);
      setPassed(false);
    };
  }, [on, ms]);
  return on && passed;
}
