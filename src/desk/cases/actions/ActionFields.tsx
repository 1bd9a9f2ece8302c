import { photosLimit } from '../../../contracts/intake.ts';
import { PhotoPicker } from '../../../browser/ui/photos/PhotoPicker.tsx';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { words } from '../../words/words.ts';
import { CategoryField } from './CategoryField.tsx';
import { CheckerField } from './CheckerField.tsx';
import { ConditionField } from './ConditionField.tsx';
import { NoteField } from './NoteField.tsx';
import { UnitField } from './UnitField.tsx';
import '../../style/photo-picker.css';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { Photo, PhotoQueue } from '../../../browser/ui/photos/photo-queue.ts';
import type { StaffAction } from '../panel/action-list.ts';
import type { DraftInHand } from '../panel/drafts.ts';

interface ActionFieldsProps {
  readonly detail: CaseDetail;
  readonly action: StaffAction;
  readonly inHand: DraftInHand;
  readonly photos: { readonly photos: readonly Photo[]; readonly queue: PhotoQueue };
}

/** Actions that may carry photos. */
const withPhotos: ReadonlySet<StaffAction> = new Set(['feed_back', 'check_pass', 'check_fail', 'remark']);
/** Actions at whose side it must be read what closing demands. */
const withClosing: ReadonlySet<StaffAction> = new Set(['feed_back', 'check_pass', 'check_fail', 'close']);

/** The fields of one action. */
export function ActionFields({ detail, action, inHand, photos }: ActionFieldsProps) {
  const t = useWords(words);
  const locale = useLocale();
  const { condition } = detail;
  return (
    <>
      {withClosing.has(action) && condition !== null && (
        <p className="must-be">
          <b>{t.act.mustBe}</b>
          {locale === 'zh' ? condition.closeZh : condition.closeEn}
        </p>
      )}
      {action === 'accept' && <CategoryField inHand={inHand} suggested={detail.categoryCode} optional />}
      {action === 'file' && (
        <>
          <CategoryField inHand={inHand} suggested={detail.categoryCode} optional={false} />
          <ConditionField inHand={inHand} />
        </>
      )}
      {action === 'dispatch' && <UnitField inHand={inHand} detail={detail} />}
      {action === 'send_check' && <CheckerField inHand={inHand} caseId={detail.id} />}
      <NoteField action={action} inHand={inHand} />
      {withPhotos.has(action) && (
        <div className="field">
          <span className="field-label">
            {action === 'feed_back' && detail.photoReason !== null ? t.act.photosNeeded : t.act.photos}
          </span>
          {action === 'feed_back' && detail.photoReason !== null && (
            <p className="field-why">{t.act.photoWhy(detail.photoReason[locale])}</p>
          )}
          <PhotoPicker photos={photos.photos} queue={photos.queue} most={photosLimit} />
        </div>
      )}
    </>
  );
}
