/** Same rule as the server's: at least 8 characters of at least three kinds. Counted here so that the form can say it early. */
export function isStrongPassword(password: string): boolean {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter(kind => kind.test(password)).length;
  return password.length >= 8 && kinds >= 3;
}
