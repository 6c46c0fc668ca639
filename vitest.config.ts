import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,hub,release,shared,renderer,scripts,evals}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    pool: 'forks',
    // Two even on two cores, where one would be taken: many tests wait for processes and disks.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['electron/privacy/watch-outbound-for-tests.ts'],
    globalSetup: ['hub/storage/database-global-setup-for-tests.ts'],
    // A pass at the second try is printed as such and is a bug; it must not cost a whole run of everything.
    retry: process.env['CI'] === undefined ? 0 : 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
