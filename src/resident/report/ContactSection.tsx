import { useWords } from '../../browser/i18n/use-words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { residentWords } from '../words/words.ts';
import { looksLikePhone } from './draft.ts';

import type { Draft } from './draft.ts';

type Contact = Pick<Draft, 'anonymous' | 'name' | 'phone'>;

interface ContactSectionProps {
  readonly contact: Contact;
  readonly onChange: (change: Partial<Contact>) => void;
}

/** Anonymous unless the person wants otherwise, with what happens to the data said before it is given. */
export function ContactSection({ contact, onChange }: ContactSectionProps) {
  const words = useWords(residentWords);
  const odd = contact.phone.trim() !== '' && !looksLikePhone(contact.phone);
  return (
    <>
      <div className="choices" role="radiogroup" aria-labelledby="who-title">
        <Choice
          checked={contact.anonymous}
          title={words.anonymous}
          more={words.anonymousMore}
          onCheck={() => onChange({ anonymous: true })}
        />
        <Choice
          checked={!contact.anonymous}
          title={words.named}
          more={words.namedMore}
          onCheck={() => onChange({ anonymous: false })}
        />
      </div>
      {!contact.anonymous && (
        <div className="pair">
          <label className="field">
            <span>
              {words.name} <span className="optional">{words.optionalFill}</span>
            </span>
            <input
              className="input"
              autoComplete="name"
              maxLength={40}
              value={contact.name}
              placeholder={words.nameHint}
              onChange={event => onChange({ name: event.currentTarget.value })}
            />
          </label>
          <label className="field">
            <span>{words.phone}</span>
            <input
              className="input"
              type="tel"
              autoComplete="tel"
              maxLength={30}
              value={contact.phone}
              aria-describedby={odd ? 'phone-odd' : undefined}
              onChange={event => onChange({ phone: event.currentTarget.value })}
            />
          </label>
          {odd && (
            <p id="phone-odd" className="small hint-odd" role="status">
              {words.phoneOdd}
            </p>
          )}
        </div>
      )}
      <div className="privacy small muted">
        <p className="privacy-title">
          <Icon name="shield" />
          {words.privacyTitle}
        </p>
        {words.privacy.map(sentence => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly checked: boolean;
  readonly title: string;
  readonly more: string;
  readonly onCheck: () => void;
}

function Choice({ checked, title, more, onCheck }: ChoiceProps) {
  return (
    <label className="choice">
      <input type="radio" name="who" checked={checked} onChange={onCheck} />
      <span>
        <strong>{title}</strong>
        <span className="small muted">{more}</span>
      </span>
    </label>
  );
}
