/** The parts of the OpenAPI document that the page shows. It is our own server's, printed from the table of endpoints. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly $ref?: string;
}

interface Media {
  readonly schema?: Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Response {
  readonly content?: Readonly<Record<string, Media>>;
  /** Codes of the problems answered with this status. */
  readonly 'x-problems'?: readonly string[];
}

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly 'x-summary-zh'?: string;
  /** A permission, or `signed_in`, `receipt`, `public`. */
  readonly 'x-access'?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, Response>>;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Listed {
  readonly id: string;
  readonly module: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** All operations in the document's order, by module. */
export function operationsOf(document: OpenApiDocument): ReadonlyMap<string, readonly Listed[]> {
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId ?? `${method} ${path}`,
      module: operation.tags?.[0] ?? '',
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  return Map.groupBy(listed, item => item.module);
}

/** The type of a schema in a few characters: `string (uuid)`, `A | B | C`, `integer`, `array of …`. */
export function typeWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(value => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeWords))].join(' | ');
  if (schema.type === 'array') {
    if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeWords).join(', ')}]`;
    return `${typeWords(schema.items ?? {})}[]`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : ((schema.type as string | undefined) ?? 'any');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

/** Bounds and defaults in mathematical shorthand. */
export function boundsWords(schema: Schema): string {
  const safe = Number.MAX_SAFE_INTEGER;
  const number = (value: number | undefined): number | undefined =>
    value === undefined || Math.abs(value) >= safe ? undefined : value;
  const range = (low: number | undefined, high: number | undefined, what: string): string =>
    low === undefined && high === undefined ? '' : `${low ?? ''} ≤ ${what} ≤ ${high ?? ''}`.replace(/^ ≤ | ≤ $/g, '');
  return [
    range(number(schema.minimum), number(schema.maximum), 'n'),
    range(schema.minLength, schema.maxLength, 'length'),
    range(schema.minItems, schema.maxItems, 'items'),
    schema.pattern === undefined || schema.format === 'uuid' ? '' : `/${schema.pattern}/`,
    schema.default === undefined ? '' : `= ${JSON.stringify(schema.default)}`,
  ]
    .filter(part => part !== '')
    .join(', ');
}

/** The objects inside a schema, through arrays and choices: what is worth a table of its own. */
export function objectsIn(schema: Schema): readonly Schema[] {
  if (schema.properties !== undefined) return [schema];
  const inner = schema.anyOf ?? schema.oneOf ?? (schema.items === undefined ? [] : [schema.items]);
  return inner.flatMap(objectsIn);
}
