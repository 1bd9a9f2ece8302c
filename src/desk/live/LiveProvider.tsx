import { useQueryClient } from '@tanstack/react-query';
import { createContext, useEffect, useState } from 'react';

import { openLive } from './live-connection.ts';

import type { ReactNode } from 'react';
import type { LiveConnection } from './live-connection.ts';

export const LiveContext = createContext<LiveConnection | null>(null);

/** Holds one connection for all pages of whoever is signed in. After a gap everything about cases is asked for again. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<LiveConnection | null>(null);
  useEffect(() => {
    const opened = openLive();
    let hellos = 0;
    opened.onEvent(event => {
      if (event.kind !== 'hello') return;
      hellos++;
      if (hellos > 1) void queries.invalidateQueries({ queryKey: ['cases'] });
    });
    setConnection(opened);
    return () => opened.close();
  }, [queries]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}
