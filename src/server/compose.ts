import path from 'node:path';

import { endpointsByModule } from '../contracts/endpoints.ts';
import { DEFAULT_SCHEDULE } from '../domain/kernel/schedule.ts';
import { BEIJING, instant } from '../domain/kernel/time.ts';
import { compileWorkTime } from '../domain/kernel/work-time.ts';
import { casesRoutes } from './cases/routes.ts';
import { dueOf, openCatalogue, openLiveHub } from './cases/index.ts';
import { gridsRoutes } from './grids/routes.ts';
import { openTerritory } from './grids/index.ts';
import { appendEntries, authenticate, deleteExpiredSessions, isSessionLive } from './identity/index.ts';
import { identityRoutes } from './identity/routes.ts';
import { intakeRoutes } from './intake/routes.ts';
import { ProblemError } from './platform/problem.ts';
import { buildServer } from './platform/http/server.ts';
import { loadCalendar } from './platform/calendar.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { openFileStore } from './platform/files.ts';
import { openSecrets } from './platform/secrets.ts';
import { openWake } from './platform/wake.ts';
import { platformRoutes } from './platform/routes.ts';
import { rateLimit } from './platform/http/rate-limit.ts';
import { forgetOldKeys } from './platform/once.ts';
import { forgetUnclaimedUploads } from './platform/uploads.ts';
import { serveHealth } from './platform/health.ts';

import type { ReplyOf } from '../contracts/endpoint.ts';
import type { demoAccounts } from '../contracts/identity.ts';
import type { Grant } from '../domain/identity/permissions.ts';
import type { WorkTime } from '../domain/kernel/work-time.ts';
import type { CasesParts, Catalogue, LiveHub } from './cases/index.ts';
import type { Territory } from './grids/index.ts';
import type { AccountRow } from './identity/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database/connect.ts';
import type { Wake } from './platform/wake.ts';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

export type DemoAccounts = ReplyOf<typeof demoAccounts>['accounts'];

export interface Installation {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: Pick<Config, 'dataFolder' | 'demo' | 'reportsPerMinute'> & Partial<Pick<Config, 'publicUrl'>>;
  readonly version: string;
}

/** The services with everything they stand on: what the server, the seed, the tools and the tests share. */
export interface Services {
  readonly territory: Territory;
  readonly catalogue: Catalogue;
  readonly cases: CasesParts;
  readonly workplaceOf: (account: AccountRow) => string;
}

export async function composeServices({ database, clock, config }: Installation): Promise<Services> {
  const db = database.kysely;
  const territory = await openTerritory(db, clock, BEIJING);
  const catalogue = await openCatalogue(db);
  const secrets = openSecrets(path.join(config.dataFolder, 'keys'));
  const cases = { territory, catalogue, due: dueOf(workTime()), secrets, zone: BEIJING };
  return { territory, catalogue, cases, workplaceOf: account => workplaceOf(territory, account) };
}

/** The demonstration (db/seed/demonstration.ts): data of the project that the server only reads when it is asked for. */
export interface Demonstration {
  readonly ensureDemonstration: (
    installation: Installation,
    services: Services,
    say: (zh: string, en: string) => void,
  ) => Promise<DemoAccounts>;
}

export interface Http {
  readonly app: FastifyInstance;
  close(): Promise<void>;
}

/** The HTTP side: routes of every module behind the one wrapper, live push, health. Listening is the caller's. */
export async function composeHttp(installation: Installation, services: Services, demo: DemoAccounts): Promise<Http> {
  const { database, clock, log, config, version } = installation;
  const db = database.kysely;
  const { territory, cases } = services;
  const hub: LiveHub = openLiveHub(db, cases, clock, log);
  const wake: Wake = await openWake(db, database.listen, log);
  wake.onWake(() => hub.poke());
  wake.onWake(
    () =>
      void territory
        .refresh()
        .catch((error: unknown) => log.warn({ err: error }, 'territory not read anew; the next wake tries again')),
  );
  const files = openFileStore(path.join(config.dataFolder, 'files'));
  const routes = [
    ...platformRoutes(openApiDocument(endpointsByModule, version)),
    ...identityRoutes({
      demo: config.demo,
      demoAccounts: demo,
      workplaceOf: services.workplaceOf,
      checkPlaces: grants => checkPlaces(territory, grants),
      signInLimit: rateLimit(signInsPerMinute),
      secrets: cases.secrets,
      zone: cases.zone,
      publicUrl: config.publicUrl,
    }),
    ...gridsRoutes(territory),
    ...casesRoutes(cases, hub, services.workplaceOf),
    ...intakeRoutes({
      cases,
      files,
      reportLimit: rateLimit(config.reportsPerMinute),
      receiptLimit: rateLimit(config.reportsPerMinute),
    }),
  ];
  const app = buildServer({
    db,
    clock,
    log,
    routes,
    authenticate,
    isSessionLive,
    record: appendEntries,
    committed: () => wake.committed(),
  });
  serveHealth(app, db, database.info, version);
  return {
    app,
    async close() {
      await app.close();
      hub.close();
      await wake.close();
    },
  };
}

/** Statutory calendar and the handbook's default hours (08:00–12:00, 14:00–18:00). */
function workTime(): WorkTime {
  const compiled = compileWorkTime(loadCalendar(), [DEFAULT_SCHEDULE], BEIJING);
  if (!compiled.ok) throw new Error(`working hours: ${compiled.refused}`);
  return compiled.workTime;
}

/** A whole office behind one address signs in at eight o'clock; a guesser needs thousands of tries. */
const signInsPerMinute = 120;
const hourMs = 3_600_000;

/** The worker's round: forget what has served its time. Returns how to stop. */
export function startHousekeeping({ database, clock, log }: Installation, services: Services): () => void {
  const round = async () => {
    const now = clock.now();
    await services.territory.refresh();
    await deleteExpiredSessions(database.kysely, now);
    await forgetUnclaimedUploads(database.kysely, instant(now - 48 * hourMs));
    for (const town of services.territory.towns())
      await forgetOldKeys(database.kysely, town.id, instant(now - 90 * 24 * hourMs));
  };
  const run = () =>
    void round().catch((error: unknown) => log.warn({ err: error }, 'housekeeping failed; next round in an hour'));
  run();
  const timer = setInterval(run, hourMs);
  return () => clearInterval(timer);
}

/** Where an account works, in words: its units, else its grids, else its town. */
function workplaceOf(territory: Territory, account: AccountRow): string {
  const names = account.grants.flatMap(({ townId, gridId, unitId }) => {
    if (unitId !== null && townId !== null) return territory.unit(townId, unitId)?.name ?? [];
    const grid = territory.grid(gridId ?? townId ?? '');
    return grid?.name ?? [];
  });
  return [...new Set(names)].join('、');
}

/** A grant may only name a grid or a unit of its own town. Throws `grids.unknown_grid` or `grids.unknown_unit`. */
function checkPlaces(territory: Territory, grants: readonly Grant[]): void {
  for (const { townId, gridId, unitId } of grants) {
    if (townId !== null && territory.grid(townId)?.level !== 1) throw new ProblemError('grids.unknown_grid');
    if (gridId !== null && territory.grid(gridId)?.town_id !== townId) throw new ProblemError('grids.unknown_grid');
    if (unitId !== null && (townId === null || territory.unit(townId, unitId) === undefined))
      throw new ProblemError('grids.unknown_unit');
  }
}
