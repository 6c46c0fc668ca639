import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { readHnswIndex } from '../knowledge/index/hnsw-index.js';
import type { GraphJob } from '../knowledge/index/make-graph.js';
import { createHashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { openLocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { bundleWorkerForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { DEMO_ARTICLES } from './demo-knowledge-for-tests.js';
import { makeGraphInThread } from './index-thread.js';

describe('An index made in a thread of its own', () => {
  const embedder = createHashedEmbedder();
  let bundle: TestBundle;
  let dir: string;
  let chunks = 0;
  let job: GraphJob;

  beforeAll(async () => {
    bundle = await bundleWorkerForTests();
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-thread-'));
    const knowledge = openLocalKnowledgeBase({ workspaceDir: dir, embedder, log: silentLogger });
    ({ chunks } = await knowledge.importArticles([DEMO_ARTICLES]));
    await knowledge.close();
    job = {
      databaseFile: path.join(dir, 'knowledge.db'),
      vectors: { kind: 'passages', embedderId: embedder.id, dimensions: embedder.dimensions },
      older: null,
      target: path.join(dir, 'made.hnsw'),
    };
  });
  afterAll(async () => {
    await bundle.remove();
    await rm(dir, { recursive: true, force: true });
  });

  it('is the same graph, and tells how far it is', async () => {
    const seen: number[] = [];
    await makeGraphInThread(bundle.file)(job, { onProgress: (added) => seen.push(added) });
    const index = await readHnswIndex(job.target, { dimensions: embedder.dimensions, count: chunks });
    const [query] = await embedder.embed(['how long do I have to return an item']);
    expect(index.search(query ?? new Float32Array(), 5)).toHaveLength(5);
    expect(seen.every((added) => added > 0 && added <= chunks)).toBe(true);
    const again = { ...job, older: job.target, target: path.join(dir, 'updated.hnsw') };
    await makeGraphInThread(bundle.file)(again, {});
    expect((await stat(again.target)).size).toBe((await stat(job.target)).size);
  });

  it('ends with the signal, and with what went wrong', async () => {
    const make = makeGraphInThread(bundle.file);
    const stopped = new AbortController();
    const waiting = make(job, { signal: stopped.signal });
    stopped.abort(new Error('closing'));
    await expect(waiting).rejects.toThrow('closing');
    await expect(make({ ...job, databaseFile: path.join(dir, 'none.db') }, {})).rejects.toThrow();
  });
});
