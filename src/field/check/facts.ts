import { can } from '../../domain/cases/transitions.ts';
import { instant } from '../../domain/kernel/time.ts';

import type { CaseDetail, StepView } from '../../contracts/cases.ts';
import type { Me } from '../../contracts/identity.ts';
import type { Refusal } from '../../domain/cases/transitions.ts';

/** Why this person may not check this case now (by the very rule the server applies), or null when they may. */
export function whyNotCheck(
  detail: CaseDetail,
  me: Me,
  now: number,
): { readonly refused: Refusal; readonly details: Readonly<Record<string, string | number>> } | null {
  const decision = can(
    'check_pass',
    {
      state: detail.state,
      urgency: detail.urgency,
      gridPath: detail.grid.map(({ id }) => id),
      leadUnitId: detail.leadUnitId,
      handlerIds: detail.handlerIds,
      checkerId: detail.checkerId,
      contestCount: detail.contestCount,
      closedAt: detail.closedAt === null ? null : instant(detail.closedAt),
      handleLimit: detail.handleLimit,
      photoReason: detail.photoReason?.zh ?? null,
    },
    { kind: 'account', accountId: me.accountId, name: me.name, grants: me.grants },
    instant(Math.round(now)),
  );
  if (decision === null) return null;
  return { refused: decision.refused, details: decision.details ?? {} };
}

/** What the unit last said it did. */
export function lastFeedback(detail: CaseDetail): StepView | null {
  let last: StepView | null = null;
  for (const step of detail.steps) if (step.action === 'feed_back') last = step;
  return last;
}

/**
 * Address that opens the phone's own map: `geo:` where the system has a chooser (高德, 百度, 腾讯), Apple's map on iPhones,
 * which know no `geo:`.
 */
export function mapAddress(
  at: { readonly lng: number; readonly lat: number },
  name: string,
  userAgent: string,
): string {
  const place = `${at.lat.toFixed(6)},${at.lng.toFixed(6)}`;
  const label = encodeURIComponent(name);
  return /iPhone|iPad|iPod/.test(userAgent)
    ? `https://maps.apple.com/?ll=${place}&q=${label}`
    : `geo:${place}?q=${place}(${label})`;
}
