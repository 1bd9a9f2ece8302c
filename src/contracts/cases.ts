import * as z from 'zod/mini';

import { stateNames } from '../domain/cases/states.ts';
import { endpoint } from './endpoint.ts';
import { gridRef } from './grids-shapes.ts';
import { id, instant, queryNumber, text } from './text.ts';

const state = () => z.enum(stateNames);
const stage = () => z.enum(['accept', 'file', 'dispatch', 'sign', 'handle', 'check', 'close']);
const urgency = () => z.enum(['A', 'B', 'C']);
const channel = () => z.enum(['grid', 'phone', 'web', 'camera', 'car']);
const limit = () => z.object({ n: z.number(), unit: z.enum(['UH', 'WH', 'WD', 'UD', 'ND']) });
/** The actions that staff take; a resident's verdict goes through intake. */
export const staffActions = [
  'accept',
  'refuse',
  'file',
  'decline',
  'dispatch',
  'sign',
  'return',
  'feed_back',
  'send_check',
  'check_pass',
  'check_fail',
  'close',
  'remark',
  'reveal',
] as const;

export const attachmentView = () =>
  z.object({
    id: id(),
    sha256: z.string(),
    width: z.number(),
    height: z.number(),
    /** Short-lived addresses; `thumb` is at most 320 px on its longer side. */
    url: z.string(),
    thumbUrl: z.string(),
  });
export type AttachmentView = z.output<ReturnType<typeof attachmentView>>;

export const clockView = () =>
  z.object({
    stage: stage(),
    limit: limit(),
    startAt: instant(),
    /** Null: the calendar of the year in which it would fall has not been imported; nothing is guessed. */
    dueAt: z.nullable(instant()),
    stoppedAt: z.nullable(instant()),
  });
export type ClockView = z.output<ReturnType<typeof clockView>>;

/** A row of the queue: what, where, how late, whose turn. */
export const caseRow = () =>
  z.object({
    id: id(),
    number: z.string(),
    version: z.number(),
    state: state(),
    channel: channel(),
    urgency: urgency(),
    /** First words of the report, at most 80 characters. */
    title: z.string(),
    categoryCode: z.nullable(z.string()),
    address: z.string(),
    /** Town › community › courtyard, the deepest last. */
    grid: z.array(gridRef()),
    lng: z.nullable(z.number()),
    lat: z.nullable(z.number()),
    reportedAt: instant(),
    updatedAt: instant(),
    /** Of the running clocks (signing runs beside handling) the one due first. */
    clock: z.nullable(clockView()),
    leadUnitId: z.nullable(id()),
    leadUnitName: z.nullable(z.string()),
    checkerId: z.nullable(id()),
    thumbUrl: z.nullable(z.string()),
    contestCount: z.number(),
    reworkCount: z.number(),
  });
export type CaseRow = z.output<ReturnType<typeof caseRow>>;

export const stepView = () =>
  z.object({
    seq: z.number(),
    action: z.string(),
    from: z.nullable(state()),
    to: state(),
    /** Display name of whoever acted; null for an anonymous reporter. */
    actorName: z.nullable(z.string()),
    post: z.nullable(z.string()),
    unitName: z.nullable(z.string()),
    at: instant(),
    /** Null when there was none, or when it was lawfully erased (then `noteErased`). */
    note: z.nullable(z.string()),
    noteErased: z.boolean(),
    attachments: z.array(attachmentView()),
    hash: z.string(),
  });
export type StepView = z.output<ReturnType<typeof stepView>>;

export const caseDetail = () =>
  z.extend(caseRow(), {
    words: z.string(),
    attachments: z.array(attachmentView()),
    clocks: z.array(clockView()),
    steps: z.array(stepView()),
    conditionNo: z.nullable(z.number()),
    /** Chosen filing condition and what must be true to close. */
    condition: z.nullable(z.object({ zh: z.string(), en: z.string(), closeZh: z.string(), closeEn: z.string() })),
    photoReason: z.nullable(z.object({ zh: z.string(), en: z.string() })),
    handleLimit: z.nullable(limit()),
    handlerIds: z.array(id()),
    checkerName: z.nullable(z.string()),
    closedAt: z.nullable(instant()),
    reporter: z.object({
      anonymous: z.boolean(),
      /** Masked, such as 张* and 138****5678. */
      name: z.nullable(z.string()),
      phone: z.nullable(z.string()),
    }),
    /** Last act on the case, for the words of a lost race. */
    lastActorName: z.nullable(z.string()),
  });
