import { defineConfig } from '@playwright/test';

/**
 * Real Electron, in the rep's words. Each test file starts its own app on its own data folder.
 * A packaged app is tested when `CUECARD_PACKAGED_APP` names its executable.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  // One app computes on two cores; more at once only wait for each other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // As in vitest.config.ts: a pass at the second try is printed as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
