import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { startVirtualDisplay } from '../../scripts/launch/virtual-display.mjs';
import { repoRoot } from '../launch.js';
import { endPeer, runPeer } from './peer-process.js';

/** The rep's own browser, with the built extension in it. */
export interface Browser {
  readonly context: BrowserContext;
  /** The options page of the extension. */
  readonly options: () => Promise<Page>;
  close(): Promise<void>;
}

/**
 * Starts it on a profile nobody used before and a screen of its own: on a shared one, the windows of tests that run beside this one take the focus from
 * it and give it back, and a browser that gets the focus says where the rep is. Gives why this machine cannot have it instead.
 */
export async function startChromium(): Promise<Browser | string> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'cuecard-browser-'));
  const found = await runPeer<{ readonly executable: string }>('chromium', profile, '0');
  if (typeof found === 'string') {
    await rm(profile, { recursive: true, force: true });
    return found;
  }
  await endPeer(found.child);
  const extension = path.join(repoRoot, 'build/extension');
  const screen = process.platform === 'linux' ? await startVirtualDisplay() : null;
  const context = await chromium.launchPersistentContext(profile, {
    ...(screen && { env: { ...process.env, ...screen.env } }),
    executablePath: found.ready.executable,
    headless: false,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`, '--no-first-run'],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return {
    context,
    async options() {
      const page = await context.newPage();
      await page.goto(worker.url().replace(/worker\.js$/u, 'options.html'));
      return page;
    },
    async close() {
      await context.close();
      await screen?.end();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
