import { sql, type ColumnType, type RawBuilder } from 'kysely';
import pg from 'pg';
import { instant, toIso, type Instant, type LocalDate } from '../../../domain/kernel/time.ts';

/**
 * [Note: Values]
 * What a column is in TypeScript. The driver would give int8 as text and timestamptz as a Date; we read
 *
 * - int8 → number, an error beyond 2^53;
 * - timestamptz → Instant (whole milliseconds, finer digits are cut off);
 * - date → LocalDate; numeric → string (exact);
 *
 * and write instants through `timestamptz(at)` and JSON through `json(value)`: the driver would write a plain number or an
 * array as something else, and the column types below refuse them.
 */

/** A `timestamptz` column: read as an Instant, written with `timestamptz(at)`. */
export type InstantColumn = ColumnType<Instant, RawBuilder<Instant>, RawBuilder<Instant>>;
/** A `timestamptz` column that may be null. */
export type OptionalInstantColumn = ColumnType<
  Instant | null,
  RawBuilder<Instant> | null | undefined,
  RawBuilder<Instant> | null
>;
/** A `date` column. */
export type DateColumn = ColumnType<LocalDate, LocalDate, LocalDate>;
/** A `jsonb` column: written with `json(value)`. */
export type JsonColumn<T> = ColumnType<T, RawBuilder<T>, RawBuilder<T>>;
/** A `jsonb` column that may be null. */
export type OptionalJsonColumn<T> = ColumnType<T | null, RawBuilder<T> | null | undefined, RawBuilder<T> | null>;

/** An instant as a query parameter, exact to the millisecond. */
export function timestamptz(at: Instant): RawBuilder<Instant> {
  return sql<Instant>`${toIso(at)}::timestamptz`;
}

/** A value as a `jsonb` parameter. */
export function json<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`;
}

/** Object identifiers of pg_type, the same on every server. */
const oid = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182, timestamptz: 1184, timestamptzArray: 1185 };
const textArray = 1009;

/** How values are read, for one pool: the driver's global table stays as it is. */
export function valueParsers(): pg.CustomTypesConfig {
  const overrides = new pg.TypeOverrides();
  const readDate = overrides.getTypeParser(oid.timestamptz, 'text') as unknown as (text: string) => Date | number;
  const readTexts = overrides.getTypeParser(textArray, 'text') as unknown as (text: string) => (string | null)[];
  const readInstant = (text: string) => instant(Math.floor(Number(readDate(text))));
  const inArray =
    <T>(read: (text: string) => T) =>
    (text: string) =>
      readTexts(text).map(one => (one === null ? null : read(one)));
  const asText = (text: string) => text;

  overrides.setTypeParser(oid.int8, readInteger);
  overrides.setTypeParser(oid.int8Array, inArray(readInteger));
  overrides.setTypeParser(oid.timestamptz, readInstant);
  overrides.setTypeParser(oid.timestamptzArray, inArray(readInstant));
  overrides.setTypeParser(oid.date, asText);
  overrides.setTypeParser(oid.dateArray, inArray(asText));
  return overrides;
}

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer beyond 2^53: ${text}`);
  return value;
}
