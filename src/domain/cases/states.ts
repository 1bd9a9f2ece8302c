/** States of a case, in the order of its life. Words and order: domain handbook §2.2; the tones are the tokens of the screens. */
export const states = {
  reported: { zh: '待受理', en: 'To accept', tone: 'waiting', open: true },
  to_file: { zh: '待立案', en: 'To file', tone: 'waiting', open: true },
  to_dispatch: { zh: '待交办', en: 'To dispatch', tone: 'dispatch', open: true },
  to_sign: { zh: '待签收', en: 'To sign', tone: 'handling', open: true },
  handling: { zh: '办理中', en: 'Handling', tone: 'handling', open: true },
  fed_back: { zh: '待核查', en: 'To check', tone: 'checking', open: true },
  checking: { zh: '核查中', en: 'Checking', tone: 'checking', open: true },
  to_close: { zh: '待结案', en: 'To close', tone: 'checking', open: true },
  closed: { zh: '已办结', en: 'Closed', tone: 'closed', open: false },
  evaluated: { zh: '已评价', en: 'Confirmed', tone: 'closed', open: false },
  rejected: { zh: '不予受理', en: 'Not accepted', tone: 'returned', open: false },
} as const satisfies Record<string, { zh: string; en: string; tone: StatusTone; open: boolean }>;

export type StatusTone = 'waiting' | 'dispatch' | 'handling' | 'checking' | 'closed' | 'returned' | 'paused';
export type CaseState = keyof typeof states;
export const stateNames = Object.keys(states) as CaseState[];

/** Stages that have a clock of their own. 核实 (verify) and 回访 (revisit) are not among them yet. */
export const stages = {
  accept: { zh: '受理', en: 'accept' },
  file: { zh: '立案', en: 'file' },
  dispatch: { zh: '交办', en: 'dispatch' },
  sign: { zh: '签收', en: 'sign' },
  handle: { zh: '办理', en: 'handle' },
  check: { zh: '核查', en: 'check' },
  close: { zh: '结案', en: 'close' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Stage = keyof typeof stages;

export type Urgency = 'A' | 'B' | 'C';
export const urgencies = {
  A: { zh: '紧急', en: 'Urgent' },
  B: { zh: '重大', en: 'Major' },
  C: { zh: '一般', en: 'Ordinary' },
} as const satisfies Record<Urgency, { zh: string; en: string }>;

/** Channels by which a problem reaches the platform (five of 2013, the rest of today); §5.4. */
export const channels = {
  grid: { zh: '网格平台', en: 'Grid platform' },
  phone: { zh: '电话', en: 'Phone' },
  web: { zh: '居民网页', en: 'Resident page' },
  camera: { zh: '路面监控', en: 'Street camera' },
  car: { zh: '巡查车', en: 'Patrol car' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Channel = keyof typeof channels;
