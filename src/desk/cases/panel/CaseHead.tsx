import { App, Button, Tooltip } from 'antd';

import { Icon } from '../../../browser/ui/Icon.tsx';
import { StatusPill } from '../../../browser/ui/StatusPill.tsx';
import { useWords } from '../../../browser/i18n/use-words.ts';
import { groupCaseNumber } from '../../../domain/cases/number.ts';
import { words } from '../../words/words.ts';
import { RepeatMark, UrgencyMark } from '../queue/RowMarks.tsx';
import { useTypeName } from '../queue/use-case-words.ts';

import type { CaseDetail } from '../../../contracts/cases.ts';

interface CaseHeadProps {
  readonly detail: CaseDetail;
  readonly onClose: () => void;
  /** On narrow screens the panel is a page and goes back to the list. */
  readonly asPage: boolean;
}

export function CaseHead({ detail, onClose, asPage }: CaseHeadProps) {
  const t = useWords(words);
  const typeName = useTypeName();
  const { message } = App.useApp();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(detail.number);
      void message.success(t.case.copied);
    } catch {
      // The clipboard is closed on plain http: the number stands there to be selected.
      void message.info(t.case.copyByHand);
    }
  };
  return (
    <header className="case-head">
      {asPage && (
        <Button type="text" className="case-back" onClick={onClose} aria-label={t.case.back} data-testid="case-back">
          <Icon name="back" />
        </Button>
      )}
      <div className="case-title">
        <h2>{typeName(detail)}</h2>
        <p className="case-number">
          <StatusPill state={detail.state} />
          <UrgencyMark urgency={detail.urgency} />
          <RepeatMark row={detail} />
          <span className="case-digits">
            <span className="jw-numbers" data-testid="case-number" data-number={detail.number}>
              {groupCaseNumber(detail.number)}
            </span>
            <Tooltip title={t.case.copy}>
              <button type="button" className="icon-button" onClick={() => void copy()} aria-label={t.case.copy}>
                <Icon name="copy" />
              </button>
            </Tooltip>
          </span>
        </p>
      </div>
      <Tooltip title={t.case.print}>
        <button type="button" className="icon-button" onClick={() => window.print()} aria-label={t.case.print}>
          <Icon name="print" />
        </button>
      </Tooltip>
      {!asPage && (
        <Tooltip title={t.case.close}>
          <button
            type="button"
            className="icon-button"
            onClick={onClose}
            aria-label={t.case.close}
            data-testid="case-close"
          >
            <Icon name="cross" />
          </button>
        </Tooltip>
      )}
    </header>
  );
}
