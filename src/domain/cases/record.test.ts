import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalStep, findBrokenLink, saltedNote } from './record.ts';

import type { StepToChain, StoredFile, StoredStep } from './record.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

type Content = Omit<StepToChain, 'caseId' | 'seq' | 'noteDigest' | 'prevHash'> & { readonly note: string | null };

const caseId = '01970000-0000-7000-8000-000000000001';

/** A chained record from the contents of its steps; salts depend on the place only, so that vectors can be fixed. */
function chain(contents: readonly Content[]): StoredStep[] {
  const steps: StoredStep[] = [];
  for (const [index, { note, ...content }] of contents.entries()) {
    const noteSalt = note === null ? null : `salt-${index + 1}`;
    const noteDigest = note === null || noteSalt === null ? null : sha256(saltedNote(noteSalt, note));
    const step = { ...content, caseId, seq: index + 1, noteDigest, prevHash: steps.at(-1)?.hash ?? null };
    steps.push({ ...step, hash: sha256(canonicalStep(step)), note, noteSalt });
  }
  return steps;
}

function fileOf(steps: readonly StoredStep[]): StoredFile {
  const last = steps.at(-1);
  return {
    headSeq: steps.length,
    headHash: last?.hash ?? '',
    state: last?.to ?? '',
    words: steps[0]?.note ?? '',
    photos: steps.flatMap(({ seq, attachmentDigests }) => attachmentDigests.map(digest => ({ seq, sha256: digest }))),
  };
}

const plain: Content = {
  action: 'report',
  from: null,
  to: 'reported',
  actor: null,
  actorName: null,
  post: null,
  unit: null,
  at: 1_776_042_000_000,
  note: '东门口路灯不亮',
  attachmentDigests: ['aa'.repeat(32), 'bb'.repeat(32)],
};

const lived: readonly Content[] = [
  plain,
  {
    ...plain,
    action: 'accept',
    from: 'reported',
    to: 'to_file',
    actor: '01970000-0000-7000-8000-00000000000a',
    actorName: '王敏',
    post: '指挥中心值班长',
    at: plain.at + 60_000,
    note: null,
    attachmentDigests: [],
  },
  {
    ...plain,
    action: 'feed_back',
    from: 'handling',
    to: 'fed_back',
    actor: '01970000-0000-7000-8000-00000000000b',
    actorName: '李强',
    unit: '01970000-0000-7000-8000-0000000000aa',
    at: plain.at + 120_000,
    note: '已更换灯泡。',
    attachmentDigests: ['cc'.repeat(32)],
  },
];

/** Digest of the first note, hashes of the three steps; computed apart from this code (Python: json, hashlib). */
const vector = [
  'bfb3a967520b46ebf2e6704932474415a79bedf4e87edae36466876a148dc500',
  '1a31cb59cfdbfa1c4d00570d27b2b45717b097acc14113d68cdd439e1af4ba61',
  'b5b0befaaf2bf98aad02e0aa33f1f8911bfb24fb4b426144c816b71f6380c766',
  'a329b087b41da5f99c8d7af51ab9e51f2ba5c6fae9e3cd953dde58bda68490fc',
];

describe('the canonical form', () => {
  test('is the documented one, to the byte', () => {
    const [, accepted] = chain(lived);
    if (accepted === undefined) throw new Error('no step');
    expect(canonicalStep(accepted)).toBe(
      `["jingwei.step.1","01970000-0000-7000-8000-000000000001",2,"accept","reported","to_file",` +
        `"01970000-0000-7000-8000-00000000000a","王敏","指挥中心值班长",null,1776042060000,null,[],"${accepted.prevHash ?? ''}"]`,
    );
  });

  test('gives the fixed digests of the test vector', () => {
    const [reported, accepted, fedBack] = chain(lived);
    expect(reported?.noteDigest).toBe(sha256('salt-1\n东门口路灯不亮'));
    expect([reported?.noteDigest, reported?.hash, accepted?.hash, fedBack?.hash]).toEqual(vector);
  });
});

