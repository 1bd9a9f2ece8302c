import { useWords } from '../../browser/i18n/use-words.ts';
import { residentWords } from '../words/words.ts';
import { pathOf } from '../../browser/map/use-territory.ts';

import type { GridShape } from '../../contracts/grids.ts';
import type { Territory } from '../../browser/map/map-types.ts';

interface PlaceListProps {
  readonly territory: Territory;
  readonly gridId: string | null;
  readonly onChoose: (gridId: string) => void;
}

const collator = new Intl.Collator('zh-CN', { numeric: true });
const byName = (a: GridShape, b: GridShape): number => collator.compare(a.name, b.name);

/** Community, then courtyard: the place without map and without positioning. */
export function PlaceList({ territory, gridId, onChoose }: PlaceListProps) {
  const words = useWords(residentWords);
  const path = gridId === null ? [] : pathOf(territory, gridId);
  const community = path.find(({ level }) => level === 2) ?? null;
  const courtyard = path.find(({ level }) => level === 3) ?? null;
  const communities = territory.grids.filter(({ level }) => level === 2).sort(byName);
  const courtyards = territory.grids.filter(({ parentId }) => parentId === community?.id).sort(byName);

  return (
    <div className="place-list">
      <div>
        <label className="label" htmlFor="community">
          {words.community}
        </label>
        <select
          id="community"
          className="input"
          value={community?.id ?? ''}
          onChange={event => {
            if (event.currentTarget.value !== '') onChoose(event.currentTarget.value);
          }}
        >
          <option value="" disabled>
            {words.choosePlease}
          </option>
          {communities.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="label" htmlFor="courtyard">
          {words.courtyard}
        </label>
        <select
          id="courtyard"
          className="input"
          value={courtyard?.id ?? ''}
          disabled={community === null}
          onChange={event =>
            onChoose(event.currentTarget.value === '' ? (community?.id ?? '') : event.currentTarget.value)
          }
        >
          <option value="">{community === null ? words.choosePlease : words.wholeCommunity}</option>
          {courtyards.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
