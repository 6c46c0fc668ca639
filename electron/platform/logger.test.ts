import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

import { openLog } from './logger.js';

// Catches a log that throws for every line while the disk is full; the test run itself fails on an exception nobody catches.
it.skipIf(process.platform !== 'linux')('loses its lines on a full disk and nothing else', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-log-'));
  fs.symlinkSync('/dev/full', path.join(dir, 'cuecard.log'));
  const log = openLog(dir)('main');
  for (let at = 0; at < 50; at += 1) {
    log.warn('disk.full', { count: at });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(fs.readdirSync(dir)).toEqual(['cuecard.log']);
  fs.rmSync(dir, { recursive: true });
});
