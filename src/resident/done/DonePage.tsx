import './receipt.css';

import { lazy, Suspense, useState } from 'react';

import { groupCaseNumber } from '../../domain/cases/number.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { dayAndTime, fullMoment } from '../../browser/time/words.ts';
import { useNow } from '../../browser/time/use-now.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { go, Link, PageTitle } from '../../browser/ui/navigation.tsx';
import { residentWords } from '../words/words.ts';
import { lastReceipt, remember } from './receipts.ts';

import type { Receipt } from './receipts.ts';

const QrCode = lazy(() => import('./QrCode.tsx').then(({ QrCode: component }) => ({ default: component })));

/** The number, and the code that is told once. */
export function DonePage() {
  const words = useWords(residentWords);
  const receipt = lastReceipt();
  if (receipt === null)
    return (
      <div className="card narrow stack">
        <PageTitle title={words.titleDone}>{words.lostReceipt}</PageTitle>
        <div className="pair">
          <Link href="/r/track" className="button">
            {words.tabTrack}
          </Link>
          <Link href="/r/" className="button button-main">
            {words.tabReport}
          </Link>
        </div>
      </div>
    );
  return <ReceiptCard receipt={receipt} />;
}

const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

function ReceiptCard({ receipt }: { readonly receipt: Receipt }) {
  const words = useWords(residentWords);
  const locale = useLocale();
  const now = useNow();
  const address = `${location.origin}/r/track?n=${receipt.number}`;
  const number = groupCaseNumber(receipt.number);
  return (
    <div className="done narrow">
      <div className="done-head">
        <span className="done-mark">
          <Icon name="check" />
        </span>
        <PageTitle title={words.titleDone}>{words.thanks}</PageTitle>
        <p>
          {words.goesTo}
          <br />
          {receipt.acceptDueAt === null
            ? words.nextPlain.received
            : words.answerBy(dayAndTime(receipt.acceptDueAt, now, locale))}
        </p>
      </div>
      {receipt.earlier && (
        <p className="notice notice-warn" role="status">
          <Icon name="alert" />
          <span>{words.earlier}</span>
        </p>
      )}
      <section className="card receipt" aria-label={words.receiptTitle(receipt.town)}>
        <p className="print-only receipt-town">{words.receiptTitle(receipt.town)}</p>
        <dl>
          <div>
            <dt>{words.number}</dt>
            <dd className="receipt-number jw-numbers">
              {number.split(' ').map(group => (
                <span key={group}>{group} </span>
              ))}
            </dd>
          </div>
          <div>
            <dt>{words.code}</dt>
            <dd className="receipt-code jw-numbers" data-code={receipt.queryCode}>
              {spaced(receipt.queryCode)}
            </dd>
          </div>
          <div>
            <dt>{words.place}</dt>
            <dd>{receipt.gridName}</dd>
          </div>
        </dl>
        <p className="notice notice-warn no-print">
          <Icon name="keep" />
          <span>{words.codeOnce}</span>
        </p>
        <p className="small muted print-only">
          {words.receivedAt}：{fullMoment(receipt.reportedAt, locale)}
        </p>
        <Suspense fallback={<div className="qr-wait" />}>
          <figure className="receipt-qr">
            <QrCode text={address} label={words.qr} />
            <figcaption className="small muted">{words.qr}</figcaption>
          </figure>
        </Suspense>
        <Keeping receipt={receipt} text={words.receiptText(number, spaced(receipt.queryCode), address)} />
      </section>
      <div className="pair no-print">
        <Link href="/r/" className="button">
          {words.another}
        </Link>
        <button type="button" className="button button-main" onClick={() => go(`/r/track?n=${receipt.number}`)}>
          {words.see}
        </button>
      </div>
    </div>
  );
}

/** Ways not to lose the code. */
function Keeping({ receipt, text }: { readonly receipt: Receipt; readonly text: string }) {
  const words = useWords(residentWords);
  const [said, setSaid] = useState<string | null>(null);
  const canShare = 'share' in navigator;
  const copy = () => {
    // The clipboard is missing where the page is not served over https.
    const copying =
      'clipboard' in navigator ? navigator.clipboard.writeText(text) : Promise.reject(new Error('clipboard'));
    copying.then(
      () => setSaid(words.copied),
      () => setSaid(words.copyFailed),
    );
  };
  return (
    <div className="keeping no-print">
      <button type="button" className="button" onClick={copy}>
        <Icon name="copy" />
        {words.copy}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => {
          const entry = {
            number: receipt.number,
            code: receipt.queryCode,
            title: receipt.title,
            at: receipt.reportedAt,
          };
          setSaid(remember(entry) ? words.remembered : words.copyFailed);
        }}
      >
        <Icon name="keep" />
        {words.remember}
      </button>
      {canShare && (
        <button
          type="button"
          className="button"
          onClick={() => {
            // Closing the sheet is not a fault.
            navigator.share({ text }).catch(() => undefined);
          }}
        >
          <Icon name="share" />
          {words.share}
        </button>
      )}
      <button type="button" className="button" onClick={() => window.print()}>
        <Icon name="print" />
        {words.print}
      </button>
      <p className="small muted keeping-said" role="status">
        {said ?? words.rememberWarn}
      </p>
    </div>
  );
}
