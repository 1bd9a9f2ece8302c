import { Alert, Button } from 'antd';
import { useEffect, useRef } from 'react';

import { Problem, failureText } from '../../../browser/api/call.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { usePhotos } from '../../../browser/ui/photos/use-photos.ts';
import { transitions } from '../../../domain/cases/transitions.ts';
import { useKeys } from '../../shell/use-keys.ts';
import { useOnline } from '../../shell/use-online.ts';
import { words } from '../../words/words.ts';
import { negative } from '../panel/action-list.ts';
import { photoOwner, useDraft } from '../panel/drafts.ts';
import { useAct } from '../panel/use-act.ts';
import { ActionFields } from './ActionFields.tsx';
import { bodyOf } from './action-body.ts';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { StaffAction } from '../panel/action-list.ts';

interface ActionFormProps {
  readonly detail: CaseDetail;
  readonly action: StaffAction;
  readonly onDone: () => void;
  /** Somebody was faster: what happened, in words. */
  readonly onLost: (words: string | null) => void;
}

/** One action being filled in. Whatever happens to the sending, what was typed stays until the action is done. */
export function ActionForm({ detail, action, onDone, onLost }: ActionFormProps) {
  const t = useWords(words);
  const locale = useLocale();
  const online = useOnline();
  const form = useRef<HTMLFormElement>(null);
  const inHand = useDraft(detail.id, action);
  const photos = usePhotos(photoOwner(detail.id, action));
  const act = useAct(detail.id);
  const filled = bodyOf({
    action,
    version: detail.version,
    draft: inHand.draft,
    attachments: photos.photos.filter(photo => photo.state === 'sent').map(photo => photo.id),
    photoNeeded: detail.photoReason !== null,
  });
  const uploading = photos.photos.some(photo => photo.state !== 'sent' && photo.state !== 'refused');
  const missing = uploading ? t.act.missing.uploading : 'missing' in filled ? t.act.missing[filled.missing] : null;
  const ready = missing === null && online && !act.isPending;

  const send = (): void => {
    if (!ready || 'missing' in filled) return;
    onLost(null);
    act.mutate(filled.body, {
      onSuccess: () => {
        inHand.clear();
        photos.queue.clear();
        onDone();
      },
      onError: error => {
        if (!(error instanceof Problem)) return;
        if (error.code === 'files.unknown_upload') photos.queue.sendAgain();
        if (error.code === 'cases.version_moved' || error.code === 'cases.action_not_possible') onLost(error.message);
      },
    });
  };
  useKeys({ Escape: onDone, 'Ctrl+Enter': send });
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>(
      '[data-first] input, [data-first] textarea, input, textarea',
    );
    first?.focus();
  }, []);
  const shownError = act.error instanceof Problem && act.error.code === 'cases.version_moved' ? null : act.error;
  return (
    <form
      ref={form}
      className="action-form"
      aria-label={transitions[action][locale]}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
      data-testid={`form-${action}`}
    >
      <h3>{transitions[action][locale]}</h3>
      <div className="action-fields">
        <ActionFields detail={detail} action={action} inHand={inHand} photos={photos} />
        {shownError !== null && (
          <Alert type="error" showIcon role="alert" title={failureText(shownError, t.act.unreachable)} />
        )}
      </div>
      <div className="form-buttons">
        <span className="form-missing" role="status">
          {online ? missing : t.act.offline}
        </span>
        <Button onClick={onDone} data-testid="cancel">
          {t.form.cancel}
        </Button>
        <Button
          type="primary"
          danger={negative.has(action)}
          htmlType="submit"
          disabled={!ready && !act.isPending}
          loading={act.isPending}
          data-testid="confirm"
        >
          {t.act.confirm(transitions[action][locale])}
          <kbd className="key">Ctrl ↵</kbd>
        </Button>
      </div>
    </form>
  );
}
