import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHnswFile } from './hnsw-file.js';
import { buildHnswIndex, updateHnswIndex } from './hnsw-index.js';
import type { IndexedVectors } from './knowledge-index.js';
import { describeKnowledgeIndex, vectorsForTests } from './knowledge-index.conformance.js';

const state = { generation: 4, embedderId: 'test', count: 500 };

describeKnowledgeIndex('An HNSW graph in memory', (source) => buildHnswIndex(source));

describeKnowledgeIndex('An HNSW graph read from its file', async (source) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-hnsw-'));
  const file = createHnswFile(dir);
  const written = { ...state, count: source.labels.length };
  await file.write(await buildHnswIndex(source), written);
  const index = await file.read(written, source.dimensions);
  await rm(dir, { recursive: true });
  if (!index) throw new Error('The file that was just written does not verify.');
  return index;
});

describeKnowledgeIndex('An HNSW graph brought up to date', async (source) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-hnsw-'));
  const file = path.join(dir, 'older.hnsw');
  // What is there now in the middle, before it a tenth that is gone, after it a third that is new.
  const { labels, vectors, dimensions } = source;
  const old = Math.floor(labels.length * 0.66);
  const gone = vectorsForTests(Math.floor(old / 10));
  const older: IndexedVectors = {
    labels: [...gone.labels.map((label) => label + 1), ...labels.slice(0, old)],
    vectors: Float32Array.from([...gone.vectors, ...vectors.subarray(0, old * dimensions)]),
    dimensions,
  };
  await (await buildHnswIndex(older)).write(file);
  const index = await updateHnswIndex(file, source);
  await rm(dir, { recursive: true });
  if (!index) throw new Error('The older graph was not accepted.');
  return index;
});

describe('Bringing a graph up to date', () => {
  const source = vectorsForTests(300);

  it.each([
    [
      'most of it is gone',
      { ...source, labels: source.labels.slice(200), vectors: source.vectors.slice(200 * 32) },
    ],
    ['its labels stand for other vectors', { ...source, vectors: vectorsForTests(301).vectors.slice(32) }],
  ])('is refused when %s', async (_, now) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-hnsw-'));
    const file = path.join(dir, 'older.hnsw');
    await (await buildHnswIndex(source)).write(file);
    expect(await updateHnswIndex(file, now)).toBeNull();
    await rm(dir, { recursive: true });
  });
});

describe('The HNSW file', () => {
  let dir: string;
  const source = vectorsForTests(500);
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-hnsw-'));
    await createHnswFile(dir).write(await buildHnswIndex(source), state);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const read = () => createHnswFile(dir).read(state, source.dimensions);

  it('is refused when one byte is wrong, before the library trusts it', async () => {
    const file = path.join(dir, 'index.hnsw');
    const handle = await open(file, 'r+');
    await handle.write(Buffer.from([0xff]), 0, 1, Math.floor((await stat(file)).size / 2));
    await handle.close();
    expect(await read()).toBeNull();
  });

  it('is refused when it was cut short or is gone', async () => {
    const file = path.join(dir, 'index.hnsw');
    await writeFile(file, (await readFile(file)).subarray(0, 5000));
    expect(await read()).toBeNull();
    await rm(file);
    expect(await read()).toBeNull();
  });

  it('is refused for another state of the database or another embedder', async () => {
    const file = createHnswFile(dir);
    expect(await file.isValid({ ...state, generation: 5 })).toBe(false);
    expect(await file.isValid({ ...state, embedderId: 'other' })).toBe(false);
    expect(await file.isValid({ ...state, count: 499 })).toBe(false);
    expect(await file.isValid(state)).toBe(true);
  });

  it('is refused when its stamp is no stamp', async () => {
    await writeFile(path.join(dir, 'index.json'), '{"generation": 4');
    expect(await read()).toBeNull();
  });

  it('stops building when it is told to', async () => {
    await expect(
      buildHnswIndex(vectorsForTests(5000), { signal: AbortSignal.abort(new Error('closing')) }),
    ).rejects.toThrow('closing');
  });
});
