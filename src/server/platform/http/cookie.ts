const name = 'jingwei';

/** The session's secret from the Cookie header, or null. */
export function readCookie(cookies: string | undefined): string | null {
  for (const part of (cookies ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined && /^[\w-]{20,100}$/.test(value)) return value;
  }
  return null;
}

/** Set-Cookie for a session secret; null clears it. Not readable by scripts, not sent from other sites' posts. */
export function sessionCookie(token: string | null, maxAgeSeconds: number, secure: boolean): string {
  const age = token === null ? 0 : maxAgeSeconds;
  return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`;
}
