import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder, type HashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { bundleForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { DEMO_ARTICLES, publicRequest } from './demo-knowledge-for-tests.js';

describe('A change of embedder that is killed', () => {
  let bundle: TestBundle;
  let dir: string;
  let before: string;

  const open = (workspaceDir: string, embedder: HashedEmbedder): LocalKnowledgeBase =>
    openLocalKnowledgeBase({
      workspaceDir,
      embedder,
      embedderSettings: { kind: 'onnx_directory', dir: embedder.id },
      openPrevious: () => Promise.resolve(createHashedEmbedder('old')),
      log: silentLogger,
      exactBelow: 0,
    });

  beforeAll(async () => {
    bundle = await bundleForTests('killed-change-for-tests.ts');
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-change-'));
    before = path.join(dir, 'before');
    const knowledge = open(before, createHashedEmbedder('old'));
    await knowledge.importArticles([DEMO_ARTICLES]);
    await knowledge.close();
  });
  afterAll(async () => {
    await bundle.remove();
    await rm(dir, { recursive: true, force: true });
  });

  const done = (output: string): number[] =>
    [...output.matchAll(/"done":(\d+)/g)].map(([, count]) => Number(count));
  const moments: [string, (output: string) => boolean, RegExp | null][] = [
    ['before it embedded anything', (output) => output.includes('{'), null],
    ['half-way', (output) => done(output).some((count) => count > 200), null],
    ['while it writes the new index', () => false, /\.tmp$/],
    ['when the new index stands', () => false, /^index-[0-9a-f]+\.json$/],
    ['after the swap', (output) => output.includes('changed'), null],
  ];

  it.each(moments)(
    'answers with vectors %s, and is made up for at the next start',
    async (_, isTime, file) => {
      const workspaceDir = await mkdtemp(path.join(dir, 'killed-'));
      await cp(before, workspaceDir, { recursive: true });
      const child = spawn(process.execPath, [bundle.file, workspaceDir]);
      let output = '';
      child.stdout.on('data', (data: Buffer) => {
        output += data.toString();
        if (isTime(output)) child.kill('SIGKILL');
      });
      const watcher = watch(workspaceDir, (__, name) => {
        if (name !== null && file?.test(name)) child.kill('SIGKILL');
      });
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      watcher.close();
      expect(signal).toBe('SIGKILL');

      const knowledge = open(workspaceDir, createHashedEmbedder('new'));
      const question = publicRequest('how long do I have to return an item');
      const found = await knowledge.search(question);
      expect(found.mode).toBe('hybrid');
      expect(found.passages.some(({ denseRank }) => denseRank !== null)).toBe(true);
      await knowledge.settled();
      expect(knowledge.status()).toMatchObject({ state: 'ready', embedder: 'new' });
      expect((await knowledge.search(question)).mode).toBe('hybrid');
      await knowledge.close();
      const files = await readdir(workspaceDir);
      expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
      // Of passages and of titles.
      expect(files.filter((name) => name.endsWith('.hnsw'))).toHaveLength(2);
    },
  );
});
