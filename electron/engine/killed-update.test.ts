import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { prepareDemoWorkspace, writeDemoStamp } from '../workspace/demo-workspace.js';
import { ensureWorkspace } from '../workspace/workspace.js';
import { bundleForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { DEMO_ARTICLES, publicRequest } from './demo-knowledge-for-tests.js';

let bundle: TestBundle;
let dir: string;
/** The newer demo. */
let built: string;
/** A workspace of the older demo with a source the rep added, copied for each kill. */
let before: string;

const open = (workspaceDir: string): LocalKnowledgeBase =>
  openLocalKnowledgeBase({
    ...{ workspaceDir, arrivingDir: path.join(workspaceDir, 'arriving') },
    embedder: createHashedEmbedder(),
    log: silentLogger,
    exactBelow: 0,
  });

async function build(articles: string, stamp: string): Promise<string> {
  const out = path.join(dir, `built-${stamp}`);
  ensureWorkspace(out, 'demo');
  const knowledge = open(out);
  await knowledge.importArticles([articles], undefined, { isDetached: true });
  await knowledge.close();
  await writeFile(path.join(out, 'classifier.json'), stamp);
  writeDemoStamp(out, stamp);
  return out;
}

beforeAll(async () => {
  bundle = await bundleForTests('killed-update-for-tests.ts');
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-update-'));
  const source = path.join(dir, 'handbook');
  await mkdir(source);
  await writeFile(path.join(source, 'kayak.md'), '# Kayak repairs\n\nKayaks are repaired in Bergen.\n');
  before = path.join(dir, 'before');
  prepareDemoWorkspace(await build(path.join(DEMO_ARTICLES, 'returns'), 'older'), before);
  const knowledge = open(before);
  await knowledge.addSource({ path: source, pool: 'articles', isWatched: false });
  await knowledge.close();
  built = await build(DEMO_ARTICLES, 'newer');
});
afterAll(async () => {
  await bundle.remove();
  await rm(dir, { recursive: true, force: true });
});

/** Updates a copy of the workspace in a process of its own, which is killed after a while. */
async function updateFor(ms: number): Promise<{ workspaceDir: string; output: string }> {
  const workspaceDir = await mkdtemp(path.join(dir, 'killed-'));
  await cp(before, workspaceDir, { recursive: true });
  const child = spawn(process.execPath, [bundle.file, built, workspaceDir]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  // Not its exit: what it said last may be read after that.
  const exit = once(child, 'close');
  while (output === '') await wait(1);
  await Promise.race([exit, wait(ms)]);
  child.kill('SIGKILL');
  await exit;
  return { workspaceDir, output };
}

async function expectWhole(workspaceDir: string): Promise<void> {
  prepareDemoWorkspace(built, workspaceDir);
  const knowledge = open(workspaceDir);
  const find = async (query: string) =>
    (await knowledge.search(publicRequest(query))).passages.map(({ articleId }) => articleId);
  expect((await find('where are kayaks repaired'))[0]).toBe('kayak');
  expect(await find('how long do I have to return an item')).toContain('return-policy');
  await knowledge.settled();
  expect(await find('error PAY-311')).toContain('three-d-secure');
  expect(await knowledge.sources()).toMatchObject([{ articles: 1 }]);
  expect(await knowledge.list()).toHaveLength(103);
  await knowledge.close();
  expect(await readFile(path.join(workspaceDir, 'classifier.json'), 'utf8')).toBe('newer');
  expect(existsSync(path.join(workspaceDir, 'arriving'))).toBe(false);
}

// Catches an update that loses what a rep added to the demo when the machine goes down in the middle of it.
it('keeps the source a rep added and ends with the newer articles, wherever the update is killed', async () => {
  const startedAt = performance.now();
  const whole = await updateFor(60_000);
  const tookMs = performance.now() - startedAt;
  expect(whole.output).toContain('done');
  await expectWhole(whole.workspaceDir);
  const reached = new Set<string | undefined>();
  for (let step = 0; step < 8; step++) {
    const { workspaceDir, output } = await updateFor((tookMs * step) / 11);
    reached.add(output.trim().split('\n').at(-1));
    await expectWhole(workspaceDir);
  }
  // Kills that all come at one moment would prove little.
  expect(reached.size).toBeGreaterThan(1);
}, 120_000);
