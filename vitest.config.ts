import { defineConfig } from 'vitest/config';

/** Three kinds of test, one runner: rules (no I/O), database (real PostgreSQL), journeys (real browser over the built product). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rules',
          include: ['src/**/*.test.ts', 'test/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          // No test is about time: on a busy machine a property takes a minute.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['src/**/*.db.test.ts', 'test/*.db.test.ts'],
          globalSetup: ['test/helpers/global-database.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/e2e/*.e2e.ts'],
          globalSetup: ['test/helpers/global-database.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
