import { ProblemError } from '../problem.ts';

import type { Endpoint } from '../../../contracts/endpoint.ts';
import type { Tables } from '../database/tables.ts';
import type { AccessEntry, AccessNote } from './route.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';

type Db = Kysely<Tables>;

interface Parts {
  readonly db: Db;
  readonly log: Logger;
  record(trx: Db, entries: readonly AccessEntry[]): Promise<void>;
}

/** The notes of one call on their way into the access record. */
export interface AccessNotes {
  readonly note: (note: AccessNote) => AccessNote;
  /** As the last thing of the call's transaction: nothing is done that is not recorded. */
  keep(trx: Db, refused: ProblemError | undefined): Promise<void>;
  /** In a transaction of their own, for calls that have none. */
  keepApart(refused: ProblemError | undefined): Promise<void>;
  /** Waits for the work; when it throws, its notes are kept as refused or failed, and the error goes on. */
  failed<Result>(work: Promise<Result>): Promise<Result>;
  /** Notes that somebody called what his roles do not allow. */
  denied(endpoint: Endpoint, error: unknown): Promise<void>;
}

export function accessNotes(parts: Parts, from: Pick<AccessEntry, 'at' | 'actor' | 'ip' | 'userAgent'>): AccessNotes {
  const notes: AccessNote[] = [];

  const entries = (error: unknown): AccessEntry[] =>
    notes.map(note => ({
      ...note,
      ...from,
      result: error === undefined ? 'done' : error instanceof ProblemError ? 'refused' : 'failed',
      problem: error instanceof ProblemError ? error.code : null,
    }));

  const keepApart = async (error: unknown): Promise<void> => {
    if (notes.length > 0) await parts.db.transaction().execute(trx => parts.record(trx, entries(error)));
  };

  /** What failed has failed already: that it cannot be recorded either is logged and hides nothing. */
  const keepFailure = async (error: unknown): Promise<void> => {
    try {
      await keepApart(error);
    } catch (second) {
      parts.log.error({ err: second, notes }, 'the access record could not be written');
    }
  };

  return {
    note(note) {
      notes.push(note);
      return note;
    },
    async keep(trx, refused) {
      if (notes.length > 0) await parts.record(trx, entries(refused));
    },
    keepApart,
    async failed(work) {
      try {
        return await work;
      } catch (error) {
        await keepFailure(error);
        throw error;
      }
    },
    async denied(endpoint, error) {
      if (!(error instanceof ProblemError) || error.code !== 'identity.not_permitted') return;
      notes.push({ what: 'access.denied', object: { kind: 'endpoint', id: endpoint.id, name: endpoint.summary.zh } });
      await keepFailure(error);
    },
  };
}
