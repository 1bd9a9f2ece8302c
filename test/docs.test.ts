import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { limitUnits } from '../src/domain/cases/limits.ts';
import { canonicalStep, findBrokenLink } from '../src/domain/cases/record.ts';
import { channels, stages, states, urgencies } from '../src/domain/cases/states.ts';
import { transitions } from '../src/domain/cases/transitions.ts';
import { permissions, roles } from '../src/domain/identity/permissions.ts';
import { settings } from '../src/server/platform/config.ts';
import { checkPaths, codeBlocks, linksOf, tableBelow } from './helpers/documents.ts';
import { modules, roomNames, rooms } from './helpers/house-map.ts';
import { listFiles, projectFolder, readSource } from './helpers/source-files.ts';

import type { StoredStep } from '../src/domain/cases/record.ts';
import type { Page } from './helpers/documents.ts';

const files = listFiles();
const pages: readonly Page[] = files.filter(file => file.endsWith('.md')).map(readSource);
const pageOf = (file: string): Page => {
  const page = pages.find(candidate => candidate.path === file);
  if (page === undefined) throw new Error(`${file} is missing`);
  return page;
};
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8'));
const manifest = readJson('package.json') as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

describe('paths', () => {
  it('that a page names or links to exist', () => {
    const { checked, missing } = checkPaths(pages, files);
    expect(missing).toEqual([]);
    expect(checked).toBeGreaterThan(200);
  });

  it('that do not exist are found', () => {
    const page = {
      path: 'docs/a.md',
      text: '## Here\n`src/gone.ts` `node tools/gone.ts` `gone/` [x](gone.md) [y](a.md#there) ![z](../src/a.png)\n`src/a.ts` `a.ts` `a.md` `x.ts` [a](a.md#here) `data/x` `/src/no.ts` `zod/mini`\n```\n`src/no.ts`\n```\n',
    };
    expect(checkPaths([page], ['docs/a.md', 'src/a.ts', 'tools/a.ts']).missing).toEqual([
      'docs/a.md names src/gone.ts',
      'docs/a.md names tools/gone.ts',
      'docs/a.md names gone/',
      'docs/a.md links to docs/gone.md',
      'docs/a.md links to docs/a.md#there',
      'docs/a.md links to src/a.png',
    ]);
  });

  it('lead to every page and every picture', () => {
    const linked = new Set(pages.flatMap(page => linksOf(page).map(({ target }) => target)));
    const quoted = pages.map(({ text }) => text).join('\n');
    const wanted = files.filter(file => /^docs\/[^/]+\.md$|^docs\/pictures\//.test(file));
    expect(wanted.filter(file => !linked.has(file) && !quoted.includes(`\`${file}\``))).toEqual([]);
    expect(wanted.filter(file => file.endsWith('.png')).length).toBeGreaterThan(5);
  });
});

describe('the READMEs', () => {
  it.each([
    ['README.md', 'Settings', 'en'],
    ['README.zh-CN.md', '设置', 'zh'],
  ] as const)('%s has the table of settings as the program reads it', (file, heading, language) => {
    const wanted = settings.map(setting => [
      `\`${setting.name}\``,
      setting.default === '' ? '–' : `\`${setting.default}\``,
      setting[language],
    ]);
    expect(tableBelow(pageOf(file), heading)).toEqual(wanted);
  });

  it('say the same in both languages', () => {
    const shape = (file: string) => {
      const page = pageOf(file);
      return {
        headings: [...page.text.matchAll(/^#+ /gm)].map(([level]) => level),
        steps: [...page.text.matchAll(/^\d\. /gm)].length,
        code: codeBlocks(page),
        targets: linksOf(page)
          .map(({ target, anchor }) => `${target.replace(/\.(zh|en)\.png$/, '.png')}#${anchor}`)
          .filter(target => !target.startsWith('README'))
          .sort(),
      };
    };
    expect(shape('README.zh-CN.md')).toEqual(shape('README.md'));
  });

  it('of rooms and modules are there and short', () => {
    const serverModules = new Set(files.flatMap(file => /^src\/server\/([^/]+)\//.exec(file)?.[1] ?? []));
    const wanted = [...roomNames.map(room => `src/${room}`), ...[...serverModules].map(name => `src/server/${name}`)];
    expect(wanted.filter(folder => !files.includes(`${folder}/README.md`))).toEqual([]);
    const long = pages.filter(({ path: file, text }) => file.startsWith('src/') && text.split('\n').length > 41);
    expect(long.map(page => page.path)).toEqual([]);
  });

  it('and CHANGELOG.md has the version of package.json', () => {
    expect(pageOf('CHANGELOG.md').text).toContain(`\n## ${manifest.version}\n`);
  });
});

describe('the map in docs/ARCHITECTURE.md', () => {
  const page = pageOf('docs/ARCHITECTURE.md');
  const arrows = (language: string) =>
    Object.fromEntries(
      (codeBlocks(page).find(block => block.language === language)?.code ?? '')
        .trim()
        .split('\n')
        .map(line => {
          const [from = '', to = ''] = line.split('→');
          return [from.trim(), to.split(' ').filter(word => word !== '')];
        }),
    );

  it('is the one that is enforced', () => {
    expect(arrows('arrows')).toEqual(rooms);
    expect(arrows('modules')).toEqual(modules);
  });

  it('lists every note, where it is', () => {
    const notes = files
      .filter(file => /^(src|db|tools|bench)\/.*\.(ts|tsx)$/.test(file))
      .flatMap(file =>
        [...readSource(file).text.matchAll(/^ \* \[Note: ([^\]]+)\]/gm)].map(([, title = '']) => [
          title,
          `\`${file}\``,
        ]),
      );
    expect(tableBelow(page, 'Notes').toSorted()).toEqual(notes.toSorted());
  });
});

describe('docs/glossary.md', () => {
  const words: readonly [
    heading: string,
    code: Readonly<Record<string, { readonly zh: string; readonly en: string }>>,
  ][] = [
    ['States', states],
    ['Actions', transitions],
    ['Stages that have a clock', stages],
    ['Units of a limit', limitUnits],
    ['Urgencies', urgencies],
    ['Channels', channels],
    ['Roles', roles],
    ['Permissions', permissions],
  ];
  it.each(words)('%s are those of the code', (heading, code) => {
    const wanted = Object.entries(code).map(([name, { zh, en }]) => [zh, en, `\`${name}\``]);
    expect(tableBelow(pageOf('docs/glossary.md'), heading)).toEqual(wanted);
  });
});

describe('docs/decisions', () => {
  const decisions = pages.filter(page => page.path.startsWith('docs/decisions/'));

  it('are numbered without gaps and say context, decision and consequence', () => {
    expect(decisions.length).toBeGreaterThanOrEqual(11);
    for (const [index, { path: file, text }] of decisions.entries()) {
      const number = String(index + 1).padStart(4, '0');
      expect(file).toMatch(new RegExp(`/${number}-[a-z0-9-]+\\.md$`));
      expect(text, file).toMatch(
        new RegExp(`^# ${number} \\S.*\n\n\\d{4}-\\d{2}-\\d{2} · (accepted|replaced by \\d{4})\n`),
      );
      for (const heading of ['Context', 'Decision', 'Consequence']) expect(text, file).toContain(`\n## ${heading}\n`);
    }
  });

  it('name every library with its licence and its oldest Node', () => {
    const wanted = [manifest.dependencies, manifest.devDependencies].flatMap(list =>
      Object.keys(list).map(name => {
        const own = readJson(`node_modules/${name}/package.json`) as { license: string; engines?: { node?: string } };
        const [oldest = '–'] = /\d+(\.\d+)*/.exec(own.engines?.node ?? '') ?? [];
        return [`\`${name}\``, own.license, oldest.replace(/(\.0)+$/, '')];
      }),
    );
    const rows = tableBelow(pageOf('docs/decisions/0004-libraries.md'), 'Decision');
    expect(rows.map(row => row.slice(0, 3))).toEqual(wanted);
    expect(rows.filter(row => (row[3] ?? '') === '')).toEqual([]);
  });
});

describe('docs/record.md', () => {
  it('has an example that can be computed', () => {
    const [json, canonical] = codeBlocks(pageOf('docs/record.md')).slice(-2);
    const steps = JSON.parse(json?.code ?? '') as StoredStep[];
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) throw new Error('the example has no steps');
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const file = {
      headSeq: steps.length,
      headHash: last.hash,
      state: last.to,
      words: first.note ?? '',
      photos: first.attachmentDigests.map(digest => ({ seq: 1, sha256: digest })),
    };
    expect(findBrokenLink(steps, file, sha256)).toBeNull();
    expect(canonical?.code).toBe(`${canonicalStep(last)}\n`);
  });
});

describe('no file tells where it was made', () => {
  const forbidden: readonly (readonly [what: string, pattern: RegExp, offender: string])[] = [
    ["a machine's folder", /(?<![\w.~-])\/(?:work|root|home)\/[\w-]+/, 'see /home/li/jingwei'],
    ["a machine's scratch folder", /(?<![\w.~-])\/tmp\/(?!jingwei-)[\w-]+/, 'rm /tmp/x'],
    [
      'a registry',
      /\b(?:registry\.[\w.-]+\.\w{2,}|npmjs\.(?:org|com)|npmmirror\.com)\b/,
      'https://registry.npmjs.org/x',
    ],
    ['how it was made', /\bsession of\b|\bhelper agents?\b/i, 'a helper agent wrote this'],
    ['something left undone', /\b(?:TODO|FIXME|XXX)\b/, '// TODO: later'],
  ];
  // This file has to name what it forbids.
  const texts = files
    .filter(file => !/\.(png|jpg|webp|ttf|woff2)$/.test(file) && file !== 'test/docs.test.ts')
    .map(readSource);

  it.each(forbidden)('%s', (_what, pattern, offender) => {
    const found = texts.flatMap(({ path: file, text }) => {
      const hit = pattern.exec(text);
      return hit === null ? [] : [`${file}: ${hit[0]}`];
    });
    expect(found).toEqual([]);
    expect(offender).toMatch(pattern);
  });

  it('and all were read', () => {
    expect(texts.length).toBeGreaterThan(250);
  });
});
