import { Alert, Button, Input } from 'antd';
import { useEffect, useState } from 'react';

import { failureText } from '../../../browser/api/call.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { words } from '../../words/words.ts';
import { reasonWords } from './action-list.ts';
import { useDraft } from './drafts.ts';
import { useAct } from './use-act.ts';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { Offer } from './action-list.ts';

/** A contact is covered again after this long: a desk is looked at by others. */
const shownFor = 30_000;

interface Contact {
  readonly name: string | null;
  readonly phone: string | null;
}

/** Who reported: masked, or in full after a reason was given; the reason and the reader go on the record. */
export function CaseReporter({ detail, offer }: { readonly detail: CaseDetail; readonly offer: Offer }) {
  const t = useWords(words);
  const locale = useLocale();
  const [asking, setAsking] = useState(false);
  const [contact, setContact] = useState<Contact | null>(null);
  const { reporter } = detail;
  const hasContact = reporter.name !== null || reporter.phone !== null;
  useEffect(() => {
    if (contact === null) return undefined;
    const timer = setTimeout(() => setContact(null), shownFor);
    return () => clearTimeout(timer);
  }, [contact]);
  const shown = contact ?? reporter;
  return (
    <section className="reporter" aria-label={t.case.reporter}>
      <p className="reporter-line">
        <span className="reporter-label">{t.case.reporter}</span>
        {hasContact ? (
          <span className="reporter-who jw-numbers" data-testid="reporter">
            {[shown.name, shown.phone].filter(part => part !== null).join('  ')}
          </span>
        ) : (
          <span className="fact-none">{reporter.anonymous ? t.case.anonymous : t.case.noContact}</span>
        )}
        {hasContact && contact === null && !asking && (
          <button
            type="button"
            className="link-button"
            aria-disabled={offer.refused !== null}
            title={reasonWords(offer, detail.state, locale)}
            onClick={() => offer.refused === null && setAsking(true)}
            data-testid="reveal"
          >
            {t.case.reveal}
          </button>
        )}
        {contact !== null && <span className="reporter-note">{t.case.revealed}</span>}
      </p>
      {asking && (
        <RevealForm
          detail={detail}
          onCancel={() => setAsking(false)}
          onContact={given => {
            setAsking(false);
            setContact(given);
          }}
        />
      )}
    </section>
  );
}

interface RevealFormProps {
  readonly detail: CaseDetail;
  readonly onCancel: () => void;
  readonly onContact: (contact: Contact) => void;
}

function RevealForm({ detail, onCancel, onContact }: RevealFormProps) {
  const t = useWords(words);
  const { draft, change, clear } = useDraft(detail.id, 'reveal');
  const act = useAct(detail.id);
  const note = draft.note?.trim() ?? '';
  const send = (): void => {
    if (note === '' || act.isPending) return;
    act.mutate(
      { action: 'reveal', version: detail.version, note },
      {
        onSuccess: reply => {
          clear();
          if (reply.contact !== null) onContact(reply.contact);
        },
      },
    );
  };
  return (
    <form
      className="reveal-form"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor="reveal-note">{t.case.revealWhy}</label>
      <Input
        id="reveal-note"
        autoFocus
        value={draft.note ?? ''}
        maxLength={200}
        onChange={event => change({ note: event.target.value })}
        placeholder={t.case.revealPlaceholder}
        data-testid="reveal-note"
      />
      {act.error !== null && <Alert type="error" role="alert" title={failureText(act.error, t.states.unreachable)} />}
      <div className="form-buttons">
        <Button onClick={onCancel}>{t.form.cancel}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={note === ''}
          loading={act.isPending}
          data-testid="reveal-send"
        >
          {t.case.reveal}
        </Button>
      </div>
    </form>
  );
}
