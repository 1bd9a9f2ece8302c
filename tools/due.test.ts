import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [new URL('due.ts', import.meta.url).pathname, ...args], { encoding: 'utf8' });
}

const QUESTION = ['--unit', 'WH', '--n', '4', '--start', '2014-01-24 17:00'];

describe('tools/due.ts', () => {
  it('prints the due time and its proof line', () => {
    const { status, stdout } = run(...QUESTION);
    expect(status).toBe(0);
    expect(stdout).toContain('到期时间: 2014-01-26 11:00');
    expect(stdout).toContain('春节调休上班');
    expect(run(...QUESTION, '--lang', 'en').stdout).toContain('worked in exchange for Spring Festival');
  });

  it('prints one object with --json', () => {
    const { stdout } = run(...QUESTION, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ unit: 'WH', n: 4, start: '2014-01-24 17:00', due: '2014-01-26 11:00' });
    const inquiry = run('--unit', '7WD-inquiry', '--start', '2014-01-24T10:00', '--json');
    expect(JSON.parse(inquiry.stdout)).toMatchObject({ unit: 'FWD', n: 7, due: '2014-02-08 18:00' });
    const days = run('--unit', 'WD(8WH)', '--n', '5', '--start', '2020-01-23 17:00', '--json');
    expect(JSON.parse(days.stdout)).toMatchObject({ unit: 'WD', due: '2020-02-07 17:00' });
  });

  it('stops the clock for a pause', () => {
    const { stdout } = run(...QUESTION, '--pause', '2014-01-24 17:00/2014-01-27 08:00', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ due: '2014-01-27 12:00' });
  });

  it.each([
    ['an unknown unit', ['--unit', 'XX', '--n', '4', '--start', '2014-01-24 17:00'], 'unknown unit: XX'],
    [
      'a number that is none',
      ['--unit', 'WH', '--n', 'four', '--start', '2014-01-24 17:00'],
      'must be a positive number: four',
    ],
    ['nothing to count', ['--unit', 'WH', '--n', '0', '--start', '2014-01-24 17:00'], 'deadline.bad_amount'],
    ['a day that does not exist', ['--unit', 'WH', '--n', '4', '--start', '2014-02-30 17:00'], '2014-02-30'],
    ['a year to come', ['--unit', 'WD', '--n', '5', '--start', '2026-12-30 17:00'], '2027'],
    ['a year before the calendar', ['--unit', 'WH', '--n', '4', '--start', '2003-12-30 17:00'], '2003'],
    ['an option that it does not know', ['--when', 'now'], '--when'],
    ['nothing at all', [], '--unit is missing'],
  ])('refuses %s with exit code 2', (_, args, words) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
  });
});
