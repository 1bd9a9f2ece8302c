import { actorsOfSessions } from '../identity/index.ts';
import { uuidV7 } from '../../domain/kernel/ids.ts';
import { newId } from '../platform/clock.ts';
import { findCasesByIds, listEvents } from './queries.ts';
import { rowViews, viewParts } from './read.ts';
import { isInScope, scopesOf } from './scope.ts';

import type { LiveEvent } from '../../contracts/cases.ts';
import type { Actor } from '../../domain/identity/permissions.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CasesParts } from './parts.ts';
import type { CaseRecord, ToldEvent } from './queries.ts';
import type { TownScope } from './scope.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';

/**
 * [Note: Live queue]
 * Each process that serves screens reads new events town by town: at once when a writer of its own or a notification says so,
 * every two seconds otherwise. Events are read in the order of their ids, which begin with the time of telling. A transaction
 * may commit later than one that began after it, so a look goes back, one second when it was asked for and ten at each poll,
 * and passes over what it has seen. Rows are read once per look and shown to each open screen that may see them.
 */
export interface LiveHub {
  /**
   * Shows events to whoever holds this session, for as long as he does: his grants are read anew before each look, and `end`
   * is called when the session has ended or was revoked.
   */
  subscribe(viewer: Viewer, send: (event: LiveEvent) => void, end: () => void): () => void;
  /** Look now: something was committed. */
  poke(): void;
  close(): void;
}

export interface Viewer {
  readonly sessionToken: string;
  readonly actor: Actor;
}

const pollMs = 2000;
const beatMs = 15_000;
const askedLookBackMs = 1000;
const pollLookBackMs = 10_000;
const pageSize = 500;

interface Listener {
  readonly sessionToken: string;
  scopes: readonly TownScope[];
  readonly send: (event: LiveEvent) => void;
  readonly end: () => void;
}

interface TownCursor {
  /** Time of telling of the newest event seen, epoch milliseconds. */
  from: number;
  /** Nothing before it is told: the screens that came since have loaded it. */
  readonly since: number;
  readonly seen: Set<string>;
}

export function openLiveHub(db: Kysely<Tables>, parts: CasesParts, clock: Clock, log: Logger): LiveHub {
  const listeners = new Set<Listener>();
  const cursors = new Map<string, TownCursor>();
  let looking = false;
  let asked = 0;
  let lookBack = askedLookBackMs;
  const closing = new AbortController();

  async function lookAt(townId: string, back: number): Promise<void> {
    const cursor = cursors.get(townId) ?? beginning();
    cursors.set(townId, cursor);
    let after = firstIdAt(Math.max(cursor.from - back, cursor.since));
    for (let more = true; more;) {
      const page = await listEvents(db, townId, after, pageSize);
      more = page.length === pageSize;
      after = page.at(-1)?.id ?? after;
      const news = page.filter(({ id }) => !cursor.seen.has(id));
      for (const { id } of news) cursor.seen.add(id);
      cursor.from = Math.max(cursor.from, timeOfId(after));
      if (news.length > 0) await show(townId, news);
    }
    const oldest = firstIdAt(cursor.from - pollLookBackMs);
    for (const id of cursor.seen) if (id < oldest) cursor.seen.delete(id);
  }

  async function show(townId: string, news: readonly ToldEvent[]): Promise<void> {
    const now = clock.now();
    const ids = [...new Set(news.map(({ subject }) => subject))];
    const records = await findCasesByIds(db, townId, ids);
    const views = await rowViews(db, townId, records, viewParts(parts, now));
    const shown = new Map(records.map((record, index) => [record.id, { record, row: views[index] ?? null }]));
    for (const { type: event, subject: caseId, payload } of news) {
      const found = shown.get(caseId);
      if (found === undefined) continue;
      for (const { scopes, send } of listeners) {
        if (scopes.some(scope => isInScope(scope, found.record)))
          send({ kind: 'case', at: now, event, caseId, row: found.row });
        else if (scopes.some(scope => wasInScope(scope, found.record, payload as Former)))
          send({ kind: 'case', at: now, event, caseId, row: null });
      }
    }
  }

  /** Whoever lost his session is shown out, whoever was given or lost a grant sees by it from now on. */
  async function refresh(): Promise<void> {
    const tokens = [...new Set([...listeners].map(listener => listener.sessionToken))];
    const actors = await actorsOfSessions(db, tokens, clock.now());
    for (const listener of listeners) {
      const actor = actors.get(listener.sessionToken);
      if (actor === undefined && tokens.includes(listener.sessionToken)) {
        listeners.delete(listener);
        listener.end();
      } else if (actor !== undefined) listener.scopes = scopesOf(actor, 'cases.read');
    }
  }

  /** One look at a time; whoever asks meanwhile gets another one after it. */
  async function look(back: number): Promise<void> {
    asked += 1;
    lookBack = Math.max(lookBack, back);
    if (looking) return;
    looking = true;
    try {
      for (let answered = 0; answered !== asked && !closing.signal.aborted;) {
        answered = asked;
        await refresh();
        const wanted = lookBack;
        lookBack = askedLookBackMs;
        const towns = new Set([...listeners].flatMap(({ scopes }) => scopes.map(({ townId }) => townId)));
        for (const townId of towns) await lookAt(townId, wanted);
      }
    } catch (error) {
      if (!closing.signal.aborted) log.warn({ err: error }, 'live queue: the look failed and is repeated');
    } finally {
      looking = false;
    }
  }

  const poll = setInterval(() => void look(pollLookBackMs), pollMs);
  const beat = setInterval(() => {
    for (const { send } of listeners) send({ kind: 'beat', at: clock.now() });
  }, beatMs);

  return {
    subscribe({ sessionToken, actor }, send, end) {
      const listener: Listener = { sessionToken, scopes: scopesOf(actor, 'cases.read'), send, end };
      // A town that nobody watched meanwhile begins anew: what happened since is in the list that the screen loads.
      const watched = new Set([...listeners].flatMap(({ scopes }) => scopes.map(({ townId }) => townId)));
      for (const { townId } of listener.scopes) if (!watched.has(townId)) cursors.delete(townId);
      listeners.add(listener);
      send({ kind: 'hello', at: clock.now() });
      void look(askedLookBackMs);
      return () => listeners.delete(listener);
    },
    poke: () => void look(askedLookBackMs),
    close() {
      closing.abort();
      clearInterval(poll);
      clearInterval(beat);
    },
  };
}

function beginning(): TownCursor {
  const from = timeOfId(newId());
  return { from, since: from - askedLookBackMs, seen: new Set() };
}

/** Milliseconds at which a UUIDv7 was made, and the lowest one of a millisecond. */
const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
const firstIdAt = (ms: number): string => uuidV7(ms, new Uint8Array(10));

interface Former {
  readonly formerUnitId?: string | null;
  readonly formerCheckerId?: string | null;
}

/** Whether the case lay in the scope before the step that was told. */
const wasInScope = (scope: TownScope, record: CaseRecord, former: Former): boolean =>
  isInScope(scope, {
    town_id: record.town_id,
    grid_path: [],
    lead_unit_id: former.formerUnitId ?? null,
    checker_id: former.formerCheckerId ?? null,
  });
