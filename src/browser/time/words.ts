/**
 * Instants (epoch milliseconds) and limits in words a person reads at a glance. All functions are pure: `now` and the language
 * are passed in. Times are those of the business zone, whatever zone the phone is set to.
 */
import type { Limit } from '../../domain/cases/limits.ts';
import type { Locale } from '../i18n/locale.ts';

export const businessZone = 'Asia/Shanghai';

const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 'HH:mm' */
  readonly time: string;
  /** Days since 1970, to tell today from yesterday. */
  readonly dayNumber: number;
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: businessZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

function wallOf(at: number): Wall {
  const found: Record<string, string> = {};
  for (const part of parts.formatToParts(at)) found[part.type] = part.value;
  const year = Number(found['year']);
  const month = Number(found['month']);
  const ofMonth = Number(found['day']);
  return {
    year,
    month,
    day: ofMonth,
    time: `${found['hour'] ?? ''}:${found['minute'] ?? ''}`,
    dayNumber: Date.UTC(year, month - 1, ofMonth) / day,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = {
  zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

const monthDay = (wall: Wall, locale: Locale): string =>
  locale === 'zh' ? `${wall.month}月${wall.day}日` : `${wall.day} ${months[wall.month - 1] ?? ''}`;

const yearMonthDay = (wall: Wall, locale: Locale): string =>
  locale === 'zh' ? `${wall.year}年${monthDay(wall, locale)}` : `${monthDay(wall, locale)} ${wall.year}`;

/** The day relative to today, empty for today itself. */
function dayWord(wall: Wall, today: Wall, locale: Locale): string {
  const days = wall.dayNumber - today.dayNumber;
  if (days === 0) return '';
  if (days === -1) return locale === 'zh' ? '昨天' : 'yesterday';
  if (days === 1) return locale === 'zh' ? '明天' : 'tomorrow';
  return wall.year === today.year ? monthDay(wall, locale) : yearMonthDay(wall, locale);
}

/** 「10:32」 */
export const clockTime = (at: number): string => wallOf(at).time;

/** When something happened or will: 「刚刚」「10:32」「昨天 18:05」「1月20日 09:10」「2024年1月20日 09:10」. */
export function momentWords(at: number, now: number, locale: Locale): string {
  if (at <= now && now - at < minute) return locale === 'zh' ? '刚刚' : 'just now';
  const wall = wallOf(at);
  const date = dayWord(wall, wallOf(now), locale);
  return date === '' ? wall.time : `${date} ${wall.time}`;
}

/** The same, always with its day: 「今天 10:32」「明天 09:00」. For deadlines, where the day matters. */
export function dayAndTime(at: number, now: number, locale: Locale): string {
  const wall = wallOf(at);
  const date = dayWord(wall, wallOf(now), locale);
  const today = locale === 'zh' ? '今天' : 'today';
  return `${date === '' ? today : date} ${wall.time}`;
}

/** The whole of it, for titles and receipts: 「2014年1月21日 星期二 09:05」. */
export function fullMoment(at: number, locale: Locale): string {
  const wall = wallOf(at);
  const weekday = weekdays[locale][(wall.dayNumber + 4) % 7] ?? '';
  return locale === 'zh'
    ? `${yearMonthDay(wall, locale)} ${weekday} ${wall.time}`
    : `${weekday} ${yearMonthDay(wall, locale)}, ${wall.time}`;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** A length of time in its two largest units, cut down: 「3 小时 12 分」「2 天 4 小时」「不到 1 分钟」. */
export function durationWords(ms: number, locale: Locale): string {
  const zh = locale === 'zh';
  if (ms < minute) return zh ? '不到 1 分钟' : 'under a minute';
  const days = Math.floor(ms / day);
  const hours = Math.floor((ms % day) / hour);
  const minutes = Math.floor((ms % hour) / minute);
  if (days > 0) {
    if (zh) return hours === 0 ? `${days} 天` : `${days} 天 ${hours} 小时`;
    return hours === 0 ? plural(days, 'day') : `${plural(days, 'day')} ${hours} h`;
  }
  if (hours > 0) {
    if (zh) return minutes === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes} 分`;
    return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  }
  return zh ? `${minutes} 分钟` : `${minutes} min`;
}

/** Chinese and a digit stand apart, Chinese and Chinese do not: 「剩 3 小时」「剩不到 1 分钟」. */
const gapBefore = (length: string): string => (length.startsWith('不') ? '' : ' ');

export interface TimeLeft {
  readonly words: string;
  /** `late` past the deadline, `soon` within the last tenth or the last half hour, `stopped` while the clock stands. */
  readonly urgency: 'calm' | 'soon' | 'late' | 'stopped';
}

/**
 * Time left on a clock: 「剩 3 小时 12 分」「超期 2 小时」「已停表」. A stopped clock (its stage is done, or it waits) neither
 * counts down nor is late for the time that passes since. Without a deadline (its year's calendar is missing) it says so.
 */
export function timeLeft(
  clock: { readonly startAt: number; readonly dueAt: number | null; readonly stoppedAt?: number | null },
  now: number,
  locale: Locale,
): TimeLeft {
  const zh = locale === 'zh';
  const stoppedAt = clock.stoppedAt ?? null;
  if (clock.dueAt === null) return { words: zh ? '时限未算出' : 'limit not computed', urgency: 'stopped' };
  const at = stoppedAt ?? now;
  const left = clock.dueAt - at;
  if (left < 0) {
    const length = durationWords(-left, locale);
    return { words: zh ? `超期${gapBefore(length)}${length}` : `${length} overdue`, urgency: 'late' };
  }
  if (stoppedAt !== null) return { words: zh ? '已停表' : 'clock stopped', urgency: 'stopped' };
  const length = durationWords(left, locale);
  const soon = left < Math.max(30 * minute, (clock.dueAt - clock.startAt) / 10);
  return { words: zh ? `剩${gapBefore(length)}${length}` : `${length} left`, urgency: soon ? 'soon' : 'calm' };
}

const limitWord = {
  UH: { zh: '小时', en: 'hour' },
  WH: { zh: '工作小时', en: 'working hour' },
  WD: { zh: '个工作日', en: 'working day' },
  UD: { zh: '天', en: 'day' },
  ND: { zh: '个自然日', en: 'calendar day' },
} as const;

/** A limit in words: 「3 个工作日」「4 工作小时」「10 分钟」「30 分钟（工作时间）」. */
export function limitWords({ n, unit }: Limit, locale: Locale): string {
  if ((unit === 'UH' || unit === 'WH') && n < 1) {
    const minutes = Math.round(n * 60);
    if (locale === 'zh') return `${minutes} 分钟${unit === 'WH' ? '（工作时间）' : ''}`;
    return unit === 'WH' ? plural(minutes, 'working minute') : plural(minutes, 'minute');
  }
  return locale === 'zh' ? `${n} ${limitWord[unit].zh}` : plural(n, limitWord[unit].en);
}
