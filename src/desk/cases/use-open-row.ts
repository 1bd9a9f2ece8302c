import { useQuery } from '@tanstack/react-query';

import { caseQuery } from './use-case.ts';

import type { CaseRow } from '../../contracts/cases.ts';
import type { LiveQueue } from './live-queue.ts';

/** The open case as a row, for the map: as the panel knows it, else as the list does. It may have left the list already. */
export function useOpenRow(caseId: string | undefined, queue: LiveQueue): CaseRow | undefined {
  const { data } = useQuery({ ...caseQuery(caseId ?? ''), enabled: false });
  if (caseId === undefined) return undefined;
  return data ?? queue.shown.find(item => item.row.id === caseId)?.row;
}
