import { Button, Dropdown, Tooltip } from 'antd';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { useOnline } from '../../shell/use-online.ts';
import { transitions } from '../../../domain/cases/transitions.ts';
import { words } from '../../words/words.ts';
import { actionKeys, negative, reasonWords } from '../panel/action-list.ts';
import { ActionForm } from './ActionForm.tsx';

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
      {possible.length === 0 && why !== undefined && (
        <p className="actions-why" data-testid="actions-why">
          {reasonWords(why, detail.state, locale)}
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
                  <small>{reasonWords(offer, detail.state, locale)}</small>
                </span>
              ),
            })),
          }}
        >
          <Button type="text" className="actions-more" data-testid="actions-more">
            {t.act.more}
          </Button>
        </Dropdown>
      </div>
    </footer>
  );
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
