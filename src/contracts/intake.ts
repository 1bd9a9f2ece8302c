import * as z from 'zod/mini';

import { endpoint } from './endpoint.ts';
import { point } from './grids.ts';
import { id, instant, isCleanText, text } from './text.ts';

/** Characters (code points) in a report's words; the same as GeoReport v2 allows. */
export const wordsLimit = 4000;
export const photosLimit = 9;
export const photoBytesLimit = 15 * 1024 * 1024;

/** Nine everyday problems offered to residents as buttons; the desk refines them when filing. */
export const everydayCategories = ['0701', '0915', '0901', '0908', '0401', '0803', '0818', '0906', '0403'] as const;

export const uploadPhoto = endpoint({
  id: 'intake.uploadPhoto',
  method: 'PUT',
  path: '/api/photos/:id',
  summary: {
    zh: '上传照片（编号由手机生成，重传无害）',
    en: 'Upload a photo under a client-made id; a resend is harmless',
  },
  access: 'public',
  params: z.object({ id: id() }),
  binary: { accepts: ['image/jpeg', 'image/png', 'image/webp', 'application/octet-stream'], maxBytes: photoBytesLimit },
  reply: z.object({ id: id(), sha256: z.string(), width: z.number(), height: z.number(), bytes: z.number() }),
  problems: ['files.too_large', 'files.not_an_image', 'files.unreadable_image', 'files.id_taken', 'files.disk_full'],
});

/** A photo by its short-lived signed address, as given in views. */
export const readPhoto = endpoint({
  id: 'intake.readPhoto',
  method: 'GET',
  path: '/api/photos/:sha256',
  summary: { zh: '查看照片（带签名的短期地址）', en: 'A photo by its short-lived signed address' },
  access: 'public',
  params: z.object({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
  query: z.object({
    size: z._default(z.enum(['full', 'thumb']), 'full'),
    until: z.string().check(z.regex(/^\d{13}$/)),
    key: z.string().check(z.regex(/^[\w-]{20,64}$/)),
  }),
  replies: 'file',
  reply: z.any(),
  problems: ['platform.not_found'],
});

export const report = endpoint({
  id: 'intake.report',
  method: 'POST',
  path: '/api/reports',
  summary: { zh: '居民反映问题', en: 'A resident reports a problem' },
  access: 'public',
  idempotent: 'required',
  body: z.object({
    /** Limited to `wordsLimit` characters by the service, which names the problem. */
    words: z._default(
      z.string().check(z.maxLength(200_000), z.refine(isCleanText, { error: 'text.control_characters' })),
      '',
    ),
    photos: z._default(z.array(id()).check(z.maxLength(photosLimit)), []),
    place: z.object({
      point: z.optional(point()),
      /** A grid picked from the list, printed on a card's QR code, or accepted as the nearest one. */
      gridId: z.optional(id()),
      /** Landmark in the reporter's words. */
      address: z.optional(text(200)),
    }),
    categoryCode: z.optional(z.string().check(z.maxLength(20))),
    contact: z.optional(z.object({ name: z.optional(text(40)), phone: z.optional(text(30)) })),
  }),
  reply: z.object({
    number: z.string(),
    /** Six digits, told once; the server keeps only a digest. */
    queryCode: z.string(),
    reportedAt: instant(),
    /** The centre answers by then; null when the calendar of that year has not been imported. */
    acceptDueAt: z.nullable(instant()),
    gridName: z.string(),
  }),
  problems: [
    'platform.idempotency_key_missing',
    'platform.idempotency_key_reused',
    'intake.words_too_long',
    'intake.nothing_reported',
    'intake.place_missing',
    'grids.point_outside',
    'grids.unknown_grid',
    'cases.unknown_category',
    'files.unknown_upload',
  ],
});

const receipt = {
  number: z.string().check(z.maxLength(60)),
  queryCode: z.string().check(z.maxLength(20)),
};

export const progressView = () =>
  z.object({
    number: z.string(),
    words: z.string(),
    address: z.string(),
    gridName: z.string(),
    reportedAt: instant(),
    /** Which sentence the page says now. */
    stage: z.enum([
      'received',
      'accepted',
      'dispatched',
      'handling',
      'checking',
      'closed',
      'confirmed',
      'refused',
      'again',
    ]),
    /** By when the next thing is due, when a clock runs. */
    dueAt: z.nullable(instant()),
    /** Steps in human words: what happened, by which unit (never a person's name), with the photos that may be shown. */
    steps: z.array(
      z.object({
        at: instant(),
        kind: z.enum([
          'received',
          'accepted',
          'filed',
          'dispatched',
          'signed',
          'returned',
          'fed_back',
          'checking',
          'rework',
          'checked',
          'closed',
          'confirmed',
          'contested',
          'refused',
        ]),
        unitName: z.nullable(z.string()),
        /** Words meant for the reporter: reason of a refusal, result of handling, own contest. */
        words: z.nullable(z.string()),
        photos: z.array(z.object({ url: z.string(), thumbUrl: z.string(), width: z.number(), height: z.number() })),
      }),
    ),
    photos: z.array(z.object({ url: z.string(), thumbUrl: z.string(), width: z.number(), height: z.number() })),
    canConfirm: z.boolean(),
    canContest: z.boolean(),
    contestUntil: z.nullable(instant()),
  });
export type Progress = z.output<ReturnType<typeof progressView>>;

export const readProgress = endpoint({
  id: 'intake.readProgress',
  method: 'POST',
  path: '/api/reports/progress',
  summary: { zh: '凭编号和查询码查看进展', en: 'Progress by number and query code' },
  access: 'receipt',
  body: z.object(receipt),
  reply: progressView(),
  problems: ['intake.unknown_receipt', 'intake.receipt_locked'],
});

export const giveVerdict = endpoint({
  id: 'intake.giveVerdict',
  method: 'POST',
  path: '/api/reports/verdict',
  summary: { zh: '反映人确认解决或提出异议', en: 'The reporter confirms or contests the closing' },
  access: 'receipt',
  body: z.discriminatedUnion('verdict', [
    z.object({
      ...receipt,
      verdict: z.literal('confirm'),
      /** 1 (very dissatisfied) to 5. */
      rating: z.optional(z.number().check(z.int(), z.gte(1), z.lte(5))),
      words: z.optional(text(500)),
    }),
    z.object({ ...receipt, verdict: z.literal('contest'), words: text(1000) }),
  ]),
  reply: progressView(),
  problems: [
    'intake.unknown_receipt',
    'intake.receipt_locked',
    'cases.action_not_possible',
    'cases.contest_too_late',
    'cases.contested_before',
  ],
});

export const listEverydayCategories = endpoint({
  id: 'intake.everydayCategories',
  method: 'GET',
  path: '/api/everyday-categories',
  summary: { zh: '居民常用问题类别', en: 'Everyday categories offered to residents' },
  access: 'public',
  reply: z.object({
    categories: z.array(z.object({ code: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })),
  }),
  problems: [],
});

export const intakeEndpoints = { uploadPhoto, readPhoto, report, readProgress, giveVerdict, listEverydayCategories };
