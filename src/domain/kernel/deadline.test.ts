/** The rules one by one, on a small calendar written by hand; the great tables are in test/deadline-*.test.ts. */
import { describe, expect, it } from 'vitest';
import { buildCalendar } from './calendar.ts';
import { computeDue, elapsed, remaining, type DueRequest, type LimitUnit, type Pause } from './deadline.ts';
import { proofText } from './proof-text.ts';
import { proveDue } from './proof.ts';
import { DEFAULT_SCHEDULE, type Schedule } from './schedule.ts';
import { pausesOutsideSeason } from './season.ts';
import { BEIJING, toInstant, toLocal, type Instant, type LocalDate, type LocalDateTime } from './time.ts';
import { compileWorkTime, type WorkTime } from './work-time.ts';

const on = (date: string): LocalDate => date as LocalDate;
const at = (text: string): Instant => toInstant(text as LocalDateTime, BEIJING);
const spring = { zh: '春节', en: 'Spring Festival' };
const parts = { zh: '等待配件', en: 'waiting for parts' };

/** 2014 with the Spring Festival only. */
const calendar = buildCalendar(
  [
    {
      year: 2014,
      holidays: ['01-31', '02-03', '02-04', '02-05', '02-06'].map(day => ({ date: on(`2014-${day}`), name: spring })),
      makeUpDays: ['01-26', '02-08'].map(day => ({ date: on(`2014-${day}`), name: spring })),
    },
  ],
  [{ date: on('2014-07-28'), works: false, name: { zh: '开斋节', en: 'Eid al-Fitr' } }],
);
const summer: Schedule = {
  id: 'summer',
  validFrom: null,
  validTo: null,
  season: { from: '06-01', to: '09-30' },
  spans: [
    { open: 480, close: 720 },
    { open: 900, close: 1110 },
  ],
};

function workTime(schedules: readonly Schedule[] = [DEFAULT_SCHEDULE]): WorkTime {
  const compiled = compileWorkTime(calendar, schedules, BEIJING);
  if (!compiled.ok) throw new Error(compiled.refused);
  return compiled.workTime;
}

const work = workTime();
const withSummer = workTime([DEFAULT_SCHEDULE, summer]);

function due(unit: LimitUnit, n: number, start: string, pauses: readonly Pause[] = [], time = work): string {
  const decided = computeDue(time, { limit: { unit, n }, start: at(start), pauses });
  return decided.ok ? toLocal(decided.due, BEIJING) : decided.refused;
}

function line(request: DueRequest, language: 'zh' | 'en', time = work): string {
  const proven = proveDue(time, request);
  if (!proven.ok) return proven.refused;
  return proofText({ ...request, due: proven.due, proof: proven.proof }, BEIJING, language);
}

describe('a pause', () => {
  const pause = (from: string, to: string): Pause => ({ from: at(from), to: at(to), reason: parts });

  it('moves a working limit on by the working time that it covers', () => {
    expect(due('WH', 4, '2014-03-12 09:00', [pause('2014-03-12 10:00', '2014-03-12 15:00')])).toBe('2014-03-12 18:00');
    expect(due('WH', 4, '2014-03-12 09:00', [pause('2014-03-12 10:00', '2014-03-17 08:00')])).toBe('2014-03-17 11:00');
  });

  it('that begins at the due time comes too late', () => {
    expect(due('WH', 3, '2014-03-12 09:00', [pause('2014-03-12 12:00', '2014-03-20 08:00')])).toBe('2014-03-12 12:00');
  });

  it('without end leaves the due time unknown, unless it begins after it', () => {
    const open = (from: string): Pause => ({ from: at(from), to: null, reason: parts });
    expect(due('WH', 4, '2014-03-12 09:00', [open('2014-03-12 10:00')])).toBe('deadline.pause_open');
    expect(due('UH', 4, '2014-03-12 09:00', [open('2014-03-12 10:00')])).toBe('deadline.pause_open');
    expect(due('FWD', 4, '2014-03-12 09:00', [open('2014-03-12 10:00')])).toBe('deadline.pause_open');
    expect(due('WH', 4, '2014-03-12 09:00', [open('2014-03-12 15:00')])).toBe('2014-03-12 15:00');
    const used = elapsed(work, 'working', at('2014-03-12 09:00'), at('2014-03-14 09:00'), [open('2014-03-12 10:00')]);
    expect(used).toEqual({ ok: true, ms: 3_600_000 });
  });

  it('that ends before it begins is refused', () => {
    expect(due('WH', 4, '2014-03-12 09:00', [pause('2014-03-12 15:00', '2014-03-12 10:00')])).toBe(
      'deadline.bad_pause',
    );
  });

  it('takes every working day that it touches out of a count of full days', () => {
    expect(due('FWD', 3, '2014-03-12 09:00')).toBe('2014-03-17 18:00');
    expect(due('FWD', 3, '2014-03-12 09:00', [pause('2014-03-13 17:00', '2014-03-13 19:00')])).toBe('2014-03-18 18:00');
    expect(due('FWD', 3, '2014-03-12 09:00', [pause('2014-03-13 18:00', '2014-03-14 08:00')])).toBe('2014-03-17 18:00');
  });
});

