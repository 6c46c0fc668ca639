import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { describeEmbedder } from '../embedder.conformance.js';
import { embedderDirForTests } from '../embedder-for-tests.js';
import { openUseLiteEmbedder } from './use-lite-embedder.js';

describeEmbedder('The bundled sentence encoder', async () =>
  openUseLiteEmbedder({ dir: await embedderDirForTests() }),
);

describe('The bundled sentence encoder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-embedder-'));
    await cp(await embedderDirForTests(), dir, { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('reads shouting like the same words in lower case', async () => {
    const embedder = await openUseLiteEmbedder({ dir });
    const [calm, loud, code] = await embedder.embed(['where is my refund', 'WHERE IS MY REFUND', 'E27']);
    expect(loud).toEqual(calm);
    expect(code).not.toEqual((await embedder.embed(['e27']))[0]);
    await embedder.close();
  });

  it('refuses a model file with one changed byte, by name', async () => {
    const file = path.join(dir, 'use-lite-support-w8.onnx');
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(openUseLiteEmbedder({ dir })).rejects.toMatchObject({
      error: {
        code: 'KNOWLEDGE_EMBEDDER_MISSING',
        detail: expect.stringContaining('use-lite-support-w8.onnx is damaged') as string,
      },
    });
  });

  it.each(['embedder.json', 'vocab.json', 'use-lite-support-w8.onnx'])(
    'says which folder lacks %s',
    async (name) => {
      await rm(path.join(dir, name));
      await expect(openUseLiteEmbedder({ dir })).rejects.toMatchObject({
        error: { code: 'KNOWLEDGE_EMBEDDER_MISSING', detail: expect.stringContaining(dir) as string },
      });
    },
  );

  it('refuses a manifest that is not in the expected form', async () => {
    await writeFile(path.join(dir, 'embedder.json'), '{"id": 3}');
    await expect(openUseLiteEmbedder({ dir })).rejects.toMatchObject({
      error: { code: 'KNOWLEDGE_EMBEDDER_MISSING' },
    });
  });
});
