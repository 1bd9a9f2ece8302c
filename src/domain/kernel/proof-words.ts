/** The words of a proof line, one table per language; proof-text.ts puts them in order. */
import type { Language } from './bilingual.ts';
import type { LimitUnit } from './deadline.ts';
import type { ProofSegment } from './proof.ts';

export type Gap = 'break' | 'off_hours';
export type Rest = 'weekend' | 'holiday' | 'town_rest';

export interface ProofWords {
  readonly units: Record<LimitUnit, string>;
  readonly weekdays: readonly string[];
  amount(n: number, unit: string): string;
  duration(hours: number, minutes: number, seconds: number): string;
  date(year: number | undefined, month: number, day: number): string;
  weekday(first: string, last: string | undefined, note: string | undefined): string;
  range(first: string, last: string): string;
  makeUp(name: string): string;
  worked(days: string, hours: readonly string[], length: string, daily: boolean): string;
  fullDays(days: string, first: number, last: number): string;
  continuous(stretch: string, length: string): string;
  paused(stretch: string, reason: string | undefined): string;
  startDay(days: string): string;
  startsIn(gap: Gap): string;
  rest(days: string, why: Rest, name: string | undefined): string;
  gaps(gaps: readonly Gap[]): string;
  nightsCount: string;
  total(length: string): string;
  totalWithDay(length: string, day: string): string;
  totalDays(n: number): string;
  line(limit: string, start: string, parts: readonly string[], notes: string, total: string, due: string): string;
}

const GAPS_ZH: Record<Gap, string> = { break: '午休', off_hours: '非工作时间' };
const RESTS_ZH: Record<Rest, string> = { weekend: '周末', holiday: '放假', town_rest: '本地放假' };

const ZH: ProofWords = {
  units: {
    UH: '个紧急工作时（连续计时）',
    UD: '个紧急工作日（连续计时）',
    ND: '个自然日',
    MIN: '分钟（连续计时）',
    WH: '个工作时',
    WD: '个工作日',
    WMIN: '个工作分钟',
    FWD: '个工作日（次日起算）',
  },
  weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  amount: (n, unit) => `${n}${unit}`,
  duration: (hours, minutes, seconds) =>
    [hours > 0 ? `${hours}小时` : '', minutes > 0 ? `${minutes}分钟` : '', seconds > 0 ? `${seconds}秒` : ''].join(
      '',
    ) || '0分钟',
  date: (year, month, day) => `${year === undefined ? '' : `${year}年`}${month}月${day}日`,
  weekday: (first, last, note) =>
    `（${last === undefined ? first : `${first}至${last}`}${note === undefined ? '' : `，${note}`}）`,
  range: (first, last) => `${first}至${last}`,
  makeUp: name => `${name}调休上班`,
  worked: (days, hours, length, daily) => `${days}${daily ? '每日' : ''}${hours.join('、')} 计${length}`,
  fullDays: (days, first, last) => `${days}计第${first === last ? first : `${first}–${last}`}日`,
  continuous: (stretch, length) => `${stretch} 连续计${length}`,
  paused: (stretch, reason) => `${stretch} 暂停计时${reason === undefined ? '' : `（${reason}）`}，不计`,
  startDay: days => `${days}当日不计`,
  startsIn: gap => `起点在${GAPS_ZH[gap]}，顺延到上班时起算`,
  rest: (days, why, name) => `${days}${name ?? ''}${RESTS_ZH[why]}，不计`,
  gaps: gaps => `${gaps.map(gap => GAPS_ZH[gap]).join('、')}不计。`,
  nightsCount: '夜间和节假日照计。',
  total: length => `合计${length}`,
  totalWithDay: (length, day) => `合计${length}（1个工作日按${day}计）`,
  totalDays: n => `合计${n}个工作日`,
  line: (limit, start, parts, notes, total, due) =>
    `${limit}，自${start}起：${parts.join('；')}。${notes}${total}，${due}到期。`,
};

const GAPS_EN: Record<Gap, string> = { break: 'lunch breaks', off_hours: 'hours outside work' };
const RESTS_EN: Record<Rest, string> = { weekend: 'weekend', holiday: 'holiday', town_rest: 'local day off' };

const EN: ProofWords = {
  units: {
    UH: 'urgent hours (continuous)',
    UD: 'urgent days (continuous)',
    ND: 'calendar days',
    MIN: 'minutes (continuous)',
    WH: 'working hours',
    WD: 'working days',
    WMIN: 'working minutes',
    FWD: 'full working days (from the next day)',
  },
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  amount: (n, unit) => `${n} ${n === 1 ? unit.replace(/(hour|day|minute)s/, '$1') : unit}`,
  duration: (hours, minutes, seconds) =>
    [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', seconds > 0 ? `${seconds} s` : '']
      .filter(part => part !== '')
      .join(' ') || '0 min',
  date: (year, month, day) => `${day} ${MONTHS_EN[month - 1] ?? ''}${year === undefined ? '' : ` ${year}`}`,
  weekday: (first, last, note) =>
    ` (${last === undefined ? first : `${first} to ${last}`}${note === undefined ? '' : `, ${note}`})`,
  range: (first, last) => `${first} to ${last}`,
  makeUp: name => `worked in exchange for ${name}`,
  worked: (days, hours, length, daily) => `${days}${daily ? ' daily' : ''} ${hours.join(', ')} = ${length}`,
  fullDays: (days, first, last) => `${days} = day ${first === last ? first : `${first}–${last}`}`,
  continuous: (stretch, length) => `${stretch} = ${length}`,
  paused: (stretch, reason) => `${stretch} clock paused${reason === undefined ? '' : ` (${reason})`}, not counted`,
  startDay: days => `${days} not counted, the count begins the next day`,
  startsIn: gap => `the start falls into ${GAPS_EN[gap]}, the count begins with work`,
  rest: (days, why, name) =>
    `${days} ${name === undefined ? RESTS_EN[why] : `${name} (${RESTS_EN[why]})`}, not counted`,
  gaps: gaps => `${capital(gaps.map(gap => GAPS_EN[gap]).join(' and '))} are not counted. `,
  nightsCount: 'Nights and days off count. ',
  total: length => `Total ${length}`,
  totalWithDay: (length, day) => `Total ${length} (a working day is ${day})`,
  totalDays: n => `Total ${n} working day${n === 1 ? '' : 's'}`,
  line: (limit, start, parts, notes, total, due) =>
    `${limit} from ${start}: ${parts.join('; ')}. ${notes}${total}, due ${due}.`,
};

const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const PROOF_WORDS: Record<Language, ProofWords> = { zh: ZH, en: EN };

export function isGap(why: ProofSegment['why']): why is Gap {
  return why === 'break' || why === 'off_hours';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
