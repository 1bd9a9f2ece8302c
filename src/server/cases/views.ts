import { maskName, maskPhone } from '../../domain/identity/masking.ts';
import { mainClock } from './act.ts';

import type { AttachmentView, CaseDetail, CaseRow, ClockView, StepView } from '../../contracts/cases.ts';
import type { PhotoLinks } from '../platform/photos.ts';
import type { CasesParts } from './parts.ts';
import type { AttachmentRow, CaseRecord, ClockRow, StepRow } from './queries.ts';

/** What views need beside the rows; all of it in memory, so that views stay pure. */
export interface ViewParts {
  readonly territory: CasesParts['territory'];
  readonly catalogue: CasesParts['catalogue'];
  readonly secrets: CasesParts['secrets'];
  readonly links: PhotoLinks;
}

const titleCharacters = 80;

export const clockView = (clock: ClockRow): ClockView => ({
  stage: clock.stage,
  limit: { n: clock.limit_n, unit: clock.limit_unit },
  startAt: clock.start_at,
  dueAt: clock.due_at,
  stoppedAt: clock.stopped_at,
});

export const attachmentView = (
  photo: Pick<AttachmentRow, 'id' | 'sha256' | 'width' | 'height'>,
  links: PhotoLinks,
): AttachmentView => ({
  id: photo.id,
  sha256: photo.sha256,
  width: photo.width,
  height: photo.height,
  url: links.url(photo.sha256, 'full'),
  thumbUrl: links.url(photo.sha256, 'thumb'),
});

export function rowView(
  row: CaseRecord,
  running: readonly ClockRow[],
  thumb: string | null,
  parts: ViewParts,
): CaseRow {
  const clock = mainClock(running);
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    channel: row.channel,
    urgency: row.urgency,
    title: [...row.words.replaceAll(/\s+/g, ' ')].slice(0, titleCharacters).join(''),
    categoryCode: row.category_code,
    address: row.address,
    grid: [...parts.territory.path(row.grid_id)],
    lng: row.lng,
    lat: row.lat,
    reportedAt: row.reported_at,
    updatedAt: row.updated_at,
    clock: clock === undefined ? null : clockView(clock),
    leadUnitId: row.lead_unit_id,
    leadUnitName:
      row.lead_unit_id === null ? null : (parts.territory.unit(row.town_id, row.lead_unit_id)?.name ?? null),
    checkerId: row.checker_id,
    thumbUrl: thumb === null ? null : parts.links.url(thumb, 'thumb'),
    contestCount: row.contest_count,
    reworkCount: row.rework_count,
  };
}

export function stepView(step: StepRow, photos: readonly AttachmentRow[], townId: string, parts: ViewParts): StepView {
  return {
    seq: step.seq,
    action: step.action,
    from: step.from_state,
    to: step.to_state,
    actorName: step.actor_name,
    post: step.post,
    unitName: step.unit_id === null ? null : (parts.territory.unit(townId, step.unit_id)?.name ?? null),
    at: step.at,
    note: step.note,
    noteErased: step.note === null && step.note_digest !== null,
    attachments: photos.filter(photo => photo.seq === step.seq).map(photo => attachmentView(photo, parts.links)),
    hash: step.hash,
  };
}

export interface CaseMaterial {
  readonly row: CaseRecord;
  readonly clocks: readonly ClockRow[];
  readonly steps: readonly StepRow[];
  readonly photos: readonly AttachmentRow[];
  readonly reporter: { readonly name_sealed: string | null; readonly phone_sealed: string | null } | undefined;
  readonly checkerName: string | null;
}

export function detailView(material: CaseMaterial, parts: ViewParts): CaseDetail {
  const { row, clocks, steps, photos, reporter } = material;
  const condition =
    row.category_code === null || row.condition_no === null
      ? null
      : parts.catalogue.condition(row.category_code, row.condition_no);
  const reported = photos.filter(photo => photo.seq === 1);
  const name = reporter?.name_sealed == null ? null : maskName(parts.secrets.open(reporter.name_sealed));
  const phone = reporter?.phone_sealed == null ? null : maskPhone(parts.secrets.open(reporter.phone_sealed));
  const running = clocks.filter(clock => clock.stopped_at === null);
  return {
    ...rowView(row, running, reported[0]?.sha256 ?? null, parts),
    words: row.words,
    attachments: reported.map(photo => attachmentView(photo, parts.links)),
    clocks: clocks.map(clockView),
    steps: steps.map(step => stepView(step, photos, row.town_id, parts)),
    conditionNo: row.condition_no,
    condition:
      condition === null
        ? null
        : {
            zh: condition.text.zh,
            en: condition.text.en,
            closeZh: condition.closeText.zh,
            closeEn: condition.closeText.en,
          },
    photoReason: condition?.photoReason ?? null,
    handleLimit: condition?.limit ?? null,
    handlerIds: [...row.handler_ids],
    checkerName: material.checkerName,
    closedAt: row.closed_at,
    reporter: { anonymous: name === null && phone === null, name, phone },
    lastActorName: row.last_actor_name,
  };
}
