import { expect, test as base, type TestInfo } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { startCuecard, type Cuecard, type Scene } from './launch.js';
import { Desk } from './pages/desk.js';

export { expect } from '@playwright/test';

/** Starts apps in a test and ends what it left running. */
export interface Stage {
  /** A data folder nobody used before; gone after the test. */
  readonly home: string;
  /** Starts Cuecard on that folder, again if asked again after the first was closed. */
  readonly open: (scene?: Scene) => Promise<Desk>;
}

/** `stage` starts an app for one test alone, on its own fresh data folder. */
export const test = base.extend<{ stage: Stage }>({
  stage: async ({}, use, info) => {
    const { stage, clear } = await createStage();
    await use(stage);
    await clear(info);
  },
});

/**
 * One app for all tests of a file, for tests that only look or that work in conversations of their own.
 * Call it at the top of the file; the function it returns gives the app inside a test.
 */
export function sharedDesk(scene: Scene): () => Desk {
  let desk: Desk | undefined;
  let clear: (info: TestInfo) => Promise<void> = () => Promise.resolve();
  test.beforeAll(async () => {
    const created = await createStage();
    clear = created.clear;
    desk = await created.stage.open(scene);
  });
  test.afterEach(async ({}, info) => {
    if (desk && info.status !== info.expectedStatus) await attachTrace(desk.cuecard, info);
  });
  test.afterAll(async ({}, info) => clear(info));
  return () => {
    if (!desk) throw new Error('The app is there inside a test only.');
    return desk;
  };
}

async function createStage(): Promise<{ stage: Stage; clear: (info: TestInfo) => Promise<void> }> {
  // Short, since the operating system limits how long the path of the app's lock socket may be.
  const home = await mkdtemp(path.join(os.tmpdir(), 'cuecard-e2e-'));
  const opened: Cuecard[] = [];
  return {
    stage: {
      home,
      async open(scene) {
        const cuecard = await startCuecard(home, scene);
        opened.push(cuecard);
        return new Desk(cuecard);
      },
    },
    async clear(info) {
      for (const cuecard of opened) {
        if (info.status !== info.expectedStatus) await attachTrace(cuecard, info);
        await cuecard.close();
      }
      const bugs = await bugsOf(home, opened);
      await rm(home, { recursive: true, force: true });
      expect(bugs, 'bugs the app reported while it ran').toEqual([]);
    },
  };
}

/** What the app itself took for a bug: errors in its log and failures nobody caught. */
async function bugsOf(home: string, opened: readonly Cuecard[]): Promise<string[]> {
  const log = await readFile(path.join(home, 'logs', 'cuecard.log'), 'utf8').catch(() => '');
  const errors = log.split('\n').filter((line) => line.includes('"level":"error"'));
  const uncaught = opened.flatMap(({ output }) => output().match(/^bug\..*$/gm) ?? []);
  return [...errors, ...uncaught];
}

/** What a person needs to see why a test failed: the window, and what the app printed. */
async function attachTrace({ page, output }: Cuecard, info: TestInfo): Promise<void> {
  await info.attach('output', { body: output(), contentType: 'text/plain' });
  if (page.isClosed()) return;
  await info.attach('window', { body: await page.screenshot(), contentType: 'image/png' });
}
