import { readFile } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * How many tests of one part passed and failed.
 *
 * A part without a report is one test. A report that is missing, unreadable or says that all is well although the tool
 * failed (a crash, an error outside any test) adds one failure: a broken run never counts as a good one.
 *
 * @param {import('./parts.mjs').Part['report']} report
 * @param {number} exitCode
 * @returns {Promise<Counts>}
 */
export async function countTests(report, exitCode) {
  const isFine = exitCode === 0;
  const whole = { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 };
  if (!report) return whole;
  const content = await readFile(report.file, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const counts = content && (report.format === 'vitest' ? ofVitest(content) : ofPlaywright(content));
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  if (!isFine && counts.failed === 0) return { ...counts, failed: 1 };
  return counts;
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number }} content
 *   of vitest's json reporter
 */
const ofVitest = ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0 }) => ({
  passed: numPassedTests,
  failed: numFailedTests,
  skipped: numPendingTests + numTodoTests,
});

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} content of Playwright's
 *   json reporter; a test that passed only at the second try (in CI alone) passed, and the list names it as flaky
 */
const ofPlaywright = ({ stats: { expected, unexpected, flaky, skipped } }) => ({
  passed: expected + flaky,
  failed: unexpected,
  skipped,
});
