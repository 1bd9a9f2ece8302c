import { Button, Dropdown, Tooltip } from 'antd';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { useOnline } from '../../shell/use-online.ts';
import { states } from '../../../domain/cases/states.ts';
import { transitions } from '../../../domain/cases/transitions.ts';
import { words } from '../../words/words.ts';
import { actionKeys, negative, reasonWords } from '../panel/action-list.ts';
import { ActionForm } from './ActionForm.tsx';

import type { Locale } from '../../../browser/i18n/locale.ts';
import type { CaseDetail } from '../../../contracts/cases.ts';
import type { Offer, Offers, StaffAction } from '../panel/action-list.ts';

interface ActionBarProps {
  readonly detail: CaseDetail;
  readonly offers: Offers;
  readonly open: StaffAction | null;
  readonly onOpen: (action: StaffAction | null) => void;
  /** Somebody was faster: what happened, in words. */
  readonly onLost: (words: string | null) => void;
}

/** What can be done now, the next step first; what cannot be done says why. */
export function ActionBar({ detail, offers, open, onOpen, onLost }: ActionBarProps) {
  const t = useWords(words);
  const locale = useLocale();
  const online = useOnline();
  const possible = offers.next.filter(offer => offer.refused === null);
  const why = offers.next[0];
  if (open !== null)
    return (
      <footer className="actions actions-open">
        <ActionForm
          key={`${detail.id}-${open}`}
          detail={detail}
          action={open}
          onDone={() => onOpen(null)}
          onLost={onLost}
        />
      </footer>
    );
  return (
    <footer className="actions" aria-label={t.act.title}>
      {possible.length === 0 && (
        <p className="actions-why" data-testid="actions-why">
          <span className="actions-turn">{turnWords(detail, t)}</span>
          {why !== undefined && <span>{reasonWords(why, detail.state, locale)}</span>}
        </p>
      )}
      {!online && <p className="actions-why">{t.act.offline}</p>}
      <div className="actions-row">
        {offers.next.map((offer, index) => (
          <ActionButton
            key={offer.action}
            offer={offer}
            detail={detail}
            primary={index === 0 && offer.refused === null}
            onOpen={onOpen}
          />
        ))}
        <ActionButton offer={offers.remark} detail={detail} primary={false} onOpen={onOpen} />
        <Dropdown
          trigger={['click']}
          placement="topRight"
          menu={{
            className: 'actions-others',
            items: offers.others.map(offer => ({
              key: offer.action,
              disabled: true,
              label: (
                <span>
                  {transitions[offer.action][locale]}
                  <small>{t.act.possibleIn(statesOf(offer.action, locale).join(t.comma))}</small>
                </span>
              ),
            })),
          }}
        >
          <Button
            type="text"
            className="actions-more"
            aria-label={t.act.more}
            title={t.act.more}
            data-testid="actions-more"
          >
            ···
          </Button>
        </Dropdown>
      </div>
    </footer>
  );
}

/** The states in which an action is possible at all. */
const statesOf = (action: StaffAction, locale: Locale): readonly string[] =>
  transitions[action].from.map(state => states[state][locale]);

/** Whose turn it is, for those whose turn it is not. */
function turnWords(detail: CaseDetail, t: typeof words.zh): string {
  const who = detail.state === 'checking' ? detail.checkerName : detail.leadUnitName;
  return t.act.turn[detail.state](who ?? (detail.state === 'checking' ? t.act.checkerTurn : t.act.unitTurn));
}

interface ActionButtonProps {
  readonly offer: Offer;
  readonly detail: CaseDetail;
  readonly primary: boolean;
  readonly onOpen: (action: StaffAction) => void;
}

/** Disabled ones stay reachable by keyboard (`aria-disabled`), so that their reason can be read. */
function ActionButton({ offer, detail, primary, onOpen }: ActionButtonProps) {
  const locale = useLocale();
  const { action, refused } = offer;
  const reason = reasonWords(offer, detail.state, locale);
  return (
    <Tooltip title={reason}>
      <Button
        type={primary ? 'primary' : 'default'}
        danger={negative.has(action) && refused === null}
        className={refused === null ? 'action' : 'action action-refused'}
        aria-disabled={refused !== null}
        aria-description={reason}
        onClick={() => {
          if (refused === null) onOpen(action);
        }}
        data-testid={`action-${action}`}
      >
        {transitions[action][locale]}
        {refused === null && <kbd className="key">{actionKeys[action]}</kbd>}
      </Button>
    </Tooltip>
  );
}