describe('hours that are not eight', () => {
  it('make a working day as long as the day on which counting begins', () => {
    expect(due('WD', 1, '2014-07-01 09:00', [], withSummer)).toBe('2014-07-02 09:00');
    expect(due('WD', 2, '2014-07-01 16:00', [], withSummer)).toBe('2014-07-03 16:00');
    expect(due('WH', 8, '2014-07-01 09:00', [], withSummer)).toBe('2014-07-02 09:30');
  });

  it('do not change a limit that already runs when they change', () => {
    // Friday 2014-05-30 17:00: 1 hour of the 8 on that day, 7 of the 7½ summer hours of Monday 06-02.
    expect(due('WD', 1, '2014-05-30 17:00', [], withSummer)).toBe('2014-06-02 18:00');
    // After work the count begins on Monday with its 450 minutes.
    expect(due('WD', 1, '2014-05-30 18:00', [], withSummer)).toBe('2014-06-02 18:30');
  });

  it('may change at noon of one day by a schedule for that day', () => {
    const snow = { ...DEFAULT_SCHEDULE, id: 'snow', validFrom: on('2014-03-12'), validTo: on('2014-03-12') };
    const noon = workTime([DEFAULT_SCHEDULE, { ...snow, spans: [{ open: 480, close: 720 }] }]);
    expect(due('WH', 4, '2014-03-12 10:00', [], noon)).toBe('2014-03-13 10:00');
    expect(due('FWD', 1, '2014-03-11 10:00', [], noon)).toBe('2014-03-12 12:00');
  });

  it('close full days when the summer day closes', () => {
    expect(due('FWD', 1, '2014-07-01 09:00', [], withSummer)).toBe('2014-07-02 18:30');
  });
});

describe('refusals', () => {
  it.each<[LimitUnit, number]>([
    ['WH', 0],
    ['WH', -1],
    ['WH', Number.NaN],
    ['WH', Number.POSITIVE_INFINITY],
    ['WH', 0.01],
    ['ND', 1.5],
    ['FWD', 0.5],
    ['FWD', 0],
    ['UH', 100_000],
  ])('no limit of %s %d', (unit, n) => expect(due(unit, n, '2014-03-12 09:00')).toBe('deadline.bad_amount'));

  it('half a working hour is fine', () => {
    expect(due('WH', 0.5, '2014-03-12 11:45')).toBe('2014-03-12 14:15');
  });

  it.each<[LimitUnit, number, string, number]>([
    ['WH', 1, '2013-12-31 10:00', 2013],
    ['WD', 1, '2013-12-31 10:00', 2013],
    ['FWD', 1, '2013-12-31 10:00', 2013],
    ['WH', 1, '2015-01-01 10:00', 2015],
    ['WD', 5, '2014-12-30 10:00', 2015],
    ['FWD', 7, '2014-12-30 10:00', 2015],
  ])('%s %d from %s names the missing year %d', (unit, n, start, year) => {
    const request = { limit: { unit, n }, start: at(start) };
    expect(computeDue(work, request)).toEqual({ ok: false, refused: 'calendar.year_missing', details: { year } });
    expect(proveDue(work, request)).toMatchObject({ refused: 'calendar.year_missing' });
  });

  it('a missing year between two known ones is not jumped over', () => {
    const gap = buildCalendar([2013, 2015].map(year => ({ year, holidays: [], makeUpDays: [] })));
    const compiled = compileWorkTime(gap, [DEFAULT_SCHEDULE], BEIJING);
    if (!compiled.ok) throw new Error(compiled.refused);
    const request = { limit: { unit: 'WD', n: 5 } as const, start: at('2013-12-30 10:00') };
    expect(computeDue(compiled.workTime, request)).toMatchObject({
      refused: 'calendar.year_missing',
      details: { year: 2014 },
    });
    expect(elapsed(compiled.workTime, 'working', at('2013-12-30 10:00'), at('2015-01-05 10:00'))).toMatchObject({
      details: { year: 2014 },
    });
  });

  it('a continuous clock needs no calendar', () => {
    expect(due('UH', 2, '2030-01-01 23:00')).toBe('2030-01-02 01:00');
  });
});

