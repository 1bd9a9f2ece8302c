import { useCallback, useEffect, useState } from 'react';

import { readSession, signOut as signOutEndpoint } from '../../contracts/identity.ts';
import { call, Problem } from '../../browser/api/call.ts';

import type { Me } from '../../contracts/identity.ts';

export type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'unreachable' }
  /** `ended`: there was a session a moment ago. */
  | { readonly state: 'out'; readonly ended: boolean }
  | { readonly state: 'in'; readonly me: Me };

export interface SessionStore {
  readonly session: Session;
  readonly signedIn: (me: Me) => void;
  readonly signOut: () => Promise<void>;
  /** For failures of other calls: an ended session leads to the sign-in. Returns whether it was that. */
  readonly noteFailure: (error: unknown) => boolean;
  readonly retry: () => void;
}

const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.code === 'identity.not_signed_in';

/** Who is signed in on this phone. */
export function useSession(): SessionStore {
  const [session, setSession] = useState<Session>({ state: 'asking' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    call(readSession, { signal: gone.signal }).then(
      me => setSession({ state: 'in', me }),
      (error: unknown) => {
        if (gone.signal.aborted) return;
        setSession(isSignedOut(error) ? { state: 'out', ended: false } : { state: 'unreachable' });
      },
    );
    return () => gone.abort();
  }, [attempt]);

  const retry = useCallback(() => {
    setSession({ state: 'asking' });
    setAttempt(now => now + 1);
  }, []);
  const unreachable = session.state === 'unreachable';
  useEffect(() => {
    if (!unreachable) return undefined;
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [unreachable, retry]);

  const signedIn = useCallback((me: Me) => setSession({ state: 'in', me }), []);
  const signOut = useCallback(async () => {
    try {
      await call(signOutEndpoint, {});
    } catch (error) {
      if (!isSignedOut(error)) throw error;
    }
    setSession({ state: 'out', ended: false });
  }, []);
  const noteFailure = useCallback((error: unknown) => {
    if (!isSignedOut(error)) return false;
    setSession({ state: 'out', ended: true });
    return true;
  }, []);
  return { session, signedIn, signOut, noteFailure, retry };
}
