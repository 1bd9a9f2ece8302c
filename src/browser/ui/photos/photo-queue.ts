import { photoBytesLimit, uploadPhoto } from '../../../contracts/intake.ts';
import { Problem } from '../../api/call.ts';
import { newId } from '../../api/new-id.ts';
import { upload } from '../../api/upload.ts';
import { currentLocale } from '../../i18n/locale.ts';
import { kitWords } from '../words/kit-words.ts';
import { dropPhotos, keepPhoto, listKept } from './photo-store.ts';
import { shrinkPhoto } from './shrink.ts';

import type { KeptPhoto } from './photo-store.ts';

export interface Photo {
  readonly id: string;
  /** Address for showing it on this device. */
  readonly url: string;
  /** `waiting` also while a failed try rests before the next; `refused` is final: the server named why. */
  readonly state: 'preparing' | 'waiting' | 'sending' | 'sent' | 'refused';
  /** Part sent, 0 to 1. */
  readonly progress: number;
  readonly refusal: string | null;
  /** Tries that found no server. */
  readonly failures: number;
}

interface Entry {
  photo: Photo;
  kept: KeptPhoto;
  cancel: AbortController | null;
  /** Rests until then after a failed try. */
  notBefore: number;
}

const atOnce = 2;

/** Pause before try number `failures + 1`: 1, 2, 4 … 30 s. */
export const restMs = (failures: number): number => Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));

/**
 * The photos of one form: made small, kept on the device, sent in the background two at a time, tried again until they are in.
 * Lives outside the components, so that the sending goes on while pages change.
 */
export class PhotoQueue {
  readonly #owner: string;
  #entries: Entry[] = [];
  #shown: readonly Photo[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #loaded: Promise<void>;

  constructor(owner: string) {
    this.#owner = owner;
    this.#loaded = this.#load();
    window.addEventListener('online', () => this.retry());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly photos = (): readonly Photo[] => this.#shown;

  /** Adds what was taken or chosen, in that order. */
  async add(files: readonly File[]): Promise<void> {
    await this.#loaded;
    const added = files.map((file, index): Entry => {
      const id = newId();
      const kept: KeptPhoto = { id, owner: this.#owner, blob: file, sent: false, at: Date.now() + index };
      return { photo: fresh(id, URL.createObjectURL(file), 'preparing'), kept, cancel: null, notBefore: 0 };
    });
    this.#entries.push(...added);
    this.#tell();
    // One after the other: two 12-megapixel pictures at once are too much for a cheap phone.
    for (const entry of added) {
      entry.kept = { ...entry.kept, blob: await shrinkPhoto(entry.kept.blob) };
      if (!this.#entries.includes(entry)) continue;
      if (entry.kept.blob.size > photoBytesLimit) {
        // The server would cut the line in the middle, which looks like a lost network.
        const refusal = kitWords[currentLocale()].photos.tooLarge(photoBytesLimit / 1024 / 1024);
        this.#change(entry, { state: 'refused', refusal });
        continue;
      }
      await keepPhoto(entry.kept);
      if (!this.#entries.includes(entry)) {
        await dropPhotos([entry.kept.id]);
        continue;
      }
      this.#change(entry, { state: 'waiting' });
      this.#pump();
    }
  }

  remove(id: string): void {
    this.#drop(this.#entries.filter(entry => entry.photo.id === id));
  }

  /** After the form was handed in. */
  clear(): void {
    this.#drop(this.#entries);
  }

  /** Tries what waits at once. */
  retry(): void {
    for (const entry of this.#entries) entry.notBefore = 0;
    this.#pump();
  }

  /** Sends everything again under the same ids: the server said that it does not have them. */
  sendAgain(): void {
    for (const entry of this.#entries)
      if (entry.photo.state === 'sent') this.#change(entry, { state: 'waiting', progress: 0 });
    this.#pump();
  }

  async #load(): Promise<void> {
    const found = await listKept(this.#owner);
    this.#entries = found.map(kept => ({
      kept,
      photo: fresh(kept.id, URL.createObjectURL(kept.blob), kept.sent ? 'sent' : 'waiting'),
      cancel: null,
      notBefore: 0,
    }));
    this.#tell();
    this.#pump();
  }

  #drop(entries: readonly Entry[]): void {
    for (const entry of entries) {
      entry.cancel?.abort();
      URL.revokeObjectURL(entry.photo.url);
    }
    this.#entries = this.#entries.filter(entry => !entries.includes(entry));
    this.#tell();
    void dropPhotos(entries.map(entry => entry.kept.id));
    this.#pump();
  }

  #pump(): void {
    const free = atOnce - this.#entries.filter(entry => entry.photo.state === 'sending').length;
    const ready = this.#entries.filter(({ photo, notBefore }) => photo.state === 'waiting' && notBefore <= Date.now());
    for (const entry of ready.slice(0, Math.max(0, free))) void this.#send(entry);
  }

  async #send(entry: Entry): Promise<void> {
    const cancel = new AbortController();
    entry.cancel = cancel;
    this.#change(entry, { state: 'sending', progress: 0 });
    try {
      await upload(uploadPhoto, {
        params: { id: entry.photo.id },
        file: entry.kept.blob,
        onProgress: progress => this.#change(entry, { progress }),
        signal: cancel.signal,
      });
      entry.kept = { ...entry.kept, sent: true };
      this.#change(entry, { state: 'sent', progress: 1, failures: 0 });
      if (this.#entries.includes(entry)) await keepPhoto(entry.kept);
    } catch (error) {
      if (!this.#entries.includes(entry)) return;
      const final = error instanceof Problem && error.status < 500 && error.status !== 429;
      if (final) this.#change(entry, { state: 'refused', refusal: error.message });
      else this.#rest(entry);
    }
    this.#pump();
  }

  #rest(entry: Entry): void {
    const failures = entry.photo.failures + 1;
    entry.notBefore = Date.now() + restMs(failures);
    this.#change(entry, { state: 'waiting', progress: 0, failures });
    setTimeout(() => this.#pump(), restMs(failures) + 10);
  }

  #change(entry: Entry, change: Partial<Photo>): void {
    entry.photo = { ...entry.photo, ...change };
    this.#tell();
  }

  #tell(): void {
    this.#shown = this.#entries.map(entry => entry.photo);
    for (const listener of this.#listeners) listener();
  }
}

const fresh = (id: string, url: string, state: Photo['state']): Photo => ({
  id,
  url,
  state,
  progress: state === 'sent' ? 1 : 0,
  refusal: null,
  failures: 0,
});

const queues = new Map<string, PhotoQueue>();

/** The one queue of an owner in this page. */
export function photoQueue(owner: string): PhotoQueue {
  const known = queues.get(owner);
  if (known !== undefined) return known;
  const queue = new PhotoQueue(owner);
  queues.set(owner, queue);
  return queue;
}
