import { ProblemError } from '../problem.ts';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

const constraintOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : '';

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
  const code = codeOf(error);
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return bodyLimit > 1024 * 1024
      ? new ProblemError('files.too_large', { limit: inWords(bodyLimit) })
      : new ProblemError('platform.body_too_large', { limit: inWords(bodyLimit) });
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_BAD_URL') return new ProblemError('platform.malformed_body');
  if (code.startsWith('23')) return byConstraint[constraintOf(error)]?.();
  if (passing.test(code)) return new ProblemError('platform.busy');
  if (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
    return new ProblemError('platform.busy');
  return undefined;
}
