import { describe, expect, it } from 'vitest';

import { clockTime, dayAndTime, durationWords, fullMoment, limitWords, momentWords, timeLeft } from './words.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const now = at('2014-01-21T10:40:30');

describe('when', () => {
  it.each([
    ['2014-01-21T10:40:00', '刚刚', 'just now'],
    ['2014-01-21T10:32:00', '10:32', '10:32'],
    ['2014-01-21T00:00:00', '00:00', '00:00'],
    ['2014-01-20T18:05:00', '昨天 18:05', 'yesterday 18:05'],
    ['2014-01-22T09:00:00', '明天 09:00', 'tomorrow 09:00'],
    ['2014-01-03T07:10:00', '1月3日 07:10', '3 Jan 07:10'],
    ['2013-12-31T23:59:00', '2013年12月31日 23:59', '31 Dec 2013 23:59'],
  ])('%s reads %s / %s', (moment, zh, en) => {
    expect(momentWords(at(moment), now, 'zh')).toBe(zh);
    expect(momentWords(at(moment), now, 'en')).toBe(en);
  });

  it('yesterday is the calendar day before, not 24 hours ago', () => {
    expect(momentWords(at('2014-01-20T23:59:00'), at('2014-01-21T00:01:00'), 'zh')).toBe('昨天 23:59');
    expect(momentWords(at('2014-01-01T00:10:00'), at('2013-12-31T23:50:00'), 'zh')).toBe('明天 00:10');
  });

  it('always names the day where it matters', () => {
    expect(dayAndTime(at('2014-01-21T16:30:00'), now, 'zh')).toBe('今天 16:30');
    expect(dayAndTime(at('2014-01-22T16:30:00'), now, 'en')).toBe('tomorrow 16:30');
  });

  it('writes the whole of it in the business zone', () => {
    expect(fullMoment(at('2014-01-21T09:05:00'), 'zh')).toBe('2014年1月21日 星期二 09:05');
    expect(fullMoment(at('2014-01-21T09:05:00'), 'en')).toBe('Tuesday 21 Jan 2014, 09:05');
    expect(clockTime(Date.parse('2014-01-20T16:00:00Z'))).toBe('00:00');
  });
});

describe('how long', () => {
  it.each([
    [20_000, '不到 1 分钟', 'under a minute'],
    [12 * 60_000, '12 分钟', '12 min'],
    [3 * 3_600_000 + 12 * 60_000 + 59_000, '3 小时 12 分', '3 h 12 min'],
    [2 * 3_600_000, '2 小时', '2 h'],
    [86_400_000, '1 天', '1 day'],
    [2 * 86_400_000 + 4 * 3_600_000 + 59 * 60_000, '2 天 4 小时', '2 days 4 h'],
  ])('%d ms reads %s / %s', (ms, zh, en) => {
    expect(durationWords(ms, 'zh')).toBe(zh);
    expect(durationWords(ms, 'en')).toBe(en);
  });
});

describe('time left', () => {
  const clock = { startAt: at('2014-01-21T09:00:00'), dueAt: at('2014-01-21T14:00:00'), stoppedAt: null };

  it.each([
    ['2014-01-21T10:48:00', '剩 3 小时 12 分', '3 h 12 min left', 'calm'],
    ['2014-01-21T13:31:00', '剩 29 分钟', '29 min left', 'soon'],
    ['2014-01-21T13:59:30', '剩不到 1 分钟', 'under a minute left', 'soon'],
    ['2014-01-21T14:00:30', '超期不到 1 分钟', 'under a minute overdue', 'late'],
    ['2014-01-21T16:00:00', '超期 2 小时', '2 h overdue', 'late'],
  ])('at %s: %s / %s (%s)', (moment, zh, en, urgency) => {
    expect(timeLeft(clock, at(moment), 'zh')).toEqual({ words: zh, urgency });
    expect(timeLeft(clock, at(moment), 'en')).toEqual({ words: en, urgency });
  });

  it('a clock without a deadline says so', () => {
    expect(timeLeft({ ...clock, dueAt: null }, now, 'zh')).toEqual({ words: '时限未算出', urgency: 'stopped' });
  });

  it('a stopped clock stands, on time or late as it was stopped', () => {
    const inTime = { ...clock, stoppedAt: at('2014-01-21T12:00:00') };
    expect(timeLeft(inTime, at('2014-01-25T12:00:00'), 'zh')).toEqual({ words: '已停表', urgency: 'stopped' });
    const late = { ...clock, stoppedAt: at('2014-01-21T15:00:00') };
    expect(timeLeft(late, at('2014-01-25T12:00:00'), 'zh')).toEqual({ words: '超期 1 小时', urgency: 'late' });
  });
});

describe('limits', () => {
  it.each([
    [{ n: 10 / 60, unit: 'UH' }, '10 分钟', '10 minutes'],
    [{ n: 0.5, unit: 'WH' }, '30 分钟（工作时间）', '30 working minutes'],
    [{ n: 4, unit: 'WH' }, '4 工作小时', '4 working hours'],
    [{ n: 1, unit: 'WD' }, '1 个工作日', '1 working day'],
    [{ n: 7, unit: 'ND' }, '7 个自然日', '7 calendar days'],
  ] as const)('%o reads %s / %s', (limit, zh, en) => {
    expect(limitWords(limit, 'zh')).toBe(zh);
    expect(limitWords(limit, 'en')).toBe(en);
  });
});
