import { Alert } from 'antd';
import { useEffect, useState } from 'react';

import { useWords } from '../../../browser/i18n/use-words.ts';
import { serverNow } from '../../../browser/time/server-clock.ts';
import { Problem } from '../../../browser/api/call.ts';
import { actorOf, may, useMe } from '../../identity/session.ts';
import { LoadFailure, Notice } from '../../shell/PageStates.tsx';
import { useDelayed } from '../../shell/use-delayed.ts';
import { useKeys } from '../../shell/use-keys.ts';
import { words } from '../../words/words.ts';
import { useCase } from '../use-case.ts';
import { ActionBar } from '../actions/ActionBar.tsx';
import { actionKeys, factsOf, offersFor } from './action-list.ts';
import { CaseClocks } from './CaseClocks.tsx';
import { CaseFacts } from './CaseFacts.tsx';
import { CaseHead } from './CaseHead.tsx';
import { CaseRecord } from './CaseRecord.tsx';
import { CaseReporter } from './CaseReporter.tsx';
import { CaseSheet } from './CaseSheet.tsx';
import { Photos } from './Photos.tsx';
import '../../style/panel.css';
import '../../style/panel-record.css';
import '../../style/panel-actions.css';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { KeyMap } from '../../shell/use-keys.ts';
import type { Offers, StaffAction } from './action-list.ts';

interface CasePanelProps {
  readonly caseId: string;
  readonly onClose: () => void;
  readonly onLocate?: (() => void) | undefined;
  readonly asPage: boolean;
}

/** One case: what it is, how much time is left, what happened, and what can be done now. */
export function CasePanel({ caseId, ...rest }: CasePanelProps) {
  const t = useWords(words);
  const { data, error, refetch, isPending } = useCase(caseId);
  const bones = useDelayed(isPending);
  useKeys({ Escape: rest.onClose });
  if (data !== undefined) return <LoadedPanel key={caseId} detail={data} {...rest} />;
  return (
    <article className="panel" aria-busy={isPending}>
      {bones && <PanelSkeleton />}
      {error instanceof Problem && error.code === 'platform.not_found' && (
        <Notice title={t.case.missing}>{t.case.missingHint}</Notice>
      )}
      {error !== null && !(error instanceof Problem && error.code === 'platform.not_found') && (
        <LoadFailure error={error} onRetry={() => void refetch()} />
      )}
    </article>
  );
}

type LoadedPanelProps = Omit<CasePanelProps, 'caseId'> & { readonly detail: CaseDetail };

function LoadedPanel({ detail, onClose, onLocate, asPage }: LoadedPanelProps) {
  const t = useWords(words);
  const me = useMe();
  const offers = offersFor(factsOf(detail), actorOf(me), serverNow());
  const [open, setOpen] = useState<StaffAction | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  // A form whose action the case has moved past would only be refused; what was typed stays in its draft.
  const possible = [...offers.next, offers.remark].some(offer => offer.action === open && offer.refused === null);
  useEffect(() => {
    if (open !== null && !possible) setOpen(null);
  }, [open, possible]);
  useKeys({ ...keysOf(offers, setOpen), ...(onLocate === undefined ? {} : { l: onLocate }) });
  return (
    <article className="panel" aria-label={t.case.panel} data-testid="case-panel" data-state={detail.state}>
      <CaseHead detail={detail} onClose={onClose} asPage={asPage} />
      <div className="panel-scroll" tabIndex={-1}>
        <CaseClocks detail={detail} />
        <section className="case-words">
          <p data-testid="case-words">{detail.words === '' ? t.case.noWords : detail.words}</p>
          <Photos photos={detail.attachments} />
        </section>
        <CaseFacts detail={detail} onLocate={onLocate} />
        <CaseReporter detail={detail} offer={offers.reveal} />
        <CaseRecord detail={detail} mayVerify={may(me, 'cases.verify_record')} />
      </div>
      {lost !== null && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          className="lost-race"
          title={lost}
          description={t.act.lostKept}
          closable={{ onClose: () => setLost(null) }}
          data-testid="lost-race"
        />
      )}
      <ActionBar detail={detail} offers={offers} open={possible ? open : null} onOpen={setOpen} onLost={setLost} />
      <CaseSheet detail={detail} me={me} />
    </article>
  );
}

/** Each possible action opens its form by its key. */
function keysOf(offers: Offers, open: (action: StaffAction) => void): KeyMap {
  const possible = [...offers.next, offers.remark].filter(offer => offer.refused === null);
  return Object.fromEntries(possible.map(({ action }) => [actionKeys[action], () => open(action)]));
}

function PanelSkeleton() {
  return (
    <div className="panel-skeleton">
      {['60%', '45%', '100%', '100%', '80%', '90%', '70%'].map((width, index) => (
        <i key={index} className="bone" style={{ width }} />
      ))}
    </div>
  );
}
