import { useEffect, useRef, useSyncExternalStore } from 'react';

import { keep, kept } from '../../browser/ui/keep.ts';

/**
 * Single keys as verbs. They never act while something is being typed, while a dialog is open, or once switched off (WCAG 2.1.4);
 * keys with Ctrl or ⌘ and Escape always act.
 */
export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

const storageKey = 'jingwei.desk.single-keys';
const listeners = new Set<() => void>();
let enabled = kept(storageKey) !== 'off';

export function setSingleKeys(on: boolean): void {
  enabled = on;
  keep(storageKey, on ? 'on' : 'off');
  for (const tell of listeners) tell();
}

export const useSingleKeys = (): boolean =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => enabled,
  );

const typingSelector =
  'input:not([type=radio]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable=true]';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(typingSelector) !== null;
const inDialog = (): boolean =>
  document.querySelector('dialog[open], .ant-modal-wrap:not([style*="display: none"])') !== null;

const controls = 'button, a, input, summary, [role=radio], [role=button], [role=separator]';

/** Keys that a focused control uses itself: a button its Enter, a radio group and a scrolling panel their arrows. */
const isControlKey = ({ key, target }: KeyboardEvent): boolean => {
  if (!(target instanceof Element)) return false;
  if (key === 'Enter' || key === ' ') return target.closest(controls) !== null;
  return key.startsWith('Arrow') && target.closest(`${controls}, .panel`) !== null;
};

/** The name of a key press: `a`, `?`, `Escape`, `Ctrl+Enter`. */
function nameOf(event: KeyboardEvent): string {
  return event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key;
}

// Who mounted last is asked first: a form's Escape comes before its panel's.
const bound: { readonly current: KeyMap }[] = [];

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing || inDialog()) return;
  const name = nameOf(event);
  const single = name !== 'Escape' && !name.startsWith('Ctrl+');
  if (single && (!enabled || isTyping(event.target) || isControlKey(event))) return;
  const act = bound.findLast(map => map.current[name] !== undefined)?.current[name];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

/** Keys with Ctrl come before the focused field sees them: a select would take Ctrl+Enter for Enter. */
function onKeyFirst(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey) return;
  onKey(event);
  if (event.defaultPrevented) event.stopPropagation();
}

/** Binds keys while the component is mounted; the latest map counts. */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (bound.length === 0) {
      window.addEventListener('keydown', onKey);
      window.addEventListener('keydown', onKeyFirst, true);
    }
    bound.push(latest);
    return () => {
      bound.splice(bound.indexOf(latest), 1);
      if (bound.length > 0) return;
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('keydown', onKeyFirst, true);
    };
  }, []);
}
