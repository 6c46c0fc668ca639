import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openUseLiteEmbedder } from '../../electron/models/adapters/use-lite-embedder.js';
import type { Embedder } from '../../electron/models/embedder.js';
import { buildEmbedder, inspectEmbedder } from './build-embedder.mjs';

const texts = [
  'where is my parcel',
  'track my order',
  'clean the kettle',
  'Please cancel order 1042 and refund 39.90 € to my card. '.repeat(12),
];

/** First numbers of the same texts' embeddings by @energetic-ai/embeddings 0.2.0, which runs the weights as published. */
const published = [
  [-0.033611, 0.000041, 0.026037, -0.029356, 0.055264, 0.031358],
  [-0.050904, -0.054757, 0.054539, -0.054881, 0.033297, 0.01667],
  [0.025426, 0.022882, -0.022979, 0.054847, 0.013408, -0.033311],
  [0.048156, -0.036913, 0.051954, -0.04869, -0.056345, 0.001815],
];

/** The same by scripts/embedder/fit/use_lite.py in 32-bit floats, with the deltas of resources/embedder. */
const adapted = [
  [-0.039241, -0.015153, 0.051312, -0.054331, 0.055031, 0.053413],
  [-0.051439, -0.052188, 0.052184, -0.052183, 0.041342, -0.018345],
  [0.046521, 0.002348, -0.011646, 0.053463, 0.009625, -0.050798],
  [-0.005383, -0.046509, 0.043171, -0.037554, -0.042658, 0.003948],
];

function expectHeads(vectors: readonly Float32Array[], heads: readonly (readonly number[])[]): void {
  for (const [row, expected] of heads.entries()) {
    for (const [column, value] of expected.entries()) expect(vectors[row]?.[column]).toBeCloseTo(value, 5);
  }
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

describe('the embedder that set-up builds', () => {
  let folder: string;
  let quantized: Embedder;
  let whole: Embedder;
  let unadapted: Embedder;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuecard-embedder-'));
    await buildEmbedder(join(folder, 'w8'));
    await buildEmbedder(join(folder, 'fp32'), { precision: 'fp32' });
    await buildEmbedder(join(folder, 'published'), { precision: 'fp32', asPublished: true });
    [quantized, whole, unadapted] = await Promise.all([
      openUseLiteEmbedder({ dir: join(folder, 'w8') }),
      openUseLiteEmbedder({ dir: join(folder, 'fp32') }),
      openUseLiteEmbedder({ dir: join(folder, 'published') }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([quantized.close(), whole.close(), unadapted.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('computes what the published model computes, also beyond 128 tokens', async () => {
    // Bug: a transposed kernel or a missed layer gives plausible vectors that mean nothing.
    expectHeads(await unadapted.embed(texts), published);
  });

  it('computes what the training computed once its deltas are added', async () => {
    // Bug: a delta added to another matrix than it was trained for, or not at all.
    expectHeads(await whole.embed(texts), adapted);
  });

  it('loses nothing that matters with 8-bit weights', async () => {
    // Bug: a wrong scale axis still gives unit vectors, only other ones.
    const [small, full] = await Promise.all([quantized.embed(texts), whole.embed(texts)]);
    for (const [index, vector] of small.entries()) {
      expect(dot(vector, full[index] ?? new Float32Array())).toBeGreaterThan(0.999);
    }
  });

  it('gives unit vectors in which like meanings are near', async () => {
    // Bug: without the final normalisation long texts would win every search.
    const vectors = await quantized.embed(texts);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 4);
    const [parcel, track, kettle] = vectors as [Float32Array, Float32Array, Float32Array];
    expect(dot(parcel, track)).toBeGreaterThan(dot(parcel, kettle) + 0.2);
  });

  it('gives the same vector alone and beside a longer text', async () => {
    // Bug: padding that leaks into attention or the mean makes an answer depend on its neighbours.
    const [alone] = await whole.embed([texts[0] ?? '']);
    const [beside] = await whole.embed(texts);
    expect(dot(alone ?? new Float32Array(), beside ?? new Float32Array())).toBeGreaterThan(0.99999);
  });

  it('goes out with the names and licences of the data it was adapted on', async () => {
    // Bug: the packaged app would carry weights made from texts whose licences ask to be named, and name none.
    const notice = await readFile(join(folder, 'w8', 'NOTICE.md'), 'utf8');
    for (const word of ['CLINC150', 'CC BY 3.0', 'NLU++', 'CC BY 4.0', 'DSTC10', 'Apache 2.0', 'MIT'])
      expect(notice).toContain(word);
  });

  it('is the same file every time, and notices when it is not', async () => {
    // Bug: a time stamp or map order in the file would make every start rebuild every index.
    const first = await readFile(join(folder, 'w8', 'use-lite-support-w8.onnx'));
    await buildEmbedder(join(folder, 'again'));
    const damaged = await readFile(join(folder, 'again', 'use-lite-support-w8.onnx'));
    expect(damaged.equals(first)).toBe(true);
    expect(await inspectEmbedder(join(folder, 'again'))).toHaveProperty('manifest.id', 'use-lite-support-w8');
    damaged[1000] = (damaged[1000] ?? 0) ^ 1;
    await writeFile(join(folder, 'again', 'use-lite-support-w8.onnx'), damaged);
    expect(await inspectEmbedder(join(folder, 'again'))).toHaveProperty('problem');
  });

  it('also gives what stands before the last layer, and the same vector beside it', async () => {
    const deep = (await quantized.embedDeep?.([...texts, ''])) ?? [];
    const plain = await quantized.embed([...texts, '']);
    plain.forEach((vector, at) =>
      expect(dot(vector, deep[at]?.subarray(0, 512) ?? vector)).toBeCloseTo(at < texts.length ? 1 : 0, 5),
    );
    expect(deep.map(({ length }) => length)).toEqual(deep.map(() => 1024));
    const [first, second] = deep.map((row) => row.subarray(512));
    expect(dot(first ?? new Float32Array(), first ?? new Float32Array())).not.toBeCloseTo(
      dot(first ?? new Float32Array(), second ?? new Float32Array()),
      1,
    );
    expect(deep.at(-1)?.every((value) => value === 0)).toBe(true);
  });
});
