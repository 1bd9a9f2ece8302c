import { useState } from 'react';

import { keep, kept } from '../../browser/ui/keep.ts';

import type { PointerEvent } from 'react';

interface Width {
  readonly width: number;
  readonly set: (width: number) => void;
}

/** A width that a person chose, kept in this browser. */
export function useWidth(name: string, usual: number, least: number, most: number): Width {
  const key = `jingwei.desk.${name}`;
  const clamp = (width: number): number => Math.round(Math.min(most, Math.max(least, width)));
  const [width, setWidth] = useState(() => {
    const stored = Number(kept(key));
    return stored > 0 ? clamp(stored) : usual;
  });
  return {
    width,
    set: next => {
      setWidth(clamp(next));
      keep(key, String(clamp(next)));
    },
  };
}

interface ResizerProps extends Width {
  readonly label: string;
  readonly least: number;
  readonly most: number;
}

/** The edge between list and map: drag it, or move it by the arrow keys. */
export function Resizer({ width, set, label, least, most }: ResizerProps) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const { currentTarget, pointerId, clientX: from } = event;
    currentTarget.setPointerCapture(pointerId);
    const move = (moved: globalThis.PointerEvent): void => set(width + moved.clientX - from);
    const stop = (): void => {
      currentTarget.removeEventListener('pointermove', move);
      currentTarget.removeEventListener('pointerup', stop);
      currentTarget.removeEventListener('pointercancel', stop);
    };
    currentTarget.addEventListener('pointermove', move);
    currentTarget.addEventListener('pointerup', stop);
    currentTarget.addEventListener('pointercancel', stop);
  };
  return (
    <div
      className="resizer"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={event => {
        if (event.key === 'ArrowLeft') set(width - 16);
        if (event.key === 'ArrowRight') set(width + 16);
      }}
      data-testid="resizer"
    />
  );
}
