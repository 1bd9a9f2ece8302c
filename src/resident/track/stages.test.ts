import { expect, it } from 'vitest';

import { beforeAndAfter, milestonesReached, stageTone } from './stages.ts';

import type { Progress } from '../../contracts/intake.ts';

const photo = (url: string) => ({ url, thumbUrl: `${url}-thumb`, width: 4, height: 3 });
const step = (kind: Progress['steps'][number]['kind'], ...urls: string[]) => ({
  at: 1,
  kind,
  unitName: null,
  words: null,
  photos: urls.map(photo),
});
const progress: Progress = {
  number: '4101050012014012100001',
  words: '',
  address: '',
  gridName: '',
  reportedAt: 0,
  stage: 'closed',
  dueAt: null,
  steps: [],
  photos: [],
  canConfirm: false,
  canContest: false,
  contestUntil: null,
};

it('compares the first photo of the report with the newest of the handling', () => {
  expect(beforeAndAfter(progress)).toBeNull();
  expect(beforeAndAfter({ ...progress, photos: [photo('a')] })).toBeNull();
  expect(beforeAndAfter({ ...progress, steps: [step('fed_back', 'x')] })).toBeNull();
  const twice = [
    step('fed_back', 'first'),
    step('rework'),
    step('fed_back', 'second', 'third'),
    step('contested', 'no'),
  ];
  expect(beforeAndAfter({ ...progress, photos: [photo('a'), photo('b')], steps: twice })).toEqual({
    before: 'a',
    after: 'second',
  });
});

it('every stage has its tone and its milestones', () => {
  expect(Object.keys(stageTone).sort()).toEqual(Object.keys(milestonesReached).sort());
  expect(milestonesReached.closed).toBe(5);
});
