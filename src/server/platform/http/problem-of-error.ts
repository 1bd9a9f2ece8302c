import { ProblemError } from '../problem.ts';

/** A property of an error that is text, else nothing. */
function textOf(error: unknown, name: 'code' | 'constraint' | 'severity'): string {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** Constraints whose violation is a person's mistake, by name; anything else that the database refuses is our fault. */
const byConstraint: Readonly<Record<string, () => ProblemError>> = {
  account_login_name: () => new ProblemError('identity.login_name_taken', { loginName: '' }),
  policy_pkey: () => new ProblemError('identity.policy_moved'),
  attachment_pkey: () => new ProblemError('files.id_taken'),
  case_file_town_id_lead_unit_id_fkey: () => new ProblemError('grids.unknown_unit'),
};

/** SQLSTATEs and driver errors that mean "try again": pool or server exhausted, shutting down, connection lost, timeouts. */
const passing = /^(?:53|57P|08|57014|40001|40P01|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)/;

/**
 * The named problem behind anything thrown, or undefined when it is an internal error. One place for the framework's own
 * errors, the database's constraints by name and its passing failures.
 */
export function problemOfError(
  error: unknown,
  bodyLimit: number,
  inWords: (bytes: number) => string,
): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  const code = textOf(error, 'code');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return bodyLimit > 1024 * 1024
      ? new ProblemError('files.too_large', { limit: inWords(bodyLimit) })
      : new ProblemError('platform.body_too_large', { limit: inWords(bodyLimit) });
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_BAD_URL') return new ProblemError('platform.malformed_body');
  if (code.startsWith('23')) return byConstraint[textOf(error, 'constraint')]?.();
  // FATAL ends a connection, never a statement: the server refuses or is going away.
  if (passing.test(code) || textOf(error, 'severity') === 'FATAL') return new ProblemError('platform.busy');
  if (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
    return new ProblemError('platform.busy');
  return undefined;
}
