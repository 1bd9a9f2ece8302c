import './track.css';

import { useCallback, useState } from 'react';

import { readProgress } from '../../contracts/intake.ts';
import { parseCaseNumber } from '../../domain/cases/number.ts';
import { call, Problem } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { PageTitle } from '../../browser/ui/navigation.tsx';
import { lastReceipt, rememberedHere } from '../done/receipts.ts';
import { residentWords } from '../words/words.ts';
import { Following } from './Following.tsx';
import { ReceiptForm } from './ReceiptForm.tsx';

import type { Progress } from '../../contracts/intake.ts';

export interface Held {
  readonly number: string;
  readonly code: string;
}

/** The code for a number, when this tab just got it or this phone was asked to remember it. */
function heldFor(number: string | null): Held | null {
  const parsed = number === null ? null : parseCaseNumber(number);
  if (parsed === null) return null;
  const last = lastReceipt();
  if (last?.number === parsed) return { number: parsed, code: last.queryCode };
  const kept = rememberedHere().find(entry => entry.number === parsed);
  return kept === undefined ? null : { number: parsed, code: kept.code };
}

/** Number and code, then how far the report is. */
export function TrackPage({ number }: { readonly number: string | null }) {
  const words = useWords(residentWords);
  const [held, setHeld] = useState<Held | null>(() => heldFor(number));
  const [first, setFirst] = useState<Progress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  /** Throws what the form shows. */
  const look = useCallback(async (receipt: Held) => {
    const progress = await call(readProgress, { body: { number: receipt.number, queryCode: receipt.code } });
    setFirst(progress);
    setRefusal(null);
    setHeld(receipt);
  }, []);
  const leave = useCallback((error: unknown) => {
    setHeld(null);
    setFirst(null);
    setRefusal(error instanceof Problem ? error.message : null);
  }, []);

  return (
    <div className="track narrow">
      <PageTitle title={words.titleTrack} className="page-title">
        {words.titleTrack}
      </PageTitle>
      {held === null ? (
        <ReceiptForm number={number ?? ''} refusal={refusal} onLook={look} />
      ) : (
        <Following key={held.number} held={held} first={first} onLeave={leave} />
      )}
    </div>
  );
}
