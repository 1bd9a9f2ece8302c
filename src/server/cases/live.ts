import { actorsOfSessions } from '../identity/index.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { instant } from '../../domain/kernel/time.ts';
import { findCaseById } from './queries.ts';
import { rowViews, viewParts } from './read.ts';
import { isInScope, scopesOf } from './scope.ts';

import type { LiveEvent } from '../../contracts/cases.ts';
import type { Actor } from '../../domain/identity/permissions.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CasesParts } from './parts.ts';
import type { CaseRecord } from './queries.ts';
import type { TownScope } from './scope.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';

/**
 * [Note: Live queue]
 * Each process that serves screens reads new events town by town: at once when a writer of its own or a notification says so,
 * every two seconds otherwise. A transaction may commit later than one that began after it, so each look goes back ten seconds
 * and passes over what it has seen. The row is read once per event and shown to each open screen that may see it.
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
const lookBackMs = 10_000;
const mostPerLook = 500;

interface Listener {
  readonly sessionToken: string;
  scopes: readonly TownScope[];
  readonly send: (event: LiveEvent) => void;
  readonly end: () => void;
}

interface TownCursor {
  from: Instant;
  readonly seen: Map<string, Instant>;
}

export function openLiveHub(db: Kysely<Tables>, parts: CasesParts, clock: Clock, log: Logger): LiveHub {
  const listeners = new Set<Listener>();
  const cursors = new Map<string, TownCursor>();
  let looking = false;
  let asked = 0;
  const closing = new AbortController();

  async function lookAt(townId: string): Promise<void> {
    const now = clock.now();
    let cursor = cursors.get(townId);
    if (cursor === undefined) {
      cursor = { from: now, seen: new Map() };
      cursors.set(townId, cursor);
    }
    const rows = await db
      .selectFrom('platform.event')
      .selectAll()
      .where('town_id', '=', townId)
      .where('at', '>', timestamptz(instant(cursor.from - lookBackMs)))
      .where('type', 'like', 'cases.%')
      .orderBy('at')
      .limit(mostPerLook)
      .execute();
    for (const row of rows) {
      if (cursor.seen.has(row.id)) continue;
      cursor.seen.set(row.id, row.at);
      cursor.from = instant(Math.max(cursor.from, row.at));
      await show(townId, row.type, row.subject, row.payload as Former, now);
    }
    for (const [id, at] of cursor.seen) if (at < cursor.from - 2 * lookBackMs) cursor.seen.delete(id);
  }

  async function show(townId: string, event: string, caseId: string, former: Former, now: Instant): Promise<void> {
    const record = await findCaseById(db, townId, caseId);
    if (record === undefined) return;
    const [view] = await rowViews(db, townId, [record], viewParts(parts, now));
    for (const listener of listeners) {
      const inside = listener.scopes.some(scope => isInScope(scope, record));
      if (inside && view !== undefined) listener.send({ kind: 'case', at: now, event, caseId, row: view });
      else if (listener.scopes.some(scope => wasInScope(scope, record, former)))
        listener.send({ kind: 'case', at: now, event, caseId, row: null });
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
  async function look(): Promise<void> {
    asked += 1;
    if (looking) return;
    looking = true;
    try {
      for (let answered = 0; answered !== asked && !closing.signal.aborted;) {
        answered = asked;
        await refresh();
        const towns = new Set([...listeners].flatMap(listener => listener.scopes.map(scope => scope.townId)));
        for (const townId of towns) await lookAt(townId);
      }
    } catch (error) {
      if (!closing.signal.aborted) log.warn({ err: error }, 'live queue: the look failed and is repeated');
    } finally {
      looking = false;
    }
  }

  const poll = setInterval(() => void look(), pollMs);
  const beat = setInterval(() => {
    for (const { send } of listeners) send({ kind: 'beat', at: clock.now() });
  }, beatMs);

  return {
    subscribe({ sessionToken, actor }, send, end) {
      const listener: Listener = { sessionToken, scopes: scopesOf(actor, 'cases.read'), send, end };
      listeners.add(listener);
      send({ kind: 'hello', at: clock.now() });
      void look();
      return () => listeners.delete(listener);
    },
    poke: () => void look(),
    close() {
      closing.abort();
      clearInterval(poll);
      clearInterval(beat);
    },
  };
}

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
