import { useRef, useState } from 'react';

import { useWords } from '../../i18n/use-words.ts';
import { Icon } from '../Icon.tsx';
import { Lightbox } from '../Lightbox.tsx';
import { useMedia } from '../use-media.ts';
import { kitWords } from '../words/kit-words.ts';

import type { ChangeEvent, RefObject } from 'react';
import type { Photo, PhotoQueue } from './photo-queue.ts';

interface PhotoPickerProps {
  readonly photos: readonly Photo[];
  readonly queue: PhotoQueue;
  readonly most: number;
  readonly locked?: boolean;
}

/** Takes and chooses photos; each shows how far it is, can be seen large, removed, and sent again. */
export function PhotoPicker({ photos, queue, most, locked = false }: PhotoPickerProps) {
  const words = useWords(kitWords).photos;
  const touch = useMedia('(any-pointer: coarse)') || navigator.maxTouchPoints > 0;
  const camera = useRef<HTMLInputElement>(null);
  const album = useRef<HTMLInputElement>(null);
  const [dropped, setDropped] = useState(0);
  const [open, setOpen] = useState<number | null>(null);
  const room = most - photos.length;

  const onPick = (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const files = [...(input.files ?? [])];
    // Without this, choosing the same photo again fires no change.
    input.value = '';
    setDropped(Math.max(0, files.length - room));
    if (room > 0) void queue.add(files.slice(0, room));
  };
  const pick = (input: RefObject<HTMLInputElement | null>) => () => input.current?.click();

  return (
    <div className="jw-photos">
      <ul>
        {photos.map((photo, index) => (
          <PhotoTile
            key={photo.id}
            photo={photo}
            number={index + 1}
            onView={() => setOpen(index)}
            onRemove={locked ? null : () => queue.remove(photo.id)}
            onRetry={() => queue.retry()}
          />
        ))}
        {room > 0 && !locked && (
          <li className="jw-photo-add">
            {touch && (
              <button type="button" onClick={pick(camera)}>
                <Icon name="camera" />
                {words.take}
              </button>
            )}
            <button type="button" onClick={pick(album)}>
              <Icon name="album" />
              {touch ? words.choose : words.chooseOnly}
            </button>
          </li>
        )}
      </ul>
      <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={onPick} />
      <input ref={album} type="file" accept="image/*" multiple hidden onChange={onPick} data-testid="album" />
      <p className="jw-photos-note" role="status">
        {dropped > 0 ? words.dropped(dropped, most) : room <= 0 ? words.full(most) : ''}
      </p>
      {photos.map(
        (photo, index) =>
          photo.refusal !== null && (
            <p key={photo.id} className="jw-photos-refused" role="alert">
              {words.refusedWhy(index + 1, photo.refusal)}
            </p>
          ),
      )}
      {open !== null && <Lightbox photos={photos} start={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface PhotoTileProps {
  readonly photo: Photo;
  readonly number: number;
  readonly onView: () => void;
  readonly onRemove: (() => void) | null;
  readonly onRetry: () => void;
}

function PhotoTile({ photo, number, onView, onRemove, onRetry }: PhotoTileProps) {
  const words = useWords(kitWords).photos;
  const [broken, setBroken] = useState(false);
  const percent = Math.round(photo.progress * 100);
  const resting = photo.state === 'waiting' && photo.failures > 0;
  const state = {
    preparing: words.preparing,
    waiting: resting ? words.resting : words.waiting,
    sending: words.sending(percent),
    sent: words.sent,
    refused: words.refused,
  }[photo.state];
  return (
    <li className={`jw-photo jw-photo-${resting ? 'resting' : photo.state}`}>
      <button type="button" className="jw-photo-view" aria-label={words.view(number)} onClick={onView}>
        {broken ? (
          <span className="jw-photo-broken">
            <Icon name="alert" />
          </span>
        ) : (
          <img src={photo.url} alt={words.alt(number)} onError={() => setBroken(true)} />
        )}
      </button>
      <span className="jw-photo-state">
        {photo.state === 'sent' && <Icon name="check" />}
        {state}
      </span>
      {photo.state === 'sending' && <progress max={100} value={percent} aria-label={words.sending(percent)} />}
      {resting && (
        <button type="button" className="jw-photo-retry" aria-label={words.retryNow} onClick={onRetry}>
          <Icon name="refresh" />
        </button>
      )}
      {onRemove !== null && (
        <button type="button" className="jw-photo-remove" aria-label={words.remove(number)} onClick={onRemove}>
          <Icon name="cross" />
        </button>
      )}
    </li>
  );
}
