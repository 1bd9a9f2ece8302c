import { groupCaseNumber } from '../../domain/cases/number.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { PlaceMap } from '../../browser/map/PlaceMap.tsx';
import { useTerritory } from '../../browser/map/use-territory.ts';
import { momentWords } from '../../browser/time/words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { PageTitle } from '../../browser/ui/navigation.tsx';
import { PhotoStrip } from '../../browser/ui/photos/PhotoStrip.tsx';
import { StatusPill } from '../../browser/ui/StatusPill.tsx';
import { TimeLeft } from '../../browser/ui/TimeLeft.tsx';
import { fieldWords } from '../words/words.ts';
import { lastFeedback, mapAddress } from './facts.ts';

import type { CaseDetail } from '../../contracts/cases.ts';

/** All that the checker needs to know before looking. */
export function CaseFacts({ detail, now }: { readonly detail: CaseDetail; readonly now: number }) {
  const words = useWords(fieldWords);
  const locale = useLocale();
  const feedback = lastFeedback(detail);
  return (
    <>
      <section className="card stack">
        <div className="check-head">
          <StatusPill state={detail.state} />
          {detail.clock !== null && <TimeLeft clock={detail.clock} now={now} />}
        </div>
        <PageTitle title={words.titleCheck} className="check-title">
          {detail.title === '' ? words.noWords : detail.title}
        </PageTitle>
        {detail.words !== detail.title && detail.words !== '' && <p className="said-plain">{detail.words}</p>}
        <Photos title={words.beforePhotos} photos={detail.attachments} />
        <p className="muted small jw-numbers">
          {words.reportedAt} {momentWords(detail.reportedAt, now, locale)}
          <br />
          {words.number} {groupCaseNumber(detail.number)}
        </p>
      </section>

      <section className="card stack" aria-labelledby="unit-title">
        <h2 id="unit-title">{words.unitSays(feedback?.unitName ?? detail.leadUnitName ?? words.someUnit)}</h2>
        {feedback === null ? (
          <p className="muted">{words.unitSaysNothing}</p>
        ) : (
          <>
            {feedback.note !== null && <p className="said">{feedback.note}</p>}
            <Photos title={words.afterPhotos} photos={feedback.attachments} />
            <p className="muted small">{momentWords(feedback.at, now, locale)}</p>
          </>
        )}
        {detail.condition !== null && (
          <div className="condition">
            <p className="label">{words.condition}</p>
            <p>{locale === 'zh' ? detail.condition.closeZh : detail.condition.closeEn}</p>
          </div>
        )}
      </section>

      <Where detail={detail} />
    </>
  );
}

function Photos({ title, photos }: { readonly title: string; readonly photos: CaseDetail['attachments'] }) {
  const words = useWords(fieldWords);
  return (
    <div>
      <p className="label">
        {title}
        {photos.length === 0 && <span className="optional"> {words.noPhotos}</span>}
      </p>
      <PhotoStrip photos={photos} label={title} />
    </div>
  );
}

function Where({ detail }: { readonly detail: CaseDetail }) {
  const words = useWords(fieldWords);
  const { territory } = useTerritory();
  const { lng, lat } = detail;
  const at = lng === null || lat === null ? null : { lng, lat };
  const place = [...detail.grid.slice(1).map(({ name }) => name), detail.address].filter(part => part !== '').join(' ');
  return (
    <section className="card stack" aria-labelledby="where-title">
      <h2 id="where-title">{words.where}</h2>
      <p className="line">
        <Icon name="pin" />
        {place}
      </p>
      <div className="check-map">
        {territory !== null && (
          <PlaceMap
            territory={territory}
            pin={at}
            accuracy={null}
            gridId={detail.grid[detail.grid.length - 1]?.id ?? null}
          />
        )}
      </div>
      {at === null ? (
        <p className="muted">{words.noPoint}</p>
      ) : (
        <a className="button" href={mapAddress(at, place, navigator.userAgent)}>
          <Icon name="route" />
          {words.navigate}
        </a>
      )}
    </section>
  );
}
