import {
  actOnCase,
  countCases,
  listCases,
  listCategories,
  listCheckers,
  live,
  queues,
  readCase,
  verifyRecord,
} from '../../contracts/cases.ts';
import { stateNames, states } from '../../domain/cases/states.ts';
import { ProblemError } from '../platform/problem.ts';
import { eventsRoute, route } from '../platform/http/route.ts';
import { once, recall } from '../platform/once.ts';
import { act } from './act.ts';
import { candidates } from './checkers.ts';
import * as queries from './queries.ts';
import { listPage, mustFind, readContact, readCursor, readDetail, verifyCase, viewParts } from './read.ts';
import { scopesOf } from './scope.ts';

import type { Queue } from '../../contracts/cases.ts';
import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { CaseState } from '../../domain/cases/states.ts';
import type { AccountRow } from '../identity/index.ts';
import type { Route } from '../platform/http/route.ts';
import type { Resend } from '../platform/once.ts';
import type { LiveHub } from './live.ts';
import type { CasesParts } from './parts.ts';

const openStates = stateNames.filter(state => states[state].open);
const queueNames = Object.keys(queues) as Queue[];

const statesOf = (
  queue: Queue | 'open' | undefined,
  wanted: readonly CaseState[] | undefined,
): readonly CaseState[] => {
  const inQueue: readonly CaseState[] =
    queue === undefined ? stateNames : queue === 'open' ? openStates : queues[queue];
  return wanted === undefined ? inQueue : inQueue.filter(state => wanted.includes(state));
};

export function casesRoutes(
  parts: CasesParts,
  hub: LiveHub,
  workplaceOf: (account: AccountRow) => string,
): readonly Route[] {
  return [
    route(listCases, async ({ db, actor, now }, { query }) => {
      const { queue, states: wanted, after, ...rest } = query;
      const filter = {
        ...rest,
        search: rest.search,
        mine: rest.mine,
        states: statesOf(queue, wanted),
        after: readCursor(after, rest.sort),
      };
      if (filter.states.length === 0) return { cases: [], next: null, at: now };
      return { ...(await listPage(db, actor, filter, viewParts(parts, now))), at: now };
    }),
    route(countCases, async ({ db, actor, now }, { query }) => {
      const counts = Object.fromEntries(queueNames.map(queue => [queue, 0])) as Record<Queue, number>;
      let overdue = 0;
      for (const scope of scopesOf(actor, 'cases.read')) {
        for (const row of await queries.countByState(db, scope, query.mine, now)) {
          const queue = queueNames.find(name => (queues[name] as readonly string[]).includes(row.state));
          if (queue !== undefined) counts[queue] += row.count;
          if (states[row.state].open) overdue += row.overdue;
        }
      }
      return { counts, overdue, at: now };
    }),
    route(readCase, async ({ db, actor, now }, { params }) =>
      readDetail(db, await mustFind(db, actor, 'cases.read', params.id), viewParts(parts, now)),
    ),
    route(actOnCase, async (call, { params, body }) => {
      const { db, actor, now } = call;
      if (body.action === 'reveal')
        call.record({
          what: 'contact.reveal',
          object: { kind: 'case', id: params.id },
          details: { reason: body.note },
        });
      const scopes = scopesOf(actor, 'cases.read');
      const resendIn = (townId: string): Resend => ({
        townId,
        scope: `cases.act/${params.id}/${actor.kind === 'account' ? actor.accountId : ''}`,
        key: call.idempotencyKey,
        digest: call.bodyDigest,
        now,
      });
      const row = await queries.lockCase(db, scopes, params.id);
      if (row === undefined) {
        // Whoever returned a case no longer sees it; sent again, the same action still gets its answer.
        for (const { townId } of scopes) {
          const answered = await recall(db, resendIn(townId), parts.secrets);
          if (answered !== undefined) return answered.reply as ReplyOf<typeof actOnCase>;
        }
        throw new ProblemError('platform.not_found');
      }
      return once(
        db,
        resendIn(row.town_id),
        async () => {
          const stored = await act(call, parts, row, { ...body, note: body.note ?? null });
          return {
            case: await readDetail(db, stored, viewParts(parts, now)),
            contact: body.action === 'reveal' ? await readContact(db, stored, parts) : null,
          };
        },
        parts.secrets,
      );
    }),
    route(listCheckers, async ({ db, actor }, { params }) => ({
      checkers: await candidates(db, await mustFind(db, actor, 'cases.send_check', params.id), workplaceOf),
    })),
    route(listCategories, () => Promise.resolve({ categories: [...parts.catalogue.all()] })),
    route(verifyRecord, async ({ db, actor }, { params }) =>
      verifyCase(db, await mustFind(db, actor, 'cases.verify_record', params.id)),
    ),
    eventsRoute(live, ({ actor, sessionToken }) => {
      if (actor.kind !== 'account' || sessionToken === null) throw new ProblemError('identity.not_signed_in');
      return Promise.resolve({ start: (send, end) => hub.subscribe({ sessionToken, actor }, send, end) });
    }),
  ];
}
