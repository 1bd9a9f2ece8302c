import { hasAccounts } from './identity/index.ts';
import { StartError } from './platform/database/start-error.ts';

import type { Tables } from './platform/database/tables.ts';
import type { Kysely } from 'kysely';

/** Where the demonstration notes that it has been loaded. */
export const demonstrationSetting = 'demonstration';

/**
 * A demonstration has accounts whose passwords stand on its login page; an installation holds either that or real data, for
 * good. Says whether the demonstration is there already.
 * @throws StartError when the settings ask for the other kind than the one that is there.
 */
export async function checkInstallationKind(db: Kysely<Tables>, demo: boolean): Promise<boolean> {
  const loaded = await db
    .selectFrom('platform.setting')
    .select('name')
    .where('name', '=', demonstrationSetting)
    .executeTakeFirst();
  if (loaded !== undefined && !demo)
    throw new StartError(
      '这个数据库装的是演示数据，演示账号的密码是公开的，不能用于正式运行。请另选数据文件夹（JINGWEI_DATA）或数据库（DATABASE_URL）；只想看演示时设 JINGWEI_DEMO=1。',
      'This database holds the demonstration, whose passwords are public: it cannot go into service. Choose another JINGWEI_DATA or DATABASE_URL, or set JINGWEI_DEMO=1 to see the demonstration.',
    );
  if (loaded === undefined && demo && (await hasAccounts(db)))
    throw new StartError(
      '这个数据库装的是正式数据，不会载入演示街道。请设 JINGWEI_DEMO=0。',
      'This database holds real data; the demonstration is not loaded into it. Set JINGWEI_DEMO=0.',
    );
  return loaded !== undefined;
}
