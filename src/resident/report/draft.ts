import { countCharacters } from '../../contracts/text.ts';
import { wordsLimit } from '../../contracts/intake.ts';
import { placeBody, placeState } from '../place/place.ts';

import type { BodyInputOf } from '../../contracts/endpoint.ts';
import type { report } from '../../contracts/intake.ts';
import type { Found, Place } from '../place/place.ts';

export type ReportBody = BodyInputOf<typeof report>;

/**
 * A submission whose answer is not known. Its key stays until there is an answer, so that the report counts once, however
 * often it is sent; `body` is what was first sent under the key.
 */
export interface Attempt {
  readonly key: string;
  readonly body: ReportBody;
}

/** The report being written, without its photos (they are kept beside it). */
export interface Draft {
  readonly words: string;
  readonly categoryCode: string | null;
  readonly place: Place | null;
  readonly address: string;
  readonly anonymous: boolean;
  readonly name: string;
  readonly phone: string;
  readonly attempt: Attempt | null;
}

export const emptyDraft: Draft = {
  words: '',
  categoryCode: null,
  place: null,
  address: '',
  anonymous: true,
  name: '',
  phone: '',
  attempt: null,
};

/** Whether anything worth keeping was written. */
export const isWritten = (draft: Draft): boolean =>
  draft.words.trim() !== '' ||
  draft.categoryCode !== null ||
  draft.address !== '' ||
  draft.name !== '' ||
  draft.phone !== '' ||
  draft.attempt !== null ||
  (draft.place !== null && !(draft.place.kind === 'grid' && draft.place.from === 'code'));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);

function foundFrom(value: unknown): Found | null {
  if (!isRecord(value) || typeof value['inside'] !== 'boolean' || typeof value['metres'] !== 'number') return null;
  const { inside, metres, gridId, path } = value;
  const names = Array.isArray(path) ? path.filter(name => typeof name === 'string') : [];
  return { inside, metres, gridId: typeof gridId === 'string' ? gridId : null, path: names };
}

function placeFrom(value: unknown): Place | null {
  if (!isRecord(value)) return null;
  if (value['kind'] === 'grid' && typeof value['gridId'] === 'string')
    return { kind: 'grid', gridId: value['gridId'], from: value['from'] === 'code' ? 'code' : 'list' };
  if (value['kind'] !== 'point' || typeof value['lng'] !== 'number' || typeof value['lat'] !== 'number') return null;
  return {
    kind: 'point',
    lng: value['lng'],
    lat: value['lat'],
    accuracy: typeof value['accuracy'] === 'number' ? value['accuracy'] : null,
    found: foundFrom(value['found']),
    takeNearest: value['takeNearest'] === true,
  };
}

/** The draft kept in this browser; an empty one when there is none or when it cannot be read. */
export function draftFrom(text: string | null): Draft {
  if (text === null) return emptyDraft;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return emptyDraft;
  }
  if (!isRecord(value)) return emptyDraft;
  const attempt = value['attempt'];
  return {
    words: textOr(value['words'], ''),
    categoryCode: typeof value['categoryCode'] === 'string' ? value['categoryCode'] : null,
    place: placeFrom(value['place']),
    address: textOr(value['address'], ''),
    anonymous: value['anonymous'] !== false,
    name: textOr(value['name'], ''),
    phone: textOr(value['phone'], ''),
    attempt:
      isRecord(attempt) && typeof attempt['key'] === 'string' && isRecord(attempt['body'])
        ? { key: attempt['key'], body: attempt['body'] as unknown as ReportBody }
        : null,
  };
}

export type Missing = 'what' | 'short' | 'where' | 'nearest';

/** What a report still needs before it can be handed in, in the order of the page. */
export function missingOf(draft: Draft, photoCount: number): readonly Missing[] {
  const missing: Missing[] = [];
  if (draft.words.trim() === '' && photoCount === 0) missing.push('what');
  if (countCharacters(draft.words) > wordsLimit) missing.push('short');
  const place = placeState(draft.place);
  if (place === 'none' || place === 'outside-far') missing.push('where');
  if (place === 'outside-near') missing.push('nearest');
  return missing;
}

/** The report as it is sent. Call it only when nothing is missing. */
export function bodyOf(draft: Draft, photoIds: readonly string[]): ReportBody {
  const name = draft.name.trim();
  const phone = draft.phone.trim();
  const contact = {
    ...(name === '' ? {} : { name }),
    ...(phone === '' ? {} : { phone }),
  };
  return {
    words: draft.words.trim(),
    photos: [...photoIds],
    place: draft.place === null ? {} : placeBody(draft.place, draft.address),
    ...(draft.categoryCode === null ? {} : { categoryCode: draft.categoryCode }),
    ...(draft.anonymous || Object.keys(contact).length === 0 ? {} : { contact }),
  };
}

/** Whether a phone number can be one: 7 to 15 digits, whatever stands between them. For a hint, never a refusal. */
export function looksLikePhone(typed: string): boolean {
  const digits = typed.normalize('NFKC').replaceAll(/\D/g, '');
  return digits.length >= 7 && digits.length <= 15;
}
