import { useState } from 'react';

import { useWords } from '../../browser/i18n/use-words.ts';
import { PlaceMap } from '../../browser/map/PlaceMap.tsx';
import { Icon } from '../../browser/ui/Icon.tsx';
import { residentWords } from '../words/words.ts';
import { PlaceCard } from './PlaceCard.tsx';
import { PlaceList } from './PlaceList.tsx';
import { gridOf, pointPlace } from './place.ts';
import { useFoundGrid } from './use-found-grid.ts';
import { usePosition } from './use-position.ts';

import type { Place } from './place.ts';
import type { TerritoryState } from '../../browser/map/use-territory.ts';

export interface PlaceSectionProps {
  readonly place: Place | null;
  readonly address: string;
  readonly territory: TerritoryState;
  readonly town: string;
  /** The map stands beside the form already. */
  readonly wide: boolean;
  readonly onPlace: (place: Place) => void;
  readonly onAddress: (address: string) => void;
}

type Way = 'map' | 'list' | null;

/** Where it is: three ways to say so, none of which needs another, and a landmark in words. */
export function PlaceSection(props: PlaceSectionProps) {
  const { place, address, territory, town, wide, onPlace, onAddress } = props;
  const words = useWords(residentWords);
  const [way, setWay] = useState<Way>(null);
  const [position, locateMe, stopLocating] = usePosition(fix => onPlace(pointPlace(fix.lng, fix.lat, fix.accuracy)));
  const lookupFailed = useFoundGrid(place, found => {
    if (place?.kind === 'point') onPlace({ ...place, found });
  });
  const choose = (next: Way) => {
    stopLocating();
    setWay(next === way ? null : next);
  };

  return (
    <>
      <div className="ways">
        <button
          type="button"
          className="button"
          aria-pressed={position.state === 'locating'}
          onClick={() => {
            setWay(wide ? null : 'map');
            locateMe();
          }}
        >
          <Icon name="target" />
          {words.useGps}
        </button>
        {!wide && (
          <button type="button" className="button" aria-expanded={way === 'map'} onClick={() => choose('map')}>
            <Icon name="map" />
            {words.useMap}
          </button>
        )}
        <button type="button" className="button" aria-expanded={way === 'list'} onClick={() => choose('list')}>
          <Icon name="list" />
          {words.useList}
        </button>
      </div>

      {position.state === 'locating' && (
        <p className="locating" role="status">
          {position.accuracy === null ? words.locating : words.locatingSo(position.accuracy)}
        </p>
      )}
      {position.state === 'failed' && (
        <p className="notice" role="status">
          <Icon name="target" />
          <span>
            {{ denied: words.gpsDenied, unavailable: words.gpsUnavailable, insecure: words.gpsInsecure }[position.why]}
          </span>
        </p>
      )}

      {way === 'map' && !wide && (
        <div className="place-map">
          <TerritoryMap {...props} />
        </div>
      )}
      {way === 'list' &&
        (territory.territory === null ? (
          <TerritoryWait territory={territory} />
        ) : (
          <PlaceList
            territory={territory.territory}
            gridId={gridOf(place)}
            onChoose={gridId => onPlace({ kind: 'grid', gridId, from: 'list' })}
          />
        ))}

      {place !== null && (
        <PlaceCard
          place={place}
          territory={territory.territory}
          town={town}
          lookupFailed={lookupFailed}
          onTakeNearest={() => {
            if (place.kind === 'point') onPlace({ ...place, takeNearest: true });
          }}
        />
      )}

      <label className="field">
        <span>
          {words.landmark} <span className="optional">{words.optionalFill}</span>
        </span>
        <input
          className="input"
          value={address}
          maxLength={200}
          placeholder={words.landmarkHint}
          onChange={event => onAddress(event.currentTarget.value)}
        />
      </label>
    </>
  );
}

/** The map, or that it is on its way. */
export function TerritoryMap({
  place,
  territory,
  onPlace,
}: Pick<PlaceSectionProps, 'place' | 'territory' | 'onPlace'>) {
  if (territory.territory === null) return <TerritoryWait territory={territory} />;
  return (
    <PlaceMap
      territory={territory.territory}
      pin={place?.kind === 'point' ? place : null}
      accuracy={place?.kind === 'point' ? place.accuracy : null}
      gridId={gridOf(place)}
      onPick={({ lng, lat }) => onPlace(pointPlace(lng, lat, null))}
    />
  );
}

function TerritoryWait({ territory }: { readonly territory: TerritoryState }) {
  const words = useWords(residentWords);
  if (!territory.failed) return <div className="skeleton territory-wait" />;
  return (
    <div className="notice notice-wrong" role="alert">
      <Icon name="offline" />
      <div>
        <p>{words.listFailed}</p>
        <button type="button" className="button" onClick={territory.retry}>
          {words.again}
        </button>
      </div>
    </div>
  );
}
