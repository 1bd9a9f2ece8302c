import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

/** A file of ours: its path from the project's folder with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const projectFolder = path.resolve(import.meta.dirname, '../..');

const notOurs = new Set(['node_modules', 'dist', 'build', 'data', '.git']);

/** Paths of all files below a folder of the project, sorted; what is installed, built or stored at run time is left out. */
export function listFiles(folder = ''): string[] {
  return readdirSync(path.join(projectFolder, folder), { withFileTypes: true })
    .flatMap(entry => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return notOurs.has(name) ? [] : listFiles(name);
      return [name];
    })
    .sort();
}

export const readSource = (file: string): SourceFile => ({
  path: file,
  text: readFileSync(path.join(projectFolder, file), 'utf8'),
});

export interface Reference {
  /** As written; empty when it is computed. */
  readonly specifier: string;
  /** `url` is `new URL('…', import.meta.url)`, `computed` an `import()` of anything but a literal. */
  readonly kind: 'import' | 'dynamic' | 'url' | 'computed';
}

export interface Reading {
  readonly references: readonly Reference[];
  /** Uses of `Date` (as value or type), of `Math.random`, and readings of the clock. */
  readonly usesDate: boolean;
  readonly usesChance: boolean;
  readonly readsClock: boolean;
  readonly hasDefaultExport: boolean;
  /** Nothing but `export … from`. */
  readonly isBarrel: boolean;
}

const isNamed = (node: ts.Node, text: string): node is ts.Identifier => ts.isIdentifier(node) && node.text === text;

/** A name that stands for itself, not one after a dot or before a colon. */
function standsAlone(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isQualifiedName(parent)) return parent.right !== node;
  return !((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node);
}

const isMember = (node: ts.Node, object: string, member: string): boolean =>
  ts.isPropertyAccessExpression(node) && isNamed(node.expression, object) && node.name.text === member;

function readsClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return isNamed(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0;
  if (ts.isCallExpression(node)) return isNamed(node.expression, 'Date');
  return isMember(node, 'Date', 'now') || isMember(node, 'process', 'hrtime');
}

function referenceOf(node: ts.Node): Reference | undefined {
  const literal = (from: ts.Node | undefined, kind: Reference['kind']): Reference | undefined =>
    from !== undefined && ts.isStringLiteralLike(from) ? { specifier: from.text, kind } : undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, 'import');
  if (ts.isModuleDeclaration(node)) return literal(node.name, 'import');
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal, 'import') : undefined;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literal(node.arguments[0], 'dynamic') ?? { specifier: '', kind: 'computed' };
  if (
    ts.isNewExpression(node) &&
    isNamed(node.expression, 'URL') &&
    node.arguments?.[1]?.getText() === 'import.meta.url'
  )
    return literal(node.arguments[0], 'url');
  return undefined;
}

/** What a source file imports and uses, read by TypeScript's own parser, so that comments and strings do not count. */
export function readCode({ path: file, text }: SourceFile): Reading {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const references: Reference[] = [];
  const found = { usesDate: false, usesChance: false, readsClock: false };
  const visit = (node: ts.Node): void => {
    const reference = referenceOf(node);
    if (reference !== undefined) references.push(reference);
    if (isNamed(node, 'Date') && standsAlone(node)) found.usesDate = true;
    if (isMember(node, 'Math', 'random')) found.usesChance = true;
    if (readsClock(node)) found.readsClock = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  const { statements } = source;
  return {
    ...found,
    references,
    hasDefaultExport: statements.some(
      statement =>
        ts.isExportAssignment(statement) ||
        (ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true),
    ),
    isBarrel:
      statements.length > 0 &&
      statements.every(statement => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined),
  };
}
