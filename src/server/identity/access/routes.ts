import { exportAccess, searchAccess } from '../../../contracts/access.ts';
import { fileRoute, route } from '../../platform/http/route.ts';
import { ProblemError } from '../../platform/problem.ts';
import { toCsv } from './csv.ts';
import { cursorOf, entryView, listEntries, readCursor } from './read.ts';

import type { Zone } from '../../../domain/kernel/time.ts';
import type { Route } from '../../platform/http/route.ts';

/** More than a reviewer reads in one table, and less than what makes a spreadsheet stall. */
const mostExported = 50_000;

export const accessRoutes = (zone: Zone): readonly Route[] => [
  route(searchAccess, async ({ db }, { query }) => {
    const { after, limit, ...filter } = query;
    const rows = await listEntries(db, filter, limit, readCursor(after));
    const last = rows.at(-1);
    return { entries: rows.map(entryView), next: rows.length < limit || last === undefined ? null : cursorOf(last) };
  }),
  fileRoute(exportAccess, async ({ db, locale, record }, { query }) => {
    const note = record({ what: 'access.export', details: { ...query } });
    const rows = await listEntries(db, query, mostExported + 1);
    if (rows.length > mostExported) throw new ProblemError('identity.export_too_large', { limit: mostExported });
    note.details = { ...query, rows: rows.length };
    return { bytes: toCsv(rows, locale, zone), contentType: 'text/csv; charset=utf-8', cache: 'no-store' };
  }),
];