export type CaseDetail = z.output<ReturnType<typeof caseDetail>>;

const casesProblems = ['identity.not_signed_in', 'identity.not_permitted', 'platform.not_found'] as const;

/** The queues of the desk, the unit's inbox and the checker's list; a queue is a set of states. */
export const queues = {
  to_accept: ['reported'],
  to_file: ['to_file'],
  to_dispatch: ['to_dispatch'],
  in_handling: ['to_sign', 'handling'],
  to_check: ['fed_back', 'checking'],
  to_close: ['to_close'],
  ended: ['closed', 'evaluated', 'rejected'],
} as const;
export type Queue = keyof typeof queues;

export const listCases = endpoint({
  id: 'cases.list',
  method: 'GET',
  path: '/api/cases',
  summary: { zh: '案卷队列', en: 'The queue of cases' },
  access: 'cases.read',
  query: z.object({
    queue: z.optional(
      z.enum(['to_accept', 'to_file', 'to_dispatch', 'in_handling', 'to_check', 'to_close', 'ended', 'open']),
    ),
    /** `unit`: cases dispatched to my unit; `check`: checks given to me; absent: all in my scope. */
    mine: z.optional(z.enum(['unit', 'check'])),
    states: z.optional(
      z.pipe(
        z.string(),
        z.pipe(
          z.transform((s: string) => s.split(',')),
          z.array(state()),
        ),
      ),
    ),
    /** Words of the report, the address or the number. */
    search: z.optional(text(60)),
    sort: z._default(z.enum(['due', 'newest', 'urgency']), 'due'),
    limit: z._default(queryNumber(z.number().check(z.int(), z.gte(1), z.lte(500))), 200),
    /** Opaque; from the last answer's `next`. */
    after: z.optional(z.string().check(z.maxLength(300))),
  }),
  reply: z.object({ cases: z.array(caseRow()), next: z.nullable(z.string()), at: instant() }),
  problems: casesProblems,
});

export const countCases = endpoint({
  id: 'cases.count',
  method: 'GET',
  path: '/api/cases/counts',
  summary: { zh: '各队列数量', en: 'Counts of the queues' },
  access: 'cases.read',
  query: z.object({ mine: z.optional(z.enum(['unit', 'check'])) }),
  reply: z.object({
    counts: z.record(
      z.enum(['to_accept', 'to_file', 'to_dispatch', 'in_handling', 'to_check', 'to_close', 'ended']),
      z.number(),
    ),
    overdue: z.number(),
    at: instant(),
  }),
  problems: casesProblems,
});

export const readCase = endpoint({
  id: 'cases.read',
  method: 'GET',
  path: '/api/cases/:id',
  summary: { zh: '案卷', en: 'A case with its record and clocks' },
  access: 'cases.read',
  params: z.object({ id: id() }),
  reply: caseDetail(),
  problems: casesProblems,
});

/** What each action takes. `version` is the version that the actor saw: an older one is refused with what happened since. */
export const actBody = () => {
  const base = {
    version: z.number().check(z.int(), z.gte(1)),
    attachments: z._default(z.array(id()).check(z.maxLength(9)), []),
  };
  const note = z.optional(text(2000));
  const noteRequired = text(2000);
  return z.discriminatedUnion('action', [
    z.object({
      action: z.literal('accept'),
      ...base,
      note,
      categoryCode: z.optional(z.string().check(z.maxLength(20))),
    }),
    z.object({ action: z.literal('refuse'), ...base, note: noteRequired }),
    z.object({
      action: z.literal('file'),
      ...base,
      note,
      categoryCode: z.string().check(z.maxLength(20)),
      conditionNo: z.number().check(z.int(), z.gte(1), z.lte(99)),
    }),
    z.object({ action: z.literal('decline'), ...base, note: noteRequired }),
    z.object({ action: z.literal('dispatch'), ...base, note, unitId: id() }),
    z.object({ action: z.literal('sign'), ...base, note }),
    z.object({ action: z.literal('return'), ...base, note: noteRequired }),
    z.object({ action: z.literal('feed_back'), ...base, note: noteRequired }),
    z.object({ action: z.literal('send_check'), ...base, note, checkerId: id() }),
    z.object({ action: z.literal('check_pass'), ...base, note }),
    z.object({ action: z.literal('check_fail'), ...base, note: noteRequired }),
    z.object({ action: z.literal('close'), ...base, note }),
    z.object({ action: z.literal('remark'), ...base, note: noteRequired }),
    z.object({ action: z.literal('reveal'), ...base, note: noteRequired }),
  ]);
};
export type ActInput = z.input<ReturnType<typeof actBody>>;

