import type { StatusTone } from '../../domain/cases/states.ts';

/**
 * The colours of the states as values, for maps and charts that cannot read CSS. `tokens.css` holds the same (a test compares
 * them): text on tint stands at 7.1:1 to 8.8:1.
 */
export const tones = {
  waiting: { text: '#5B3F00', tint: '#FFF3D6' },
  dispatch: { text: '#7A3E00', tint: '#FFE9D6' },
  handling: { text: '#0B4F73', tint: '#DDF0FA' },
  checking: { text: '#4B3A8C', tint: '#ECE8FB' },
  closed: { text: '#14532D', tint: '#DFF3E5' },
  returned: { text: '#7A1F1F', tint: '#FBE4E2' },
  paused: { text: '#3D4A54', tint: '#E8EDF0' },
} as const satisfies Record<StatusTone, { text: string; tint: string }>;

export const overdueColor = '#B42318';
export const primaryColor = '#0B6E6E';
