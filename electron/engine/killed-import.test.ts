import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import type { Embedder } from '../models/embedder.js';
import { bundleForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { DEMO_ARTICLES, publicRequest } from './demo-knowledge-for-tests.js';

describe('An import that is killed', () => {
  let bundle: TestBundle;
  let embedder: Embedder;
  let dir: string;
  /** A workspace with a part of the articles, copied for each kill. */
  let before: string;

  beforeAll(async () => {
    bundle = await bundleForTests('killed-import-for-tests.ts');
    embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-kill-'));
    before = path.join(dir, 'before');
    const knowledge = open(before);
    await knowledge.importArticles([
      path.join(DEMO_ARTICLES, 'returns'),
      path.join(DEMO_ARTICLES, 'shipping'),
    ]);
    await knowledge.close();
  });
  afterAll(async () => {
    await embedder.close();
    await bundle.remove();
    await rm(dir, { recursive: true, force: true });
  });

  const open = (workspaceDir: string): LocalKnowledgeBase =>
    openLocalKnowledgeBase({ workspaceDir, embedder, log: silentLogger, exactBelow: 0 });

  /** Imports all articles in a process of its own and kills it as soon as its output holds `moment`. */
  const importUntil = async (workspaceDir: string, moment: (output: string) => boolean): Promise<void> => {
    const child = spawn(process.execPath, [
      bundle.file,
      workspaceDir,
      await embedderDirForTests(),
      DEMO_ARTICLES,
    ]);
    let output = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (moment(output)) child.kill('SIGKILL');
    });
    // Not its exit: what it said last may be read after that.
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect({ errors, signal }).toEqual({ errors: '', signal: 'SIGKILL' });
  };

  /** Imports all articles in a process of its own and kills it as soon as it begins to write an index file. */
  const importUntilIndexIsWritten = async (workspaceDir: string): Promise<void> => {
    const child = spawn(process.execPath, [
      bundle.file,
      workspaceDir,
      await embedderDirForTests(),
      DEMO_ARTICLES,
    ]);
    const watcher = watch(workspaceDir, (_, name) => {
      if (name?.endsWith('.tmp')) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    watcher.close();
  };

  const indexing = (output: string): { done: number; total: number }[] =>
    output
      .split('\n')
      .filter((line) => line.includes('"indexing"') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as { done: number; total: number });
  /** Embedding counts missing chunks only, the index counts all. */
  const isBuildingIndex = (output: string): boolean =>
    indexing(output).some(
      ({ total }) => total === Math.max(...indexing(output).map((step) => step.total)) && total > 400,
    );

  /** Opens what a kill left: it answers at once, repairs itself, and the import can be made again. */
  const expectWhole = async (workspaceDir: string): Promise<void> => {
    const knowledge = open(workspaceDir);
    const found = await knowledge.search(publicRequest('how long do I have to return an item'));
    expect(found.mode).toBe('hybrid');
    expect(found.passages.map(({ articleId }) => articleId)).toContain('return-policy');
    await knowledge.settled();
    const heads = await knowledge.list();
    expect(knowledge.status()).toMatchObject({ state: 'ready', articles: heads.length });
    expect([31, 102]).toContain(heads.length);
    expect(await knowledge.importArticles([DEMO_ARTICLES])).toMatchObject({ articles: 102, failures: [] });
    const after = await knowledge.search(publicRequest('error PAY-311'));
    expect(after.passages.map(({ articleId }) => articleId)).toContain('three-d-secure');
    await knowledge.close();
    expect((await readdir(workspaceDir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  };

  it.each([
    ['before anything was embedded', (output: string) => output.includes('started')],
    ['while it embeds', (output: string) => indexing(output).some(({ done }) => done > 60)],
    ['late while it embeds', (output: string) => indexing(output).some(({ done }) => done > 250)],
    ['when the index build begins', isBuildingIndex],
    [
      'in the index build',
      (output: string) =>
        isBuildingIndex(output) && indexing(output).some(({ done, total }) => total > 400 && done > 0),
    ],
    ['after all is written, before it was closed', (output: string) => output.includes('imported')],
  ])('leaves the old articles or the new ones, %s, and the next import ends well', async (_, moment) => {
    const workspaceDir = await mkdtemp(path.join(dir, 'killed-'));
    await cp(before, workspaceDir, { recursive: true });
    await importUntil(workspaceDir, moment);
    await expectWhole(workspaceDir);
  });

  it('leaves a whole index or none when it is killed while it writes one', async () => {
    const workspaceDir = await mkdtemp(path.join(dir, 'killed-'));
    await cp(before, workspaceDir, { recursive: true });
    await importUntilIndexIsWritten(workspaceDir);
    await expectWhole(workspaceDir);
  });

  it('does not embed again what was embedded before the kill', async () => {
    const workspaceDir = await mkdtemp(path.join(dir, 'killed-'));
    await cp(before, workspaceDir, { recursive: true });
    await importUntil(workspaceDir, (output) => indexing(output).some(({ done }) => done > 250));
    const knowledge = open(workspaceDir);
    const { chunks, reusedChunks } = await knowledge.importArticles([DEMO_ARTICLES]);
    await knowledge.close();
    const known = await countKnown(before);
    expect(reusedChunks).toBeGreaterThanOrEqual(known + 192);
    expect(reusedChunks).toBeLessThan(chunks);
  });

  const countKnown = async (workspaceDir: string): Promise<number> => {
    const knowledge = open(workspaceDir);
    await knowledge.settled();
    const status = knowledge.status();
    await knowledge.close();
    return status.state === 'ready' ? status.chunks : 0;
  };
});
