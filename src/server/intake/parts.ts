import type { CasesParts } from '../cases/index.ts';
import type { FileStore } from '../platform/files.ts';
import type { RateLimit } from '../platform/http/rate-limit.ts';

export interface IntakeParts {
  readonly cases: CasesParts;
  readonly files: FileStore;
  readonly reportLimit: RateLimit;
  readonly receiptLimit: RateLimit;
}