describe('remaining', () => {
  const request = { limit: { unit: 'WH', n: 4 } as const, start: at('2014-03-12 15:00') };

  it('is told on the clock of the limit and negative once overdue', () => {
    expect(remaining(work, request, at('2014-03-12 16:00'))).toEqual({ ok: true, ms: 3 * 3_600_000 });
    expect(remaining(work, request, at('2014-03-12 23:00'))).toEqual({ ok: true, ms: 3_600_000 });
    expect(remaining(work, request, at('2014-03-13 11:00'))).toEqual({ ok: true, ms: -2 * 3_600_000 });
  });

  it('of full days is the working time up to the due time', () => {
    const full = { limit: { unit: 'FWD', n: 1 } as const, start: at('2014-03-12 15:00') };
    expect(remaining(work, full, at('2014-03-13 10:00'))).toEqual({ ok: true, ms: 6 * 3_600_000 });
    expect(remaining(work, full, at('2014-03-14 09:00'))).toEqual({ ok: true, ms: -3_600_000 });
  });
});

describe('a limit in season', () => {
  it('stands still until the planting season opens', () => {
    const planting = { from: '03-01', to: '04-15' };
    const pauses = pausesOutsideSeason(
      planting,
      at('2014-01-10 10:00'),
      BEIJING,
      { zh: '非种植季节', en: 'out of season' },
      300,
    );
    expect(due('WD', 15, '2014-01-10 10:00', pauses)).toBe('2014-03-21 18:00');
    expect(
      due('WD', 15, '2014-03-12 10:00', pausesOutsideSeason(planting, at('2014-03-12 10:00'), BEIJING, parts, 30)),
    ).toBe('2014-04-02 10:00');
  });
});

describe('the proof line', () => {
  it('names make-up days, weekends and nights', () => {
    const request = { limit: { unit: 'WH', n: 4 } as const, start: at('2014-01-24 17:00') };
    expect(line(request, 'zh')).toBe(
      '4个工作时，自2014-01-24 17:00（周五）起：1月24日（周五）17:00–18:00 计1小时；1月25日（周六）周末，不计；' +
        '1月26日（周日，春节调休上班）08:00–11:00 计3小时。非工作时间不计。合计4小时，2014-01-26 11:00（周日）到期。',
    );
    expect(line(request, 'en')).toBe(
      '4 working hours from 2014-01-24 17:00 (Fri): 24 Jan (Fri) 17:00–18:00 = 1 h; 25 Jan (Sat) weekend, not counted; ' +
        '26 Jan (Sun, worked in exchange for Spring Festival) 08:00–11:00 = 3 h. Hours outside work are not counted. ' +
        'Total 4 h, due 2014-01-26 11:00 (Sun).',
    );
  });

  it('draws equal days together, and says what a working day is', () => {
    const request = { limit: { unit: 'WD', n: 5 } as const, start: at('2014-03-10 08:00') };
    expect(line(request, 'zh')).toBe(
      '5个工作日，自2014-03-10 08:00（周一）起：3月10日至3月14日（周一至周五）每日08:00–12:00、14:00–18:00 计40小时。' +
        '午休、非工作时间不计。合计40小时（1个工作日按8小时计），2014-03-14 18:00（周五）到期。',
    );
  });

  it('tells a pause with its reason, and a start at lunch', () => {
    const pauses = [{ from: at('2014-03-12 15:00'), to: at('2014-03-14 09:00'), reason: parts }];
    const request = { limit: { unit: 'WH', n: 2 } as const, start: at('2014-03-12 12:30'), pauses };
    expect(line(request, 'zh')).toBe(
      '2个工作时，自2014-03-12 12:30（周三）起：起点在午休，顺延到上班时起算；3月12日（周三）14:00–15:00 计1小时；' +
        '3月12日 15:00至3月14日 09:00 暂停计时（等待配件），不计；3月14日（周五）09:00–10:00 计1小时。合计2小时，2014-03-14 10:00（周五）到期。',
    );
  });

  it('numbers full days, names a town’s own holiday, and continuous hours count everything', () => {
    const request = { limit: { unit: 'FWD', n: 2 } as const, start: at('2014-07-25 10:00') };
    expect(line(request, 'zh')).toContain(
      '7月28日（周一）开斋节本地放假，不计；7月29日至7月30日（周二至周三）计第1–2日',
    );
    expect(line(request, 'en')).toContain('28 Jul (Mon) Eid al-Fitr (local day off), not counted');
    const urgent = { limit: { unit: 'UH', n: 1 } as const, start: at('2014-01-30 23:30') };
    expect(line(urgent, 'en')).toBe(
      '1 urgent hour (continuous) from 2014-01-30 23:30 (Thu): 30 Jan 23:30 to 31 Jan 00:30 = 1 h. ' +
        'Nights and days off count. Total 1 h, due 2014-01-31 00:30 (Fri).',
    );
  });
});
