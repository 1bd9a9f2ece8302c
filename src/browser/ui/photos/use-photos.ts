import { useSyncExternalStore } from 'react';

import { photoQueue } from './photo-queue.ts';

import type { Photo, PhotoQueue } from './photo-queue.ts';

/** The photos of one form and what can be done with them. */
export function usePhotos(owner: string): { readonly photos: readonly Photo[]; readonly queue: PhotoQueue } {
  const queue = photoQueue(owner);
  return { photos: useSyncExternalStore(queue.subscribe, queue.photos, queue.photos), queue };
}
