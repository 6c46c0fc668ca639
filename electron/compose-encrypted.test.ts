import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import type { Suggestion } from '../shared/domain/suggestion.js';
import { silentLogger } from '../shared/lib/logger.js';
import { runDemoBuild } from './cli/demo-build.js';
import { composeDesk } from './compose.js';
import type { Desk } from './desk.js';
import { bundleWorkerForTests, type TestBundle } from './engine/bundle-worker-for-tests.js';
import { embedderDirForTests } from './models/embedder-for-tests.js';
import { cipherForTests } from './platform/cipher-for-tests.js';
import { createDurableSecret } from './platform/durable-secret.js';
import { createSecretFile, type Cipher } from './platform/secret-file.js';
import { openDatabase } from './storage/database.js';
import { demoWorkspaceDir, type ResourceLocations } from './workspace/locations.js';

/** Of the message, in pieces that survive JSON, quotes and cut sentences; and of the customer. */
const WORDS = ['linen duvet cover and pillowcases', 'HP-104233', 'Femke', 'femke.devries'];
const resourcesDir = fileURLToPath(new URL('../resources/demo/', import.meta.url));

let root: string;
let bundle: TestBundle;
let resources: ResourceLocations;
beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-encrypted-'));
  bundle = await bundleWorkerForTests();
  const demoDir = path.join(root, 'demo');
  // The team as it is, with as many articles as one card needs. The demo's own orders are no customers.
  fs.cpSync(resourcesDir, demoDir, {
    recursive: true,
    filter: (source) =>
      path.basename(source) !== 'shop.json' &&
      (!source.includes(`${path.sep}knowledge${path.sep}`) || source.includes(`${path.sep}shipping`)),
  });
  resources = {
    ...{ demoDir, engineWorkerFile: bundle.file, rendererDir: root, preloadFile: '' },
    ...{ embedderDir: await embedderDirForTests(), demoWorkspaceDir: path.join(root, 'built') },
  };
  const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await runDemoBuild({ out: resources.demoWorkspaceDir, resources });
  quiet.mockRestore();
}, 180_000);
afterAll(async () => {
  await bundle.remove();
  fs.rmSync(root, { recursive: true, force: true });
});

/** The app without its window, until it has made a card of the one message and the rep has decided. */
async function work(home: string, cipher: Cipher): Promise<Desk> {
  const desk = composeDesk({
    ...{ home, resources, appVersion: '0.0.0', createLogger: () => silentLogger },
    env: { CUECARD_DEMO_ONLY: '01-order-status', CUECARD_DEMO_PACE: '0', CUECARD_DEMO_SPACING_MS: '0' },
    keys: createSecretFile(path.join(home, 'window', 'embedding-keys'), cipher),
    secretIn: (file) => createDurableSecret(file, cipher),
    whenLocked: () => 'begin_anew',
    openBrowser: () => Promise.resolve(),
    onRemoval: () => undefined,
    pages: { count: () => 0, forgetPages: () => Promise.resolve() },
  });
  const ready = new Promise<Suggestion>((resolve) =>
    desk.suggestions.onEvent(({ name, payload }) => {
      if (name === 'suggestion.ready') resolve(payload.suggestion);
    }),
  );
  await desk.start();
  const { runId } = await ready;
  desk.feedback.submit(runId, { kind: 'copied' }, 10);
  desk.helpdesks.paste(`From: Femke <femke.devries@example.com>\n\nWhere are my ${WORDS[0] ?? ''}?`);
  return desk;
}

/** Files below the folder that hold any of the words, each with the words it holds. */
function filesWithWords(dir: string): Record<string, string[]> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files
      .map((file) => {
        const content = fs.readFileSync(file);
        return [path.relative(dir, file), WORDS.filter((word) => content.includes(word))] as const;
      })
      .filter(([, words]) => words.length > 0),
  );
}

// Catches words of customers that anybody who has the disk can read: in a table, in its log of writes, in a checkpoint, in a file nobody thought of.
it('no file holds a word of the customer once a card was made and decided on', async () => {
  const home = path.join(root, 'with-keychain');
  const cipher = cipherForTests('me');
  const desk = await work(home, cipher);
  expect(desk.storage).toEqual({ isEncrypted: true, problem: null, aside: null });
  expect(filesWithWords(home)).toEqual({});
  const { workspaceDir } = desk;
  await desk.close();
  expect(filesWithWords(home)).toEqual({});

  // They are there all the same, for whoever has the key.
  const key = createDurableSecret(path.join(workspaceDir, 'helpdesk-key'), cipher).read();
  const holds = (name: string, sql: string): boolean => {
    const database = openDatabase(path.join(workspaceDir, name), [], 'full', key);
    const rows = database.prepare(sql).raw().all() as (string | Buffer | ArrayBuffer)[][];
    const text = rows
      .flat()
      .map((value) => (typeof value === 'string' ? value : Buffer.from(value as ArrayBuffer).toString()))
      .join('\n');
    database.close();
    return text.includes('pillowcases');
  };
  expect(holds('desk.db', 'SELECT context FROM feedback_delivery')).toBe(true);
  expect(holds('helpdesk.db', 'SELECT body FROM thread_message')).toBe(true);
  expect(holds('runs.db', 'SELECT value FROM checkpoint_value')).toBe(true);
}, 120_000);

// Catches decisions that are gone after a restart where the system keeps no keys, and an app that does not say how they lie there.
it('decisions stay, in plain, where there is no keychain; all that can be made again is not on the disk', async () => {
  const home = path.join(root, 'without-keychain');
  const desk = await work(home, cipherForTests('me', false));
  expect(desk.storage).toEqual({ isEncrypted: false, problem: null, aside: null });
  await desk.close();
  const files = Object.keys(filesWithWords(demoWorkspaceDir(home)));
  expect(files).not.toEqual([]);
  expect(files.filter((name) => !name.startsWith('desk.db'))).toEqual([]);
  const database = openDatabase(path.join(demoWorkspaceDir(home), 'desk.db'), []);
  expect(database.prepare('SELECT COUNT(*) FROM feedback').raw().get()).toEqual([1]);
  database.close();
}, 120_000);