describe('a record that was touched', () => {
  const steps = chain(lived);
  const file = fileOf(steps);
  const look = (changed: readonly StoredStep[], changedFile = file) => findBrokenLink(changed, changedFile, sha256);

  test('is told from one that was not', () => {
    expect(look(steps)).toBeNull();
  });

  const changes: readonly [keyof StoredStep, unknown][] = [
    ['caseId', '01970000-0000-7000-8000-000000000002'],
    ['seq', 7],
    ['action', 'refuse'],
    ['from', 'closed'],
    ['to', 'closed'],
    ['actor', '01970000-0000-7000-8000-00000000000c'],
    ['actorName', '赵六'],
    ['post', '别的岗位'],
    ['unit', '01970000-0000-7000-8000-0000000000bb'],
    ['at', plain.at + 1],
    ['note', '换了说法'],
    ['noteSalt', 'other'],
    ['noteDigest', sha256('x')],
    ['attachmentDigests', ['dd'.repeat(32)]],
    ['prevHash', sha256('x')],
    ['hash', sha256('x')],
  ];

  test('every stored field is among the changes tried', () => {
    expect(changes.map(([field]) => field).toSorted()).toEqual(Object.keys(steps[0] ?? {}).toSorted());
  });

  test.each([0, 1, 2])('any change to any field of step %i is found, at that step or the next', index => {
    for (const [field, value] of changes) {
      // Without a note its salt means nothing.
      if (field === 'noteSalt' && steps[index]?.note === null) continue;
      const broken = look(steps.map((step, at) => (at === index ? { ...step, [field]: value } : step)));
      expect([field, broken?.seq]).toEqual([field, index + 1]);
    }
  });

  test('a removed, repeated, inserted or exchanged step is found, and steps cut off at the end', () => {
    const [first, second, third] = steps as [StoredStep, StoredStep, StoredStep];
    expect(look([first, third])).toEqual({ seq: 2, reason: 'sequence' });
    expect(look([second, third])).toEqual({ seq: 1, reason: 'sequence' });
    expect(look([first, second, second, third])).toEqual({ seq: 3, reason: 'sequence' });
    expect(look([first, third, second])).toEqual({ seq: 2, reason: 'sequence' });
    expect(look([first, second])).toEqual({ seq: 3, reason: 'head' });
    expect(look([])).toEqual({ seq: 1, reason: 'head' });
    expect(look([first, { ...third, seq: 2 }, { ...second, seq: 3 }])).toEqual({ seq: 2, reason: 'previous' });
  });

  test('a step re-chained over a changed one is found by the head of the case', () => {
    const forged = chain(lived.map((content, index) => (index === 1 ? { ...content, actorName: '赵六' } : content)));
    expect(look(forged)).toEqual({ seq: 4, reason: 'head' });
  });

  test('a case that is not what its record says is found', () => {
    expect(look(steps, { ...file, state: 'closed' })).toEqual({ seq: 3, reason: 'state' });
    expect(look(steps, { ...file, words: '别的内容' })).toEqual({ seq: 1, reason: 'words' });
    const exchanged = file.photos.map(photo => (photo.seq === 3 ? { ...photo, sha256: 'ee'.repeat(32) } : photo));
    expect(look(steps, { ...file, photos: exchanged })).toEqual({ seq: 3, reason: 'photos' });
    expect(look(steps, { ...file, headHash: sha256('x') })).toEqual({ seq: 4, reason: 'head' });
  });

  test('lawfully erased words and photos leave the chain whole', () => {
    const erased = steps.map(step => ({ ...step, note: null, noteSalt: null }));
    expect(look(erased, { ...file, words: '', photos: [] })).toBeNull();
  });
});

test('any record holds, and none survives a change of one character in one field', () => {
  const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const maybe = fc.option(word, { nil: null });
  const content = fc.record({
    action: word,
    from: maybe,
    to: word,
    actor: maybe,
    actorName: maybe,
    post: maybe,
    unit: maybe,
    at: fc.integer({ min: 0, max: 4e12 }),
    note: maybe,
    attachmentDigests: fc.array(word, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(content, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (contents, where, which) => {
      const steps = chain(contents);
      const file = fileOf(steps);
      expect(findBrokenLink(steps, file, sha256)).toBeNull();
      const index = where % steps.length;
      const step = steps[index];
      if (step === undefined) return;
      const fields = Object.keys(step).filter(name => name !== 'noteSalt') as (keyof StoredStep)[];
      const field = fields[which % fields.length] ?? 'hash';
      const value = step[field];
      const other =
        typeof value === 'number'
          ? value + 1
          : typeof value === 'object' && value !== null
            ? [...value, 'x']
            : `${value ?? ''}x`;
      const changed = steps.map((one, at) => (at === index ? { ...one, [field]: other } : one));
      expect(findBrokenLink(changed, file, sha256)).not.toBeNull();
    }),
    { seed: 2013, numRuns: 500 },
  );
});
