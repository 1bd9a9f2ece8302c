/** The catalogue of problems that the product ships: complete, in two languages, and in step with its tables. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everydayCategories } from '../src/contracts/intake.ts';
import { limitUnits } from '../src/domain/cases/limits.ts';
import { categoriesJson } from '../db/seed/make-categories.ts';
import { problems } from '../db/seed/problems.ts';
import { staff } from '../db/seed/staff.ts';
import type { NewCategory } from '../src/server/cases/index.ts';
import type { NewUnit } from '../src/server/grids/index.ts';

const readData = (name: string): string => readFileSync(new URL(`../db/seed/data/${name}`, import.meta.url), 'utf8');
const categories = JSON.parse(readData('categories.json')) as readonly NewCategory[];
const units = JSON.parse(readData('units.json')) as readonly NewUnit[];
const conditions = categories.flatMap(category => category.conditions.map(condition => ({ category, condition })));
const byCode = new Map(categories.map(category => [category.code, category]));

describe('the shipped catalogue', () => {
  it('is what the script makes of the tables', () => {
    expect(readData('categories.json')).toBe(categoriesJson());
  });

  it('has 196 sub-classes in 14 classes', () => {
    expect(categories).toHaveLength(196);
    expect(byCode.size).toBe(196);
    expect(new Set(categories.map(({ className }) => className.zh)).size).toBe(14);
    expect(new Set(categories.map(({ className }) => className.en)).size).toBe(14);
    expect(new Set(categories.map(({ code }) => code.slice(0, 2))).size).toBe(14);
  });

  it('keeps every sub-class apart by its name in both languages', () => {
    expect(new Set(categories.map(({ name }) => name.zh)).size).toBe(196);
    expect(new Set(categories.map(({ name }) => name.en)).size).toBe(196);
  });

  it('leads every sub-class to a unit that exists', () => {
    const codes = new Set(units.map(({ code }) => code));
    expect(categories.filter(({ leadUnitCode }) => !codes.has(leadUnitCode ?? ''))).toEqual([]);
  });

  it('has at least one condition for each, numbered from 1 and the most urgent first', () => {
    for (const { code, conditions: own } of categories) {
      expect(
        own.map(({ no }) => no),
        code,
      ).toEqual(own.map((_, index) => index + 1));
      expect(own.length, code).toBeGreaterThan(0);
      const urgencies = own.map(({ urgency }) => urgency);
      expect(urgencies, code).toEqual(urgencies.toSorted());
    }
  });

  it('says every condition in both languages, with a positive limit', () => {
    for (const { category, condition } of conditions) {
      const where = `${category.code}-${String(condition.no)}`;
      for (const words of [condition.text, condition.closeText, condition.photoReason ?? condition.text]) {
        expect(words.zh, where).toMatch(/\p{Script=Han}/u);
        expect(words.en, where).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
      }
      expect(condition.limit.n, where).toBeGreaterThan(0);
      expect(Object.keys(limitUnits), where).toContain(condition.limit.unit);
    }
  });

  it('keeps make-safe and repair apart for a burst water main', () => {
    expect(byCode.get('0908')?.conditions.map(({ limit, urgency }) => ({ ...limit, urgency }))).toEqual([
      { n: 1, unit: 'UH', urgency: 'A' },
      { n: 5, unit: 'WD', urgency: 'C' },
    ]);
  });

  it('never asks for a photo of people', () => {
    const persons = categories.filter(({ code }) => /^(05|10|14)|^0809$|^0409$/.test(code));
    expect(persons.length).toBeGreaterThan(30);
    expect(persons.flatMap(category => category.conditions).filter(({ photoReason }) => photoReason !== null)).toEqual(
      [],
    );
  });
});

describe('the units of the demonstration street', () => {
  it('have unique codes, and telephone numbers that nobody has', () => {
    expect(new Set(units.map(({ code }) => code)).size).toBe(units.length);
    expect(new Set(units.map(({ phone }) => phone)).size).toBe(units.length);
    for (const unit of units) {
      expect(unit.phone, unit.code).toMatch(/^0371-0000-\d{4}$/);
      expect(['section', 'station', 'company', 'county', 'public'], unit.code).toContain(unit.kind);
      expect(unit.name && unit.nameThen, unit.code).toMatch(/\p{Script=Han}/u);
    }
  });

  it('include the units of those who can sign in', () => {
    const codes = units.map(({ code }) => code);
    for (const { unit } of staff) if (unit !== undefined) expect(codes).toContain(unit);
  });
});

describe('what refers to the catalogue', () => {
  it('everyday problems of residents exist', () => {
    expect(everydayCategories.filter(code => !byCode.has(code))).toEqual([]);
  });

  it('problems of the demonstration exist', () => {
    expect(problems.filter(({ category }) => !byCode.has(category))).toEqual([]);
  });

  it('problems that were fed back have the photo that their condition wants', () => {
    const lacking = problems.filter(
      ({ category, result, scene }) =>
        result !== undefined && scene === undefined && byCode.get(category)?.conditions[0]?.photoReason != null,
    );
    expect(lacking).toEqual([]);
  });
});
