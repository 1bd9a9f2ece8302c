import {
  everydayCategories,
  giveVerdict,
  listEverydayCategories,
  readPhoto,
  readProgress as readProgressEndpoint,
  report,
  uploadPhoto,
} from '../../contracts/intake.ts';
import { fileRoute, route } from '../platform/http/route.ts';
import { photoFile } from '../platform/photos.ts';
import { ProblemError } from '../platform/problem.ts';
import { receivePhoto } from '../platform/uploads.ts';
import { readProgress } from './progress.ts';
import { openReceipt } from './receipts.ts';
import { reportByResident, takeVerdict } from './service.ts';

import type { Route } from '../platform/http/route.ts';
import type { IntakeParts } from './parts.ts';

export function intakeRoutes(parts: IntakeParts): readonly Route[] {
  return [
    route(uploadPhoto, ({ db, now, ip }, { params, file }) => {
      parts.reportLimit.take(`${ip}/photo`, now);
      return receivePhoto(db, parts.files, params.id, file, now);
    }),
    fileRoute(readPhoto, async ({ now }, { params, query }) => {
      const { sha256 } = params;
      const { size, until, key } = query;
      const valid = Number(until) > now && parts.cases.secrets.verify('photo', `${sha256}/${size}/${until}`, key);
      const bytes = valid ? await parts.files.get(photoFile(sha256, size)) : undefined;
      if (bytes === undefined) throw new ProblemError('platform.not_found');
      return { bytes, contentType: 'image/jpeg', cache: 'private, max-age=21600, immutable' };
    }),
    route(report, (call, { body }) => reportByResident(call, parts, body)),
    route(readProgressEndpoint, async (call, { body }) => {
      const held = await openReceipt(call, parts, body);
      return held === null ? (undefined as never) : readProgress(call.db, parts, held, call.now);
    }),
    route(giveVerdict, async (call, { body }) => {
      const held = await openReceipt(call, parts, body);
      if (held === null) return undefined as never;
      await takeVerdict(call, parts, held, body);
      return readProgress(call.db, parts, held, call.now);
    }),
    route(listEverydayCategories, () =>
      Promise.resolve({
        categories: everydayCategories.flatMap(code => {
          const category = parts.cases.catalogue.category(code);
          return category === undefined ? [] : [{ code, name: category.name }];
        }),
      }),
    ),
  ];
}
