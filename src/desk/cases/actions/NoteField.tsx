import { Input } from 'antd';
import { useId } from 'react';

import { useWords } from '../../../browser/i18n/use-words.ts';
import { countCharacters } from '../../../contracts/text.ts';
import { words } from '../../words/words.ts';
import { needsNote, noteLimit } from './action-body.ts';

import type { StaffAction } from '../panel/action-list.ts';
import type { DraftInHand } from '../panel/drafts.ts';

/** The words beside an action, with the ready-made ones of everyday work. They go on the record. */
export function NoteField({ action, inHand }: { readonly action: StaffAction; readonly inHand: DraftInHand }) {
  const t = useWords(words);
  const id = useId();
  const note = inHand.draft.note ?? '';
  const length = countCharacters(note.trim());
  const ready = t.act.templates[action] ?? [];
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t.act.notes[action] ?? t.act.note}
        {!needsNote(action) && <span className="field-optional">{t.form.optional}</span>}
      </label>
      {ready.length > 0 && (
        <div className="templates">
          {ready.map(text => (
            <button
              key={text}
              type="button"
              onClick={() => inHand.change({ note: note === '' ? text : `${note}${text}` })}
            >
              {text}
            </button>
          ))}
        </div>
      )}
      <Input.TextArea
        id={id}
        value={note}
        onChange={event => inHand.change({ note: event.target.value })}
        autoSize={{ minRows: 2, maxRows: 6 }}
        status={length > noteLimit ? 'error' : ''}
        placeholder={t.act.placeholders[action] ?? t.act.placeholder}
        data-testid="note"
      />
      {length > noteLimit * 0.9 && (
        <p className="field-count jw-numbers">
          {length} / {noteLimit}
        </p>
      )}
    </div>
  );
}
