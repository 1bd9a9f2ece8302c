import { useState } from 'react';

import { useWords } from '../../i18n/use-words.ts';
import { Lightbox } from '../Lightbox.tsx';
import { kitWords } from '../words/kit-words.ts';

import type { ShownPhoto } from '../Lightbox.tsx';

/** Thumbnails in a row; each opens the viewer. */
export function PhotoStrip({ photos, label }: { readonly photos: readonly ShownPhoto[]; readonly label?: string }) {
  const words = useWords(kitWords).photos;
  const [open, setOpen] = useState<number | null>(null);
  if (photos.length === 0) return null;
  return (
    <>
      <ul className="jw-strip" aria-label={label ?? words.viewer}>
        {photos.map((photo, index) => (
          <li key={photo.url}>
            <button type="button" aria-label={words.view(index + 1)} onClick={() => setOpen(index)}>
              <img src={photo.thumbUrl ?? photo.url} alt={photo.alt ?? words.alt(index + 1)} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Lightbox photos={photos} start={open} onClose={() => setOpen(null)} />}
    </>
  );
}
