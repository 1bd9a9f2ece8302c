import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';

import { noSchemas } from './no-schemas.ts';

import type { InlineConfig } from 'vite';

export const apps = ['desk', 'field', 'resident'] as const;
export type App = (typeof apps)[number];

/** Where each app is served; the desk takes every path that no other owns, so its files have a folder of their own name. */
const bases: Readonly<Record<App, string>> = { desk: '/', field: '/m/', resident: '/r/' };

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folder that holds an app's built files. */
export const builtFolder = (app: App): string => `${root}dist/${app}`;

// Phones run Preact under React's name (12 KB against 74 KB); the same sources build with React, too.
const preactForReact = {
  'react/jsx-runtime': 'preact/jsx-runtime',
  'react-dom/client': 'preact/compat/client',
  'react-dom': 'preact/compat',
  react: 'preact/compat',
};

/**
 * Vite's configuration for one app. Phones: Preact, ES2020 (WebView 87 and newer). Desk: React, Vite's default target
 * (evergreen browsers).
 */
export function appConfig(app: App): InlineConfig {
  const phone = app !== 'desk';
  return {
    configFile: false,
    root: `${root}src/${app}`,
    base: bases[app],
    publicDir: false,
    logLevel: 'warn',
    resolve: phone ? { alias: preactForReact } : {},
    plugins: phone ? [noSchemas(`${root}src/contracts`)] : [react()],
    ...(phone ? { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } : {}),
    build: {
      outDir: builtFolder(app),
      emptyOutDir: true,
      assetsDir: phone ? 'assets' : 'desk-assets',
      manifest: true,
      sourcemap: false,
      reportCompressedSize: false,
      // The map library alone is larger than Vite's default of 500 kB; tools/bundle-budget.ts is the real check.
      chunkSizeWarningLimit: 1500,
      ...(phone ? { target: 'es2020', cssTarget: 'chrome87' } : {}),
    },
  };
}
