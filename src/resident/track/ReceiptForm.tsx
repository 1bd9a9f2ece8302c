import { useId, useState } from 'react';

import { groupCaseNumber, parseCaseNumber } from '../../domain/cases/number.ts';
import { failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { serverNow } from '../../browser/time/server-clock.ts';
import { momentWords } from '../../browser/time/words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { kitWords } from '../../browser/ui/words/kit-words.ts';
import { forgetRemembered, rememberedHere } from '../done/receipts.ts';
import { residentWords } from '../words/words.ts';
import { countDigits, parsePasted, parseQueryCode } from './receipt-input.ts';

import type { ClipboardEvent, SubmitEvent } from 'react';
import type { Held } from './TrackPage.tsx';

interface ReceiptFormProps {
  readonly number: string;
  /** Why the last look ended. */
  readonly refusal: string | null;
  readonly onLook: (receipt: Held) => Promise<void>;
}

const grouped = (number: string): string => {
  const parsed = parseCaseNumber(number);
  return parsed === null ? number : groupCaseNumber(parsed);
};

/** Takes number and code however they are typed or pasted, and says in words what is wrong with them. */
export function ReceiptForm({ number: given, refusal, onLook }: ReceiptFormProps) {
  const words = useWords(residentWords);
  const unreachable = useWords(kitWords).unreachable;
  const [number, setNumber] = useState(() => grouped(given));
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(refusal);
  const id = useId();

  const parsedNumber = parseCaseNumber(number);
  const parsedCode = parseQueryCode(code);
  const digits = countDigits(number);
  const numberWrong =
    asked && parsedNumber === null ? (digits > 0 && digits < 22 ? words.numberShort(digits) : words.numberWrong) : null;
  const codeWrong = asked && parsedCode === null ? words.codeWrong : null;

  const look = (receipt: Held) => {
    setBusy(true);
    setFailure(null);
    onLook(receipt).catch((error: unknown) => {
      setBusy(false);
      setFailure(failureText(error, unreachable));
    });
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    setAsked(true);
    if (parsedNumber !== null && parsedCode !== null && !busy) look({ number: parsedNumber, code: parsedCode });
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = parsePasted(event.clipboardData.getData('text'));
    if (pasted === null) return;
    event.preventDefault();
    setNumber(groupCaseNumber(pasted.number));
    setCode(pasted.code);
  };

  return (
    <>
      <form className="card stack" onSubmit={onSubmit} noValidate>
        <p className="muted">{words.trackLead}</p>
        <div>
          <label className="label" htmlFor={`${id}n`}>
            {words.numberLabel}
          </label>
          <input
            id={`${id}n`}
            className="input jw-numbers"
            inputMode="numeric"
            autoComplete="off"
            maxLength={400}
            value={number}
            placeholder={words.numberHint}
            aria-invalid={numberWrong !== null}
            aria-describedby={`${id}ne`}
            onChange={event => setNumber(event.currentTarget.value)}
            onPaste={onPaste}
            onBlur={() => setNumber(grouped(number))}
          />
          <p id={`${id}ne`} className={`small ${numberWrong === null ? 'muted' : 'wrong'}`}>
            {numberWrong ?? words.pasteHint}
          </p>
        </div>
        <div>
          <label className="label" htmlFor={`${id}c`}>
            {words.codeLabel}
          </label>
          <input
            id={`${id}c`}
            className="input code-input jw-numbers"
            inputMode="numeric"
            autoComplete="off"
            maxLength={400}
            value={code}
            aria-invalid={codeWrong !== null}
            aria-describedby={`${id}ce`}
            onChange={event => setCode(event.currentTarget.value)}
            onPaste={onPaste}
          />
          <p id={`${id}ce`} className="small wrong">
            {codeWrong}
          </p>
        </div>
        {failure !== null && (
          <p className="notice notice-wrong" role="alert">
            <Icon name="alert" />
            <span>{failure}</span>
          </p>
        )}
        <button type="submit" className="button button-main button-wide" aria-disabled={busy}>
          {busy ? words.looking : words.look}
        </button>
      </form>
      <OnThisPhone onOpen={look} />
    </>
  );
}

function OnThisPhone({ onOpen }: { readonly onOpen: (receipt: Held) => void }) {
  const words = useWords(residentWords);
  const locale = useLocale();
  const [list, setList] = useState(rememberedHere);
  if (list.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="kept-title">
      <h2 id="kept-title">{words.onThisPhone}</h2>
      <ul className="kept">
        {list.map(entry => (
          <li key={entry.number}>
            <button type="button" className="kept-open" onClick={() => onOpen(entry)}>
              <strong>{entry.title === '' ? groupCaseNumber(entry.number) : entry.title}</strong>
              <span className="small muted">{momentWords(entry.at, serverNow(), locale)}</span>
            </button>
            <button
              type="button"
              className="kept-forget"
              aria-label={`${words.forgetIt} ${entry.title}`}
              onClick={() => setList(forgetRemembered(entry.number))}
            >
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
