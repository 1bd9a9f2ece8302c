import path from 'node:path';

import { instant } from '../../src/domain/kernel/time.ts';
import { checkInstallationKind, demonstrationSetting } from '../../src/server/installation-kind.ts';
import { json } from '../../src/server/platform/database/columns.ts';
import { openFileStore } from '../../src/server/platform/files.ts';
import { seedAccounts, demoAccountViews } from './accounts.ts';
import { seedCases } from './cases.ts';
import { seedCategories, seedTerritory } from './territory.ts';

import type { Demonstration } from '../../src/server/compose.ts';

/**
 * Loads the demonstration street into an empty installation, through the services and in one transaction: a start that is
 * broken off leaves nothing half-built. On later starts it only lists the accounts.
 */
export const ensureDemonstration: Demonstration['ensureDemonstration'] = async (installation, services, say) => {
  const db = installation.database.kysely;
  if (!(await checkInstallationKind(db, true))) {
    say('正在载入演示街道（约 10 秒）…', 'Loading the demonstration street (about 10 seconds)…');
    const files = openFileStore(path.join(installation.config.dataFolder, 'files'));
    const now = installation.clock.now();
    await db.transaction().execute(async trx => {
      await seedTerritory(trx);
      await seedCategories(trx);
      await services.territory.reload(trx);
      await services.catalogue.reload(trx);
      await seedAccounts(trx, services.territory, now);
      await seedCases(trx, services, files, instant(now));
      await trx
        .insertInto('platform.setting')
        .values({ name: demonstrationSetting, value: json<unknown>({ at: now }) })
        .execute();
    });
    say('演示街道已就绪', 'The demonstration street is ready');
  }
  return demoAccountViews(db, services);
};
