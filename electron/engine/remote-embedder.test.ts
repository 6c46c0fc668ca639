import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createServiceEmbedders } from '../models/adapters/openai-embedder.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import { embeddingServiceForTests, type ServiceForTests } from '../models/embedding-service-for-tests.js';
import { outboundForTests } from '../models/outbound-for-tests.js';
import { bundleWorkerForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { DEMO_ARTICLES, publicRequest } from './demo-knowledge-for-tests.js';
import { createEngineClient } from './engine-client.js';
import { teamForTests } from './team-for-tests.js';

let bundle: TestBundle;
let service: ServiceForTests;
let workspaceDir: string;
beforeAll(async () => {
  bundle = await bundleWorkerForTests();
  service = await embeddingServiceForTests();
  workspaceDir = await mkdtemp(path.join(tmpdir(), 'cuecard-remote-'));
});
afterAll(async () => {
  await service.close();
  await bundle.remove();
  await rm(workspaceDir, { recursive: true, force: true });
});

it('has the client embed through a service, and searches by words while it is down', async () => {
  const engine = createEngineClient({
    workerFile: bundle.file,
    options: {
      workspaceDir,
      embedderDir: await embedderDirForTests(),
      team: { ...teamForTests, intents: [], outOfScope: [] },
      embedder: EmbedderSettings.parse({
        kind: 'openai_compatible',
        baseUrl: service.baseUrl,
        model: 'tiny',
        dimensions: 48,
        keyVariable: 'TINY_KEY',
      }),
    },
    log: silentLogger,
    embedRemotely: createServiceEmbedders(
      ({ keyVariable }) => `key of ${keyVariable ?? ''}`,
      outboundForTests,
    ),
  });
  try {
    await engine.knowledge.importArticles([path.join(DEMO_ARTICLES, 'returns')]);
    const status = engine.knowledge.status();
    expect(status).toMatchObject({
      state: 'ready',
      embedder: expect.stringContaining('127.0.0.1/tiny/48') as string,
    });
    const embedded = service.requests.flatMap(({ input }) => input).length;
    // Every passage and every title once.
    expect(embedded).toBe(status.state === 'ready' ? status.chunks + status.articles : 0);
    expect(service.requests[0]?.key).toBe('Bearer key of TINY_KEY');

    const question = publicRequest('how long do I have to return an item');
    expect(await engine.knowledge.search(question)).toMatchObject({ mode: 'hybrid' });
    await service.close();
    const found = await engine.knowledge.search(question);
    expect(found.mode).toBe('lexical');
    expect(found.passages.length).toBeGreaterThan(0);
  } finally {
    await engine.close();
  }
});
