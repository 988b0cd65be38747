import { defineConfig } from 'vitest/config';

/** WXT's build-time constants, as in a production build for Chrome. */
const define = {
  'import.meta.env.BROWSER': JSON.stringify('chrome'),
  'import.meta.env.CHROME': 'true',
  'import.meta.env.FIREFOX': 'false',
  'import.meta.env.MANIFEST_VERSION': '3',
};

export default defineConfig({
  define,
  test: {
    passWithNoTests: false,
    teardownTimeout: 20_000,
    projects: [
      {
        define,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          environment: 'node',
          setupFiles: ['test/seed.ts'],
          // Laws are long, and the browsers of `npm test` run beside them.
          testTimeout: 60_000,
        },
      },
      {
        define,
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          globalSetup: ['test/e2e/build.ts'],
          setupFiles: ['test/e2e/midnight.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
