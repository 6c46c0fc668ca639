import { existsSync } from 'node:fs';
import path from 'node:path';

import { startVirtualDisplay } from '../scripts/launch/virtual-display.mjs';
import { hasDisplay } from '../scripts/setup/system-libraries.mjs';
import { repoRoot } from './launch.js';

/** What must have been built before a test may start the app, and what builds it. */
const needed = ['build/main.js', 'build/preload.cjs', 'build/engine-worker.js', 'build/renderer/index.html'];

/** Gives all tests one virtual display where there is none; returns what ends it. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  const missing = needed.filter((file) => !existsSync(path.join(repoRoot, file)));
  if (missing.length > 0)
    throw new Error(`Not built yet: ${missing.join(', ')}. Run "npm run build", then the tests again.`);
  if (hasDisplay()) return undefined;
  const display = await startVirtualDisplay({ width: 1440, height: 900 });
  Object.assign(process.env, display.env);
  return display.end;
}
