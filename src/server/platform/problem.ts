import { problems, problemText } from '../../contracts/problems.ts';

import type { Locale, ProblemBody, ProblemCode, ProblemDetails } from '../../contracts/problems.ts';

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** A person's mistake or an expected obstacle, by its name in the catalogue. Thrown by services, turned into an answer once. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  readonly fields: readonly FieldError[];

  constructor(code: ProblemCode, details: ProblemDetails = {}, fields: readonly FieldError[] = []) {
    super(code);
    this.name = 'ProblemError';
    this.code = code;
    this.details = details;
    this.fields = fields;
  }
}

/** RFC 9457 body in the caller's language. */
export function problemBody(error: ProblemError, locale: Locale): ProblemBody {
  const { code, details, fields } = error;
  return {
    type: `/api-docs#${code}`,
    title: problemText(code, locale, details),
    status: problems[code].status,
    detail: problemText(code, locale, details),
    code,
    details,
    ...(fields.length === 0 ? {} : { errors: fields }),
  };
}
