import { queueNames, sorts } from './cases/queue-rules.ts';

import type { Queue } from '../contracts/cases.ts';
import type { Sort } from './cases/queue-rules.ts';

/**
 * Filters live in the address as plain words (`?queue=to_file&search=垃圾`), so that it can be read, shared and typed; the router's
 * default would write them as JSON.
 */
export type SearchParams = Readonly<Record<string, string>>;

export function parseSearch(text: string): SearchParams {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(params: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (typeof value === 'string' && value !== '') search.set(name, value);
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** The value when it is one of the allowed ones. */
export function oneOf<const T extends string>(allowed: readonly T[], value: string | undefined): T | undefined {
  return allowed.find(item => item === value);
}

export interface ListSearch {
  readonly sort?: Sort;
  readonly search?: string;
  /** The open case. */
  readonly case?: string;
}

export interface DeskSearch extends ListSearch {
  /** A tab of the queue; `all` while searching everywhere. */
  readonly queue?: Queue | 'all';
}

export const inboxTabs = ['to_sign', 'handling', 'to_check', 'ended', 'all'] as const;
export type InboxTab = (typeof inboxTabs)[number];

export interface InboxSearch extends ListSearch {
  readonly tab?: InboxTab;
}

function readListSearch(params: SearchParams): ListSearch {
  const sort = oneOf(sorts, params['sort']);
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(params['search'] === undefined ? {} : { search: params['search'] }),
    ...(params['case'] === undefined ? {} : { case: params['case'] }),
  };
}

export function readDeskSearch(params: SearchParams): DeskSearch {
  const queue = oneOf([...queueNames, 'all'], params['queue']);
  return { ...(queue === undefined ? {} : { queue }), ...readListSearch(params) };
}

export function readInboxSearch(params: SearchParams): InboxSearch {
  const tab = oneOf(inboxTabs, params['tab']);
  return { ...(tab === undefined ? {} : { tab }), ...readListSearch(params) };
}
