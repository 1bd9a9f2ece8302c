import './report.css';

import { useCallback, useEffect, useRef, useState } from 'react';

import { countCharacters } from '../../contracts/text.ts';
import { photosLimit, wordsLimit } from '../../contracts/intake.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { go } from '../../browser/ui/navigation.tsx';
import { PhotoPicker } from '../../browser/ui/photos/PhotoPicker.tsx';
import { usePhotos } from '../../browser/ui/photos/use-photos.ts';
import { useMedia } from '../../browser/ui/use-media.ts';
import { keepReceipt } from '../done/receipts.ts';
import { PlaceSection, TerritoryMap } from '../place/PlaceSection.tsx';
import { residentWords } from '../words/words.ts';
import { ContactSection } from './ContactSection.tsx';
import { missingOf } from './draft.ts';
import { KindButtons } from './KindButtons.tsx';
import { Section } from './Section.tsx';
import { SubmitBar } from './SubmitBar.tsx';
import { useDraft } from './use-draft.ts';
import { useSubmit } from './use-submit.ts';

import type { Place } from '../place/place.ts';
import type { TerritoryState } from '../../browser/map/use-territory.ts';
import type { Receipt } from './use-submit.ts';

interface ReportPageProps {
  readonly territory: TerritoryState;
  readonly town: string;
  /** From the QR code on the wall: the grid, and words for the place. */
  readonly codeGrid: string | null;
  readonly codePlace: string | null;
}

const photosOwner = 'report';

/** One page from a photo to a number. Nothing in it needs an account, a map or positioning. */
export function ReportPage({ territory, town, codeGrid, codePlace }: ReportPageProps) {
  const words = useWords(residentWords);
  const wide = useMedia('(min-width: 1000px)');
  const { draft, change, clear, restored } = useDraft();
  const { photos, queue } = usePhotos(photosOwner);
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // The code on the wall knows the place better than an old draft, unless that one was given by hand.
    if (codeGrid !== null && (draft.place === null || (draft.place.kind === 'grid' && draft.place.from === 'code')))
      change({ place: { kind: 'grid', gridId: codeGrid, from: 'code' } });
    if (codePlace !== null && draft.address === '') change({ address: codePlace.slice(0, 200) });
  }, [codeGrid, codePlace]);

  const onReceipt = useCallback(
    (receipt: Receipt, earlier: boolean) => {
      const title = Array.from(draft.words.trim()).slice(0, 24).join('');
      keepReceipt({ ...receipt, town, title, earlier });
      clear();
      queue.clear();
      go('/r/done', { replace: true });
    },
    [draft.words, town, clear, queue],
  );
  const onAttempt = useCallback((attempt: typeof draft.attempt) => change({ attempt }), [change]);
  const submission = useSubmit({ draft, photos, queue, onAttempt, onReceipt });
  const { state } = submission;
  const missing = missingOf(draft, photos.length);
  const locked = state.at !== 'writing';
  const onPlace = (place: Place) => change({ place });

  const onSubmit = () => {
    setAsked(true);
    if (missing[0] === undefined) {
      submission.submit();
      return;
    }
    const part = missing[0] === 'where' || missing[0] === 'nearest' ? 'where' : 'what';
    const section = form.current?.querySelector<HTMLElement>(`[data-part="${part}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('textarea, button')?.focus({ preventScroll: true });
  };

  const length = countCharacters(draft.words);
  return (
    <div className={wide ? 'report report-wide' : 'report'} ref={form}>
      <fieldset className="plain sections" disabled={locked}>
        {restored && !locked && (
          <StartAnew
            onClear={() => {
              clear();
              queue.clear();
              setAsked(false);
            }}
          />
        )}
        <Section
          number={1}
          id="what"
          title={words.what}
          wrong={asked && (missing.includes('what') || missing.includes('short'))}
        >
          <label className="field">
            <span>{words.wordsLabel}</span>
            <textarea
              className="input words"
              value={draft.words}
              placeholder={words.wordsHint}
              aria-describedby="words-count"
              aria-invalid={length > wordsLimit}
              onChange={event => change({ words: event.currentTarget.value })}
            />
          </label>
          <p id="words-count" className={`counter ${length > wordsLimit ? 'counter-over' : ''}`}>
            {length > wordsLimit ? words.wordsOver(length - wordsLimit) : words.wordsCount(length, wordsLimit)}
          </p>
          <div role="group" aria-labelledby="photos-label">
            <p className="label" id="photos-label">
              {words.photosLabel} <span className="optional">{words.photosHint(photosLimit)}</span>
            </p>
            <PhotoPicker photos={photos} queue={queue} most={photosLimit} locked={locked} />
          </div>
          <KindButtons chosen={draft.categoryCode} onChoose={categoryCode => change({ categoryCode })} />
        </Section>

        <Section
          number={2}
          id="where"
          title={words.where}
          wrong={asked && (missing.includes('where') || missing.includes('nearest'))}
        >
          <PlaceSection
            place={draft.place}
            address={draft.address}
            territory={territory}
            town={town}
            wide={wide}
            onPlace={onPlace}
            onAddress={address => change({ address })}
          />
        </Section>

        <Section number={3} id="who" title={words.who}>
          <ContactSection contact={draft} onChange={change} />
        </Section>
      </fieldset>

      {wide && (
        <aside className="beside-map card">
          <TerritoryMap place={draft.place} territory={territory} onPlace={onPlace} />
        </aside>
      )}
      <SubmitBar
        state={state}
        missing={missing}
        asked={asked}
        unsent={submission.unsent}
        refused={submission.refused}
        onSubmit={onSubmit}
        onRetry={submission.retry}
        onBack={submission.backToWriting}
      />
    </div>
  );
}

/** Says that an earlier draft came back, and clears it at the second tap. */
function StartAnew({ onClear }: { readonly onClear: () => void }) {
  const words = useWords(residentWords);
  const [sure, setSure] = useState(false);
  useEffect(() => {
    if (!sure) return undefined;
    const timer = setTimeout(() => setSure(false), 4000);
    return () => clearTimeout(timer);
  }, [sure]);
  return (
    <p className="restored" role="status">
      <span>{words.draftBack}</span>
      <button
        type="button"
        className="button button-plain"
        onClick={() => {
          if (sure) onClear();
          else setSure(true);
        }}
      >
        {sure ? words.sure : words.startAnew}
      </button>
    </p>
  );
}
