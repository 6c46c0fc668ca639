import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { repoRoot } from '../launch.js';

/**
 * Where the pictures of the documents go. A normal run takes them and leaves the documents alone;
 * `CUECARD_UPDATE_SCREENS=1 npx playwright test --grep @screens` renews docs/screens.
 */
export async function screensFolder(): Promise<string> {
  const isRenewed = process.env['CUECARD_UPDATE_SCREENS'] === '1';
  const folder = path.join(repoRoot, isRenewed ? 'docs/screens' : 'test-results/screens');
  await mkdir(folder, { recursive: true });
  return folder;
}
