import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import type { IntentDefinition } from '../../shared/domain/team.js';
import { encodeItem, itemsOf } from '../../release/team-segments.js';
import { keyOf } from '../../shared/domain/item-key.js';
import { openLocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { releaseOf, stage, type TestRelease } from '../knowledge/release/release-for-tests.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import { bundleWorkerForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { DEMO_ARTICLES, publicRequest } from './demo-knowledge-for-tests.js';
import { createEngineClient, type EngineClient } from './engine-client.js';
import { teamForTests } from './team-for-tests.js';

const warranty: IntentDefinition = {
  id: 'warranty_claim',
  name: 'Warranty',
  description: 'Something broke and the customer asks for the warranty.',
  examples: [
    'Is this covered by the warranty?',
    'My lamp broke after a month',
    'warranty claim please',
    'it broke',
  ],
  tools: [],
};
const newTeam = { ...teamForTests, intents: [...teamForTests.intents, warranty] };

let bundle: TestBundle;
let embedderDir: string;
let dir: string;
let workspaceDir: string;
let release: TestRelease;
const started: EngineClient[] = [];

beforeAll(async () => {
  bundle = await bundleWorkerForTests();
  embedderDir = await embedderDirForTests();
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-released-'));
  const articles = path.join(dir, 'articles');
  await mkdir(articles);
  await cp(path.join(DEMO_ARTICLES, 'returns', 'return-policy.md'), path.join(articles, 'return-policy.md'));
  await writeFile(path.join(articles, 'kayak.md'), '# Kayak repairs\n\nKayaks are repaired in Bergen.\n');
  const embedder = await openUseLiteEmbedder({ dir: embedderDir });
  const lead = openLocalKnowledgeBase({ workspaceDir: path.join(dir, 'lead'), embedder, log: silentLogger });
  await lead.importArticles([articles], undefined, { isDetached: true });
  await lead.close();
  const items = Object.fromEntries(itemsOf(newTeam).map((item) => [keyOf(item), encodeItem(item)]));
  const { id, dimensions } = embedder;
  release = releaseOf(path.join(dir, 'lead'), 1, items, { id, dimensions, encoding: 'float16' });
  await embedder.close();
});
afterAll(async () => {
  await bundle.remove();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  workspaceDir = await mkdtemp(path.join(dir, 'rep-'));
});
afterEach(async () => {
  for (const engine of started.splice(0)) await engine.close();
});

const start = (): EngineClient => {
  const engine = createEngineClient({
    workerFile: bundle.file,
    options: { workspaceDir, embedderDir, team: teamForTests },
    log: silentLogger,
  });
  started.push(engine);
  return engine;
};
const apply = (engine: EngineClient, progress: number[] = []) =>
  engine.releases.apply(stage(path.join(workspaceDir, 'sync.db'), release), (done) => progress.push(done));
const labelOf = async (classifier: EngineClient['classifier'], text: string): Promise<string | undefined> =>
  (await classifier.classify(text)).candidates[0]?.id;

// Catches a release whose knowledge arrives and whose team does not, or that takes a restart.
it('brings knowledge and team into force while the engine runs, and the team before goes on for runs that have it', async () => {
  const engine = start();
  expect(await engine.releases.team()).toBeNull();
  expect(await labelOf(engine.classifier, 'Is it covered by the warranty?')).not.toBe('warranty_claim');
  const progress: number[] = [];
  await apply(engine, progress);
  expect(progress.at(-1)).toBe(release.listing.length);
  expect((await engine.releases.team())?.team.intents.map(({ id }) => id)).toEqual([
    'order_status',
    'return_item',
    'warranty_claim',
  ]);
  expect(await labelOf(engine.classifier, 'Is it covered by the warranty?')).toBe('warranty_claim');
  expect(await labelOf(engine.classifierOf(1), 'Is it covered by the warranty?')).toBe('warranty_claim');
  expect(await labelOf(engine.classifierOf(null), 'Is it covered by the warranty?')).not.toBe(
    'warranty_claim',
  );
  const { passages, mode } = await engine.knowledge.search(publicRequest('where are kayaks repaired'));
  expect([passages[0]?.articleId, mode]).toEqual(['kayak', 'hybrid']);
});

// Catches a start that falls back to the team of the folder after a release.
it('is in force again after a restart', async () => {
  const first = start();
  await apply(first);
  await first.close();
  started.splice(0);
  const engine = start();
  expect(await engine.releases.release()).toMatchObject({ number: 1 });
  expect(await engine.releases.team()).toMatchObject({ release: 1 });
  expect(await labelOf(engine.classifier, 'Is it covered by the warranty?')).toBe('warranty_claim');
});

// Catches searches that wait for a release.
it('answers from the state before while it is applied', async () => {
  const engine = start();
  await engine.knowledge.search(publicRequest('kayaks'));
  const applying = apply(engine);
  const { passages } = await engine.knowledge.search(publicRequest('where are kayaks repaired'));
  expect(passages).toEqual([]);
  await applying;
});
