import { useEffect, useRef, useState } from 'react';

import { useWords } from '../i18n/use-words.ts';
import { Icon } from './Icon.tsx';
import { kitWords } from './words/kit-words.ts';

import type { KeyboardEvent, TouchEvent } from 'react';

export interface ShownPhoto {
  readonly url: string;
  readonly thumbUrl?: string;
  readonly alt?: string;
}

interface LightboxProps {
  readonly photos: readonly ShownPhoto[];
  readonly start: number;
  readonly onClose: () => void;
}

// A shorter stroke is a tap.
const swipe = 48;

/** Photos over the whole screen: buttons, arrow keys, swipe; Esc, the cross or a tap beside the picture close it. */
export function Lightbox({ photos, start, onClose }: LightboxProps) {
  const words = useWords(kitWords).photos;
  const close = useWords(kitWords).close;
  const dialog = useRef<HTMLDialogElement>(null);
  const [index, setIndex] = useState(start);
  const touchX = useRef<number | null>(null);
  const photo = photos[index];

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const move = (by: number) => setIndex(now => Math.min(photos.length - 1, Math.max(0, now + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') move(-1);
    if (event.key === 'ArrowRight') move(1);
  };
  const onTouchEnd = (event: TouchEvent) => {
    const from = touchX.current;
    const to = event.changedTouches[0]?.clientX;
    if (from !== null && to !== undefined && Math.abs(to - from) > swipe) move(to < from ? 1 : -1);
    touchX.current = null;
  };

  if (photo === undefined) return null;
  return (
    <dialog
      ref={dialog}
      className="jw-lightbox"
      aria-label={words.viewer}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onTouchStart={event => {
        touchX.current = event.touches[0]?.clientX ?? null;
      }}
      onTouchEnd={onTouchEnd}
      onClick={event => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <img src={photo.url} alt={photo.alt ?? words.alt(index + 1)} />
      <button type="button" className="jw-lightbox-close" aria-label={close} onClick={() => dialog.current?.close()}>
        <Icon name="cross" />
      </button>
      {photos.length > 1 && (
        <div className="jw-lightbox-bar">
          <button type="button" aria-label={words.previous} disabled={index === 0} onClick={() => move(-1)}>
            <Icon name="left" />
          </button>
          <span className="jw-numbers" aria-live="polite">
            {words.position(index + 1, photos.length)}
          </span>
          <button type="button" aria-label={words.next} disabled={index === photos.length - 1} onClick={() => move(1)}>
            <Icon name="right" />
          </button>
        </div>
      )}
    </dialog>
  );
}
