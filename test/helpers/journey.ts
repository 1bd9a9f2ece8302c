import { randomUUID } from 'node:crypto';

import sharp from 'sharp';

import { actOnCase, listCases, readCase } from '../../src/contracts/cases.ts';
import { readSession } from '../../src/contracts/identity.ts';
import { report, uploadPhoto } from '../../src/contracts/intake.ts';

import type { ActInput, CaseDetail } from '../../src/contracts/cases.ts';
import type { BodyInputOf, ReplyOf } from '../../src/contracts/endpoint.ts';
import type { CaseState } from '../../src/domain/cases/states.ts';
import type { TestApp } from './app.ts';
import type { Client } from './client.ts';

/** The courtyard of the worker `wangge`; its community's head is `wenlian`. */
export const courtyard = '410105001015003';

export type ReportBody = BodyInputOf<typeof report>;

export interface Reported extends ReplyOf<typeof report> {
  readonly caseId: string;
}

/** A report's body that is good as it is: some words, in the middle of the courtyard. */
export function reportBody(app: TestApp, more: Partial<ReportBody> = {}): ReportBody {
  const { label_lng: lng, label_lat: lat } = app.grid(courtyard);
  return { words: '东门口的路灯不亮了', place: { point: { lng, lat, datum: 'WGS84' } }, ...more };
}

/** A resident reports over HTTP; the case's id is looked up by whoever leads the desk of the town. */
export async function reportCase(app: TestApp, more: Partial<ReportBody> = {}, desk = 'zhihui'): Promise<Reported> {
  const reply = await app.anybody.ok(report, { body: reportBody(app, more), key: randomUUID() });
  return { ...reply, caseId: await findCaseId(app, reply.number, desk) };
}

export async function findCaseId(app: TestApp, number: string, desk = 'zhihui'): Promise<string> {
  const { cases } = await (await app.as(desk)).ok(listCases, { query: { search: number } });
  const [found] = cases;
  if (found === undefined) throw new Error(`no case ${number}`);
  return found.id;
}

type Action = ActInput['action'];
type More<A extends Action> = Omit<Extract<ActInput, { action: A }>, 'action' | 'version'> & { version?: number };

/** Acts on the newest version of a case and returns the case as it is then. */
export async function act<A extends Action>(
  client: Client,
  caseId: string,
  action: A,
  more: More<A>,
): Promise<CaseDetail> {
  const version = more.version ?? (await client.ok(readCase, { params: { id: caseId } })).version;
  const body = { action, ...more, version } as unknown as ActInput;
  return (await client.ok(actOnCase, { params: { id: caseId }, body })).case;
}

export async function accountIdOf(app: TestApp, loginName: string): Promise<string> {
  return (await (await app.as(loginName)).ok(readSession)).accountId;
}

/** A category with a filing condition that does, or does not, ask for a photo after handling. */
export function conditionWith(app: TestApp, photo: boolean): { categoryCode: string; conditionNo: number } {
  for (const category of app.services.catalogue.all())
    for (const condition of category.conditions)
      if ((condition.photoReason !== null) === photo) return { categoryCode: category.code, conditionNo: condition.no };
  throw new Error('the catalogue has no such condition');
}

export interface Road {
  readonly report?: Partial<ReportBody>;
  readonly filing?: { categoryCode: string; conditionNo: number };
  readonly unit?: string;
  readonly handler?: string;
  readonly checker?: string;
}

/** The states on the main line, in order; `lead` goes as far as is asked. */
const line = [
  'reported',
  'to_file',
  'to_dispatch',
  'to_sign',
  'handling',
  'fed_back',
  'checking',
  'to_close',
  'closed',
];

/** Leads a new case down the main line to a state, over HTTP, each step by whoever has the duty. */
export async function leadTo(app: TestApp, until: CaseState, road: Road = {}): Promise<Reported> {
  const reported = await reportCase(app, road.report);
  await leadOn(app, reported.caseId, 'reported', until, road);
  return reported;
}

/** Leads a case on from one state of the main line to another. */
export async function leadOn(
  app: TestApp,
  caseId: string,
  from: CaseState,
  until: CaseState,
  road: Road = {},
): Promise<void> {
  const desk = await app.as('zhihui');
  const handler = await app.as(road.handler ?? 'zilaishui');
  const checker = road.checker ?? 'wangge';
  const filing = road.filing ?? conditionWith(app, false);
  const steps: (() => Promise<CaseDetail>)[] = [
    () => act(desk, caseId, 'accept', {}),
    () => act(desk, caseId, 'file', filing),
    () => act(desk, caseId, 'dispatch', { unitId: app.unit(road.unit ?? 'water').id, note: '请到现场' }),
    () => act(handler, caseId, 'sign', {}),
    () => act(handler, caseId, 'feed_back', { note: '已经修好' }),
    async () => act(desk, caseId, 'send_check', { checkerId: await accountIdOf(app, checker) }),
    async () => act(await app.as(checker), caseId, 'check_pass', { note: '看过了' }),
    () => act(desk, caseId, 'close', { note: '感谢您的反映' }),
  ];
  for (const step of steps.slice(line.indexOf(from), line.indexOf(until))) await step();
}

/** A JPEG of noise, so that no two are alike. */
export async function photoBytes(width = 64, height = 48): Promise<Uint8Array> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const picture = sharp({ create: { width, height, channels: 3, background: '#888', noise } });
  return new Uint8Array(await picture.jpeg().toBuffer());
}

/** Uploads a photo and returns its id. */
export async function upload(app: TestApp, bytes?: Uint8Array): Promise<string> {
  const id = randomUUID();
  const raw = (bytes ?? (await photoBytes())) as Uint8Array<ArrayBuffer>;
  await app.anybody.ok(uploadPhoto, { params: { id }, raw, headers: { 'content-type': 'image/jpeg' } });
  return id;
}
