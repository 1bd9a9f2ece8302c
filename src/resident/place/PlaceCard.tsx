import { useWords } from '../../browser/i18n/use-words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { residentWords } from '../words/words.ts';
import { accuracyLevel, placeState } from './place.ts';
import { pathOf } from '../../browser/map/use-territory.ts';

import type { Territory } from '../../browser/map/map-types.ts';
import type { Place, PointPlace } from './place.ts';

interface PlaceCardProps {
  readonly place: Place;
  readonly territory: Territory | null;
  readonly town: string;
  readonly lookupFailed: boolean;
  readonly onTakeNearest: () => void;
}

/** The chosen place in words: the grid it lies in, how sure that is, or what to do when it lies outside. */
export function PlaceCard({ place, territory, town, lookupFailed, onTakeNearest }: PlaceCardProps) {
  const words = useWords(residentWords);
  const state = placeState(place);
  if (place.kind === 'point' && (state === 'outside-far' || state === 'outside-near'))
    return <Outside place={place} town={town} near={state === 'outside-near'} onTakeNearest={onTakeNearest} />;

  const names =
    place.kind === 'grid'
      ? territory === null
        ? []
        : pathOf(territory, place.gridId).map(({ name }) => name)
      : (place.found?.path ?? []);
  const last = names[names.length - 1];
  return (
    <div className="place-card" role="status">
      <Icon name="pin" />
      <div>
        {last === undefined ? (
          <p className="place-name">{lookupFailed ? words.findFailed : words.finding}</p>
        ) : (
          <>
            <p className="place-name">{last}</p>
            <p className="muted small">{names.slice(0, -1).join(' › ')}</p>
          </>
        )}
        <Source place={place} />
      </div>
    </div>
  );
}

function Source({ place }: { readonly place: Place }) {
  const words = useWords(residentWords);
  if (place.kind === 'grid')
    return <p className="small muted">{place.from === 'code' ? words.fromCode : words.chosenFromList}</p>;
  if (place.takeNearest)
    return <p className="small muted">{words.acceptedNearest(place.found?.path[place.found.path.length - 1] ?? '')}</p>;
  if (place.accuracy === null) return <p className="small muted">{words.pinned}</p>;
  const level = accuracyLevel(place.accuracy);
  const say = { good: words.accuracyGood, fair: words.accuracyFair, poor: words.accuracyPoor }[level];
  return <p className={`accuracy accuracy-${level}`}>{say(place.accuracy)}</p>;
}

interface OutsideProps {
  readonly place: PointPlace;
  readonly town: string;
  readonly near: boolean;
  readonly onTakeNearest: () => void;
}

function Outside({ place, town, near, onTakeNearest }: OutsideProps) {
  const words = useWords(residentWords);
  const nearest = place.found?.path[place.found.path.length - 1] ?? '';
  const distance = words.metres(Math.round(place.found?.metres ?? 0));
  return (
    <div className="notice notice-warn" role="status">
      <Icon name="alert" />
      <div>
        <p>{near ? words.outsideNear(distance, nearest) : words.outsideFar(town, distance)}</p>
        {near && (
          <button type="button" className="button" onClick={onTakeNearest}>
            {words.acceptNearest(nearest)}
          </button>
        )}
      </div>
    </div>
  );
}
