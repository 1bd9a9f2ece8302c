import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { overdueColor, primaryColor, tones } from './tones.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').toUpperCase();

it('the style sheet holds the same colours as the values for maps', () => {
  for (const [tone, { text, tint }] of Object.entries(tones)) {
    expect(css).toContain(`--JW-${tone.toUpperCase()}: ${text}`);
    expect(css).toContain(`--JW-${tone.toUpperCase()}-TINT: ${tint}`);
  }
  expect(css).toContain(`--JW-OVERDUE: ${overdueColor}`);
  expect(css).toContain(`--JW-PRIMARY: ${primaryColor}`);
});

const luminance = (hex: string): number => {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
};

it.each(Object.entries(tones))('the words of %s stand at 7:1 or more on their tint', (_tone, { text, tint }) => {
  const [dark, light] = [luminance(text), luminance(tint)].sort((a, b) => a - b) as [number, number];
  expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(7);
});
