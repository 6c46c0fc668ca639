import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,hub,release,shared,renderer,scripts,evals}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    pool: 'forks',
    globalSetup: ['hub/storage/postgres-global-setup-for-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
