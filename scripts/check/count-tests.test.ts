import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { countTests } from './count-tests.mjs';

describe('counting tests', () => {
  let folder: string;
  let file: string;
  const report = async (format: 'vitest' | 'playwright', content: unknown) => {
    await writeFile(file, JSON.stringify(content));
    return { format, file };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuecard-count-'));
    file = join(folder, 'report.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes the numbers of both tools', async () => {
    const unit = { numPassedTests: 40, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(await countTests(await report('vitest', unit), 1)).toEqual({ passed: 40, failed: 2, skipped: 2 });
    // Bug: one slow moment of a busy machine, tried again in CI, would fail the whole run; or a failure would be counted as a pass.
    const e2e = { stats: { expected: 9, unexpected: 1, flaky: 1, skipped: 3 } };
    expect(await countTests(await report('playwright', e2e), 1)).toEqual({
      passed: 10,
      failed: 1,
      skipped: 3,
    });
  });

  it('counts a part without a report as one test', async () => {
    expect(await countTests(undefined, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(await countTests(undefined, 2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('never lets a crashed run pass', async () => {
    // Bug: no report, or one written before the crash, would add nothing to the failures.
    expect(await countTests({ format: 'vitest', file }, 0)).toMatchObject({ failed: 1 });
    const fine = { stats: { expected: 9, unexpected: 0, flaky: 0, skipped: 0 } };
    expect(await countTests(await report('playwright', fine), 1)).toMatchObject({ passed: 9, failed: 1 });
  });
});
