import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { bundledEmbedder } from '../../shared/domain/embedder-settings.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import type { Embedder } from '../models/embedder.js';
import { bundleWorkerForTests, type TestBundle } from './bundle-worker-for-tests.js';
import { embedPassagesInThread } from './embed-thread.js';

describe('Passages embedded in a thread of their own', () => {
  let bundle: TestBundle;
  let bundledDir: string;
  let inner: Embedder;
  beforeAll(async () => {
    bundle = await bundleWorkerForTests();
    bundledDir = await embedderDirForTests();
    inner = await openUseLiteEmbedder({ dir: bundledDir });
  });
  afterAll(async () => {
    await inner.close();
    await bundle.remove();
  });

  const texts = Array.from({ length: 40 }, (_, i) => `Parcel ${String(i)} is sent within ${String(i)} days.`);
  const data = () => ({ embedWith: bundledEmbedder, bundledDir });

  it('have the same vectors, and leave this thread to questions', async () => {
    const embed = vi.fn<Embedder['embed']>((...args) => inner.embed(...args));
    const away = embedPassagesInThread(bundle.file, silentLogger)({ ...inner, embed }, data());
    expect(await away.embed(texts, undefined, 'passage')).toEqual(await inner.embed(texts));
    expect(embed).not.toHaveBeenCalled();
    await away.embed(texts.slice(0, 3), undefined, 'query');
    await away.embed(texts.slice(0, 3), undefined, 'passage');
    expect(embed).toHaveBeenCalledTimes(2);
    await away.close();
  });

  it('are not waited for after the signal, and the next batch comes', async () => {
    const away = embedPassagesInThread(bundle.file, silentLogger)(inner, data());
    const stopped = new AbortController();
    const waiting = away.embed(texts, stopped.signal, 'passage');
    stopped.abort();
    await expect(waiting).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    expect(await away.embed(texts, undefined, 'passage')).toHaveLength(texts.length);
    await away.close();
  });

  it('are embedded here where the thread fails', async () => {
    const log = { ...silentLogger, warn: vi.fn() };
    const away = embedPassagesInThread(bundle.file, log)(inner, { ...data(), bundledDir: '/nowhere' });
    expect(await away.embed(texts, undefined, 'passage')).toEqual(await inner.embed(texts));
    expect(log.warn).toHaveBeenCalledWith('embedder.thread_failed', expect.anything());
    await away.close();
  });
});
