import { useEffect, useRef, useState } from 'react';

import { useKeys } from '../../shell/use-keys.ts';
import { neighbour } from '../live-queue.ts';

import type { CaseRow } from '../../../contracts/cases.ts';
import type { ShownRow } from '../live-queue.ts';

interface CursorInput {
  readonly shown: readonly ShownRow[];
  readonly openId: string | undefined;
  readonly onOpen: (row: CaseRow) => void;
}

/** The keyboard's place in the list: `j`/`k` move it, `Enter` opens; while a case is open, moving opens the next one. */
export function useCursor({ shown, openId, onOpen }: CursorInput): string | undefined {
  const [cursorId, setCursorId] = useState(openId);
  const lastIndex = useRef(0);
  useEffect(() => {
    if (openId !== undefined) setCursorId(openId);
  }, [openId]);
  const index = shown.findIndex(item => item.row.id === cursorId);
  useEffect(() => {
    if (index >= 0) lastIndex.current = index;
  }, [index]);
  const move = (step: 1 | -1): void => {
    const row = neighbour(shown, cursorId, lastIndex.current, step);
    if (row === undefined) return;
    setCursorId(row.id);
    if (openId !== undefined) onOpen(row);
  };
  const open = (): void => {
    const row = shown.find(item => item.row.id === cursorId)?.row;
    if (row !== undefined) onOpen(row);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: open,
  });
  return cursorId;
}
