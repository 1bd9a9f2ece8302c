import { useState } from 'react';

import { useWords } from '../../../browser/i18n/use-words.ts';
import { Lightbox } from '../../../browser/ui/Lightbox.tsx';
import { words } from '../../words/words.ts';

import type { AttachmentView } from '../../../contracts/cases.ts';

/** Thumbnails that open large. */
export function Photos({
  photos,
  small = false,
}: {
  readonly photos: readonly AttachmentView[];
  readonly small?: boolean;
}) {
  const t = useWords(words);
  const [open, setOpen] = useState<number | null>(null);
  if (photos.length === 0) return null;
  return (
    <>
      <ul className={small ? 'thumbs thumbs-small' : 'thumbs'}>
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <button type="button" onClick={() => setOpen(index)} aria-label={t.case.photo(index + 1)}>
              <img src={photo.thumbUrl} alt={t.case.photo(index + 1)} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Lightbox photos={photos} start={open} onClose={() => setOpen(null)} />}
    </>
  );
}
