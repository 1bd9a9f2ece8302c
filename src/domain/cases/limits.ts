import type { Stage, Urgency } from './states.ts';

/**
 * Units of a limit (GB/T 30428.8 practice, handbook §1.6): UH continuous hours, WH working hours, WD working days of eight
 * working hours, UD continuous days, ND calendar days.
 */
export const limitUnits = {
  UH: { zh: '小时（连续）', en: 'hours, round the clock' },
  WH: { zh: '工作时', en: 'working hours' },
  WD: { zh: '工作日', en: 'working days' },
  UD: { zh: '日（连续）', en: 'days, round the clock' },
  ND: { zh: '自然日', en: 'calendar days' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type LimitUnit = keyof typeof limitUnits;

export interface Limit {
  readonly n: number;
  readonly unit: LimitUnit;
}

const minutes = (n: number): Limit => ({ n: n / 60, unit: 'UH' });
const workingMinutes = (n: number): Limit => ({ n: n / 60, unit: 'WH' });
const workingHours = (n: number): Limit => ({ n, unit: 'WH' });

/** Limits of the stages around handling, by urgency; product defaults of §2.4. Handling takes its limit from the filing condition. */
export const stageLimits: Readonly<Record<Exclude<Stage, 'handle'>, Readonly<Record<Urgency, Limit>>>> = {
  accept: { A: minutes(10), B: workingMinutes(30), C: workingHours(1) },
  file: { A: minutes(10), B: workingMinutes(30), C: workingHours(1) },
  dispatch: { A: minutes(10), B: workingMinutes(30), C: workingHours(1) },
  sign: { A: minutes(15), B: workingHours(2), C: workingHours(4) },
  check: { A: minutes(30), B: workingHours(2), C: workingHours(4) },
  close: { A: minutes(30), B: workingHours(1), C: workingHours(2) },
};

/** A closed case can be contested this long (resident page, web handbook §5.5). */
export const contestDays = 7;
