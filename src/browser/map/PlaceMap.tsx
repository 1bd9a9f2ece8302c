import { useEffect, useRef, useState } from 'react';

import { useLocale, useWords } from '../i18n/use-words.ts';
import { Icon } from '../ui/Icon.tsx';
import { kitWords } from '../ui/words/kit-words.ts';

import type { LngLat, PinMap, Territory } from './map-types.ts';

interface PlaceMapProps {
  readonly territory: Territory;
  readonly pin: LngLat | null;
  /** Metres, or null when the pin was put by hand. */
  readonly accuracy: number | null;
  readonly gridId: string | null;
  /** Absent: the map only shows. */
  readonly onPick?: (at: LngLat) => void;
}

/** The phones' map, loaded when it is first needed (45 KB). A list beside it must always offer the same. */
export function PlaceMap({ territory, pin, accuracy, gridId, onPick }: PlaceMapProps) {
  const locale = useLocale();
  const words = useWords(kitWords).map;
  const element = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<PinMap | null>(null);
  const [failed, setFailed] = useState(false);
  const pick = useRef(onPick);
  pick.current = onPick;
  const picks = onPick !== undefined;

  useEffect(() => {
    let opened: PinMap | null = null;
    let gone = false;
    import('./leaflet-place-map.ts').then(
      ({ openPinMap }) => {
        if (gone || element.current === null) return;
        opened = openPinMap(element.current, {
          territory,
          words: { ...words, label: picks ? words.pick : words.label },
          note: territory.note?.[locale] ?? null,
          ...(picks ? { onPick: (at: LngLat) => pick.current?.(at) } : {}),
        });
        setMap(opened);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      setMap(null);
      opened?.destroy();
    };
  }, [territory, words, locale, picks]);

  useEffect(() => {
    map?.highlight(gridId);
  }, [map, gridId]);

  // A pin that came from elsewhere (positioning, the list) is brought into view; one put here by hand is in view already.
  const own = useRef<LngLat | null>(null);
  const [lng, lat] = [pin?.lng ?? null, pin?.lat ?? null];
  useEffect(() => {
    if (map === null) return;
    const at = lng === null || lat === null ? null : { lng, lat };
    map.showPin(at, accuracy);
    if (at === null) map.frameGrid(gridId);
    else if (own.current?.lng !== at.lng || own.current.lat !== at.lat) map.framePoint(at);
  }, [map, lng, lat, accuracy, gridId]);
  const pickedHere = (at: LngLat) => {
    own.current = at;
    onPick?.(at);
  };
  pick.current = onPick === undefined ? undefined : pickedHere;

  return (
    <div className="jw-map">
      <div ref={element} className="jw-map-canvas" />
      {map === null && <p className="jw-map-note">{failed ? words.failed : words.loading}</p>}
      {map !== null && picks && (
        <button type="button" className="jw-map-centre" onClick={() => pickedHere(map.centre())}>
          <Icon name="pin" />
          {words.putHere}
        </button>
      )}
    </div>
  );
}
