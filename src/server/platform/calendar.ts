import chineseDays from 'chinese-days';
import {
  buildCalendar,
  type CalendarYear,
  type NamedDay,
  type TownDay,
  type WorkingCalendar,
} from '../../domain/kernel/calendar.ts';
import type { Bilingual } from '../../domain/kernel/bilingual.ts';
import { dateOfDay, daysFromCivil, weekdayOf, yearOf, type LocalDate } from '../../domain/kernel/time.ts';

/**
 * The only place that knows the package `chinese-days`. Of three packages compared it alone is right on every holiday and
 * make-up day of 2012–2026; but it answers for any year, and for one that it does not know it calls every Monday to Friday a
 * working day. So only years in which it lists a National Day are taken over, and the calendar refuses the others.
 */
const EARLIEST_YEAR_ASKED = 2000;
const LATEST_YEAR_ASKED = 2050;

/** Full names where the package has a short or clumsy one. */
const NAMES: Readonly<Record<string, Bilingual>> = {
  清明: { zh: '清明节', en: 'Tomb-Sweeping Day' },
  端午: { zh: '端午节', en: 'Dragon Boat Festival' },
  中秋: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: { zh: '抗战胜利70周年纪念日', en: '70th Victory Day' },
};

/**
 * Where the package is wrong: New Year 2006 was paid for with Saturday 2005-12-31 (国办发明电〔2005〕35号, 2005-12-16), which the
 * package leaves out. Found by the rule that every weekday off is a statutory day or is paid for; see the test.
 */
const FORGOTTEN_MAKE_UP_DAYS: readonly NamedDay[] = [
  { date: '2005-12-31' as LocalDate, name: { zh: '元旦', en: "New Year's Day" } },
];

/** Every year that the package knows, as plain data: 2004 to 2026 in version 1.5.7. */
export function announcedYears(): readonly CalendarYear[] {
  const years: CalendarYear[] = [];
  for (let year = EARLIEST_YEAR_ASKED; year <= LATEST_YEAR_ASKED; year += 1) {
    const data = readYear(year);
    if (data.holidays.some(({ date }) => date === `${year}-10-01`)) years.push(data);
  }
  return years;
}

/**
 * The working calendar of a town: the announced years, those that an administrator imported (they win over the package's year),
 * and the town's own days. Takes about 50 ms: build once and keep.
 */
export function loadCalendar(
  imported: readonly CalendarYear[] = [],
  townDays: readonly TownDay[] = [],
): WorkingCalendar {
  const importedYears = new Set(imported.map(({ year }) => year));
  const announced = announcedYears().filter(({ year }) => !importedYears.has(year));
  return buildCalendar([...announced, ...imported], townDays);
}

function readYear(year: number): CalendarYear {
  const holidays: NamedDay[] = [];
  const makeUpDays: NamedDay[] = [];
  const end = daysFromCivil(year + 1, 1, 1);
  for (let day: number = daysFromCivil(year, 1, 1); day < end; day += 1) {
    const date = dateOfDay(day);
    const detail = chineseDays.getDayDetail(date);
    const name = nameOf(detail.name);
    if (name === undefined) continue;
    if (!detail.work) holidays.push({ date, name });
    else if (weekdayOf(day) > 5) makeUpDays.push({ date, name });
  }
  makeUpDays.push(...FORGOTTEN_MAKE_UP_DAYS.filter(({ date }) => yearOf(date) === year));
  return { year, holidays, makeUpDays };
}

/** The package says 'Spring Festival,春节,3' on special days and only an English weekday on plain ones. */
function nameOf(detail: string): Bilingual | undefined {
  const [en, zh] = detail.split(',');
  if (en === undefined || zh === undefined) return undefined;
  return NAMES[zh] ?? { zh, en };
}