export const actOnCase = endpoint({
  id: 'cases.act',
  method: 'POST',
  path: '/api/cases/:id/act',
  summary: { zh: '对案卷采取一个动作', en: 'Take one action on a case' },
  access: 'cases.read',
  params: z.object({ id: id() }),
  body: actBody(),
  reply: z.object({
    case: caseDetail(),
    /** Only after `reveal`: the reporter's contact in full. */
    contact: z.nullable(z.object({ name: z.nullable(z.string()), phone: z.nullable(z.string()) })),
  }),
  idempotent: 'optional',
  problems: [
    ...casesProblems,
    'cases.version_moved',
    'cases.action_not_possible',
    'cases.not_your_unit',
    'cases.not_your_check',
    'cases.checker_is_handler',
    'cases.unsuitable_checker',
    'cases.photo_required',
    'cases.unknown_category',
    'cases.unknown_condition',
    'grids.unknown_unit',
    'files.unknown_upload',
    'files.id_taken',
    'platform.idempotency_key_reused',
  ],
});

export const listCheckers = endpoint({
  id: 'cases.listCheckers',
  method: 'GET',
  path: '/api/cases/:id/checkers',
  summary: { zh: '可派的核查人（近者在前）', en: 'Who could check this case, nearest first' },
  access: 'cases.send_check',
  params: z.object({ id: id() }),
  reply: z.object({
    checkers: z.array(
      z.object({
        accountId: id(),
        name: z.string(),
        workplace: z.string(),
        /** Holds the very grid of the case. */
        ownGrid: z.boolean(),
        openChecks: z.number(),
      }),
    ),
  }),
  problems: casesProblems,
});

export const condition = () =>
  z.object({
    no: z.number(),
    text: z.object({ zh: z.string(), en: z.string() }),
    limit: limit(),
    urgency: urgency(),
    closeText: z.object({ zh: z.string(), en: z.string() }),
    /** Null: no photo needed after handling; else why one is. */
    photoReason: z.nullable(z.object({ zh: z.string(), en: z.string() })),
  });

export const category = () =>
  z.object({
    scheme: z.string(),
    code: z.string(),
    className: z.object({ zh: z.string(), en: z.string() }),
    name: z.object({ zh: z.string(), en: z.string() }),
    urgency: urgency(),
    leadUnitCode: z.nullable(z.string()),
    /** Pinyin initials for type-ahead. */
    initials: z.string(),
    conditions: z.array(condition()),
  });
export type Category = z.output<ReturnType<typeof category>>;

export const listCategories = endpoint({
  id: 'cases.listCategories',
  method: 'GET',
  path: '/api/categories',
  summary: { zh: '问题类别与立案条件', en: 'Categories with their filing conditions' },
  access: 'cases.read',
  reply: z.object({ categories: z.array(category()) }),
  problems: ['identity.not_signed_in', 'identity.not_permitted'],
});

export const verifyRecord = endpoint({
  id: 'cases.verifyRecord',
  method: 'GET',
  path: '/api/cases/:id/verification',
  summary: { zh: '重新计算案卷记录的链', en: "Re-compute the chain of a case's record" },
  access: 'cases.verify_record',
  params: z.object({ id: id() }),
  reply: z.object({ steps: z.number(), broken: z.nullable(z.object({ seq: z.number(), reason: z.string() })) }),
  problems: casesProblems,
});

/** Live events: a row that came or changed, or a heartbeat every 15 s. After a gap a client reloads its lists. */
export const liveEvent = () =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('hello'), at: instant() }),
    z.object({ kind: z.literal('beat'), at: instant() }),
    z.object({
      kind: z.literal('case'),
      at: instant(),
      event: z.string(),
      caseId: id(),
      row: z.nullable(caseRow()),
    }),
  ]);
export type LiveEvent = z.output<ReturnType<typeof liveEvent>>;

export const live = endpoint({
  id: 'cases.live',
  method: 'GET',
  path: '/api/live',
  summary: { zh: '实时动态（text/event-stream）', en: 'Live changes (text/event-stream)' },
  access: 'cases.read',
  replies: 'events',
  reply: liveEvent(),
  problems: ['identity.not_signed_in', 'identity.not_permitted'],
});

export const casesEndpoints = {
  listCases,
  countCases,
  readCase,
  actOnCase,
  listCheckers,
  listCategories,
  verifyRecord,
  live,
};
