/**
 * What a rule answers: either what follows, or a named refusal. Rules never throw for what a person may do wrong; the
 * service that asked throws the refusal as a problem, outside the pure world.
 */

/** `details` are the few facts that the message on the screen needs (a year, a limit), never texts in a language. */
export interface Refusal<Code extends string> {
  readonly ok: false;
  readonly refused: Code;
  readonly details?: RefusalDetails;
}

export type RefusalDetails = Readonly<Record<string, string | number | boolean>>;

/** `ok` tells the two apart; on success the result's own fields stand beside it. */
export type Decision<Result extends object, Code extends string> =
  ({ readonly ok: true } & Readonly<Result>) | Refusal<Code>;

export function accept<Result extends object>(result: Result): { readonly ok: true } & Readonly<Result> {
  return { ok: true, ...result };
}

export function refuse<Code extends string>(code: Code, details?: RefusalDetails): Refusal<Code> {
  return details === undefined ? { ok: false, refused: code } : { ok: false, refused: code, details };
}
