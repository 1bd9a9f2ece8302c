const session = 'jingwei';

/** The session's secret from the Cookie header, or null. */
export function readCookie(cookies: string | undefined): string | null {
  const value = readNamedCookie(cookies, session);
  return value !== null && /^[\w-]{20,100}$/.test(value) ? value : null;
}

export function readNamedCookie(cookies: string | undefined, name: string): string | null {
  for (const part of (cookies ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined && value !== '') return value;
  }
  return null;
}

/** Set-Cookie for a session secret; null clears it. Not readable by scripts, not sent from other sites' posts. */
export function sessionCookie(token: string | null, maxAgeSeconds: number, secure: boolean): string {
  return makeCookie(session, token, '/', maxAgeSeconds, secure);
}

/** Set-Cookie for something that must come back; null clears it. */
export function makeCookie(
  name: string,
  value: string | null,
  path: string,
  maxAgeSeconds: number,
  secure: boolean,
): string {
  const age = value === null ? 0 : maxAgeSeconds;
  return `${name}=${value ?? ''}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`;
}
