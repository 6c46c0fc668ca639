import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHnswFile, removeOtherIndexes } from './hnsw-file.js';
import { buildHnswIndex, updateHnswIndex } from './hnsw-index.js';
import { vectorSourceOf, type IndexedVectors } from './knowledge-index.js';
import { describeKnowledgeIndex, vectorsForTests } from './knowledge-index.conformance.js';

const state = { generation: 4, embedderId: 'test', count: 500 };

describeKnowledgeIndex('An HNSW graph in memory', (source) => buildHnswIndex(vectorSourceOf(source)));

describeKnowledgeIndex('An HNSW graph read from its file', async (source) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-hnsw-'));
  const file = createHnswFile(dir, state.embedderId);
  const written = { ...state, count: source.labels.length };
  const built = await buildHnswIndex(vectorSourceOf(source));
  await file.replace(written, (target) => built.write(target));
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
  await (await buildHnswIndex(vectorSourceOf(older))).write(file);
  const index = await updateHnswIndex(file, vectorSourceOf(source));
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
    await (await buildHnswIndex(vectorSourceOf(source))).write(file);
    expect(await updateHnswIndex(file, vectorSourceOf(now))).toBeNull();
    await rm(dir, { recursive: true });
  });
});

describe('The HNSW file', () => {
  let dir: string;
  const source = vectorsForTests(500);
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'cuecard-hnsw-'));
    await write(state);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const file = () => createHnswFile(dir, 'test');
  const read = () => file().read(state, source.dimensions);
  const write = async (as: typeof state): Promise<void> => {
    const built = await buildHnswIndex(vectorSourceOf(source));
    await file().replace(as, (target) => built.write(target));
  };
  const graphFile = async (): Promise<string> => {
    const names = (await readdir(dir)).filter((name) => name.endsWith('.hnsw'));
    expect(names).toHaveLength(1);
    return path.join(dir, names[0] ?? '');
  };

  it('is refused when one byte is wrong, before the library trusts it', async () => {
    const name = await graphFile();
    const handle = await open(name, 'r+');
    await handle.write(Buffer.from([0xff]), 0, 1, Math.floor((await stat(name)).size / 2));
    await handle.close();
    expect(await read()).toBeNull();
  });

  it('is refused when it was cut short or is gone', async () => {
    const name = await graphFile();
    await writeFile(name, (await readFile(name)).subarray(0, 5000));
    expect(await read()).toBeNull();
    await rm(name);
    expect(await read()).toBeNull();
  });

  it('is refused for another state of the database or another embedder', async () => {
    expect(await file().isValid({ ...state, generation: 5 })).toBe(false);
    expect(await createHnswFile(dir, 'other').isValid({ ...state, embedderId: 'other' })).toBe(false);
    expect(await file().isValid({ ...state, count: 499 })).toBe(false);
    expect(await file().isValid(state)).toBe(true);
  });

  it('is refused when its stamp is no stamp', async () => {
    await writeFile((await graphFile()).replace(/-[0-9a-f]+\.hnsw$/, '.json'), '{"generation": 4');
    expect(await read()).toBeNull();
  });

  it('is refused when it was made with another shape', async () => {
    const stamp = (await graphFile()).replace(/-[0-9a-f]+\.hnsw$/, '.json');
    await writeFile(stamp, (await readFile(stamp, 'utf8')).replace('"m": 16', '"m": 8'));
    expect(await file().isValid(state)).toBe(false);
    expect(await file().older({ ...state, generation: 5 })).toBeNull();
  });

  it('keeps the old file until the new one is whole, and only its own', async () => {
    const other = createHnswFile(dir, 'other');
    await other.replace({ ...state, embedderId: 'other' }, (target) => writeFile(target, 'other'));
    const failing = file().replace({ ...state, generation: 5 }, async (target) => {
      await writeFile(target, 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await read()).not.toBeNull();
    await write({ ...state, generation: 5 });
    expect(await read()).toBeNull();
    expect((await readdir(dir)).filter((name) => name.endsWith('.hnsw'))).toHaveLength(2);
    await removeOtherIndexes(dir, ['test']);
    await graphFile();
    expect(await file().isValid({ ...state, generation: 5 })).toBe(true);
    expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('stops building when it is told to', async () => {
    await expect(
      buildHnswIndex(vectorSourceOf(vectorsForTests(5000)), {
        signal: AbortSignal.abort(new Error('closing')),
      }),
    ).rejects.toThrow('closing');
  });
});
