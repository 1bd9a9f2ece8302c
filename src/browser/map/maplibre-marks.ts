/**
 * The pictures of a case on the map: the pill of its state as a disc with one character; overdue ones are filled red, urgent ones
 * wear a ring. Drawn once per look, at twice the size, so that they stay sharp on dense screens.
 */
import { states } from '../../domain/cases/states.ts';
import { overdueColor, primaryColor, tones } from '../ui/tones.ts';
import { mapFont } from './maplibre-style.ts';

import type { CaseState } from '../../domain/cases/states.ts';
import type { Locale } from '../i18n/locale.ts';

const ratio = 2;
const family = mapFont.map(name => (name === 'sans-serif' ? name : `"${name}"`)).join(',');

/** One character per state; the verb that is due, so that a mark reads like the queue's tab. */
export const markWords: Readonly<Record<CaseState, Readonly<Record<Locale, string>>>> = {
  reported: { zh: '受', en: 'A' },
  to_file: { zh: '立', en: 'F' },
  to_dispatch: { zh: '交', en: 'D' },
  to_sign: { zh: '签', en: 'S' },
  handling: { zh: '办', en: 'H' },
  fed_back: { zh: '核', en: 'C' },
  checking: { zh: '核', en: 'C' },
  to_close: { zh: '结', en: 'E' },
  closed: { zh: '完', en: '✓' },
  evaluated: { zh: '完', en: '✓' },
  rejected: { zh: '退', en: '×' },
};

export interface MarkLook {
  readonly state: CaseState;
  readonly late: boolean;
  readonly urgent: boolean;
  readonly locale: Locale;
}

export const markName = ({ state, late, urgent, locale }: MarkLook): string =>
  `mark|${state}|${late ? 'late' : 'calm'}|${urgent ? 'urgent' : 'plain'}|${locale}`;

const isState = (text: string | undefined): text is CaseState => text !== undefined && text in states;

/** The look that a mark's name stands for; null for another picture's name. */
export function lookOf(name: string): MarkLook | null {
  const [kind, state, late, urgent, locale] = name.split('|');
  if (kind !== 'mark' || !isState(state)) return null;
  return { state, late: late === 'late', urgent: urgent === 'urgent', locale: locale === 'en' ? 'en' : 'zh' };
}

function canvasOf(size: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = size * ratio;
  canvas.height = size * ratio;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  context.scale(ratio, ratio);
  return context;
}

function disc(context: CanvasRenderingContext2D, centre: number, radius: number): void {
  context.beginPath();
  context.arc(centre, centre, radius, 0, 2 * Math.PI);
}

/** The mark of a case, 36 × 36 CSS pixels. */
export function drawMark({ state, late, urgent, locale }: MarkLook): ImageData {
  const size = 36;
  const centre = size / 2;
  const context = canvasOf(size);
  const tone = tones[states[state].tone];
  if (urgent) {
    disc(context, centre, 15.5);
    context.strokeStyle = overdueColor;
    context.lineWidth = 2;
    context.stroke();
  }
  context.shadowColor = 'rgba(19,36,43,0.35)';
  context.shadowBlur = 3 * ratio;
  context.shadowOffsetY = ratio;
  disc(context, centre, 12);
  context.fillStyle = late ? overdueColor : tone.tint;
  context.fill();
  context.shadowColor = 'transparent';
  context.lineWidth = 1.8;
  context.strokeStyle = late ? '#ffffff' : tone.text;
  context.stroke();
  context.fillStyle = late ? '#ffffff' : tone.text;
  context.font = `700 ${locale === 'zh' ? 13 : 13.5}px ${family}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(markWords[state][locale], centre, centre + 0.8);
  return context.getImageData(0, 0, size * ratio, size * ratio);
}

/** The disc under a cluster's count, 40 × 40 CSS pixels; red-ringed when a case in it is overdue. */
export function drawCluster(late: boolean): ImageData {
  const size = 40;
  const centre = size / 2;
  const context = canvasOf(size);
  context.shadowColor = 'rgba(19,36,43,0.35)';
  context.shadowBlur = 3 * ratio;
  context.shadowOffsetY = ratio;
  disc(context, centre, 15);
  context.fillStyle = '#ffffff';
  context.fill();
  context.shadowColor = 'transparent';
  disc(context, centre, 12.5);
  context.fillStyle = primaryColor;
  context.fill();
  if (late) {
    disc(context, centre, 14.8);
    context.lineWidth = 2.6;
    context.strokeStyle = overdueColor;
    context.stroke();
  }
  return context.getImageData(0, 0, size * ratio, size * ratio);
}

/** The ring around the chosen case, 56 × 56 CSS pixels. */
export function drawRing(): ImageData {
  const size = 56;
  const centre = size / 2;
  const context = canvasOf(size);
  disc(context, centre, 24);
  context.fillStyle = 'rgba(11,110,110,0.16)';
  context.fill();
  context.lineWidth = 3;
  context.strokeStyle = primaryColor;
  context.stroke();
  return context.getImageData(0, 0, size * ratio, size * ratio);
}

export const markRatio = ratio;
