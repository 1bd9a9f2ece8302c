import path from 'node:path';

/** A page of documentation: its path from the project's folder, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Made by running or building, so that a fresh clone does not have them. */
const madeLater = ['data/', 'dist/', 'build/', 'node_modules/'];
/** Names that stand for any name. */
const example = /^(x\.|kebab-case|PascalCase)/;
const endings = /\.(ts|tsx|mjs|js|md|json|sql|css|png|csv|geojson)$/;

const fences = /^```(\w*)\n([\s\S]*?)^```/gm;

/** The blocks of code of a page, with the word behind the fence. */
export const codeBlocks = ({ text }: Page): { readonly language: string; readonly code: string }[] =>
  [...text.matchAll(fences)].map(([, language = '', code = '']) => ({ language, code }));

/** Words in backticks that look like a path of the project. */
function quotedPaths(text: string, roots: readonly string[]): string[] {
  return [...text.replaceAll(fences, '').matchAll(/`([^`\n]+)`/g)]
    .flatMap(([, quoted = '']) => quoted.split(/\s+/))
    .filter(word => /^[\w.@*-]+(\/[\w.@*-]+)*\/?$/.test(word))
    .filter(word => {
      const [first = ''] = word.split('/');
      return endings.test(word) || word.endsWith('/') || (word.includes('/') && roots.includes(first));
    })
    .filter(word => !madeLater.some(folder => word.startsWith(folder)) && !example.test(word));
}

export interface Link {
  readonly target: string;
  readonly anchor: string;
}

/** Links and pictures that lead to a file, as paths from the project's folder. */
export const linksOf = ({ path: page, text }: Page): Link[] =>
  [...text.replaceAll(fences, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !/^[a-z]+:/.test(target))
    .map(target => {
      const [file = '', anchor = ''] = target.split('#');
      return { target: file === '' ? page : path.posix.join(path.posix.dirname(page), file), anchor };
    });

/** The anchors of a page's headings, as code hosts make them. */
export const anchorsOf = ({ text }: Page): string[] =>
  [...text.replaceAll(fences, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

export interface PathCheck {
  readonly checked: number;
  readonly missing: readonly string[];
}

/**
 * Looks for every path that the pages name: from the project's folder or from the page's own; a bare name like `queries.ts` or
 * `words/` may lie anywhere. `files` are all files of the project.
 */
export function checkPaths(pages: readonly Page[], files: readonly string[]): PathCheck {
  const known = new Set(files);
  for (const file of files)
    for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder)) known.add(folder);
  const names = new Set([...known].map(file => path.posix.basename(file)));
  const roots = [...known].flatMap(file => (file.includes('/') ? [] : [file]));
  const byPath = new Map(pages.map(page => [page.path, page]));
  const exists = (page: Page, word: string): boolean => {
    const wanted = word.replace(/\/$/, '');
    return (
      known.has(path.posix.normalize(wanted)) ||
      known.has(path.posix.join(path.posix.dirname(page.path), wanted)) ||
      (!wanted.includes('/') && names.has(wanted))
    );
  };
  let checked = 0;
  const missing = pages.flatMap(page => {
    const words = quotedPaths(page.text, roots);
    const links = linksOf(page);
    checked += words.length + links.length;
    const lost = links.filter(({ target, anchor }) => {
      const there = byPath.get(target);
      return !known.has(target) || (anchor !== '' && there !== undefined && !anchorsOf(there).includes(anchor));
    });
    return [
      ...words.filter(word => !exists(page, word)).map(word => `${page.path} names ${word}`),
      ...lost.map(({ target, anchor }) => `${page.path} links to ${target}${anchor === '' ? '' : `#${anchor}`}`),
    ];
  });
  return { checked, missing };
}

/** Rows of the tables below a heading, cell by cell, without the head. */
export function tableBelow({ text }: Page, heading: string): string[][] {
  const [, after = ''] = text.split(`\n## ${heading}\n`);
  const [section = ''] = after.split(/\n## /);
  const rows = section.split('\n').filter(line => line.startsWith('|'));
  return rows
    .filter((line, index) => !/^\|[ |:-]+\|$/.test(line) && !/^\|[ |:-]+\|$/.test(rows[index + 1] ?? ''))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}
