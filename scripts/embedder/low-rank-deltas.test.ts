import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readLowRankDeltas, withLowRankDeltas } from './low-rank-deltas.mjs';

describe('low-rank deltas', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuecard-deltas-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const published = { shape: [1, 3, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const left = { shape: [3, 1], values: [1, -2, 0.5] };
  const right = { shape: [1, 2], values: [10, 100] };

  it('adds the product of both halves to its matrix and leaves every other one alone', async () => {
    // Bug: halves multiplied the wrong way round, or bfloat16 read as the lower half of a float.
    const file = join(folder, 'whole.safetensors');
    await writeFile(file, safetensors({ 'a/kernel.left': left, 'a/kernel.right': right }));
    const weight = withLowRankDeltas(() => published, await readLowRankDeltas(file));
    expect([...weight('a/kernel').values]).toEqual([11, 102, -17, -196, 10, 56]);
    expect(weight('b/kernel').values).toBe(published.values);
    expect([...published.values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuses a file that lacks one half', async () => {
    // Bug: a cut file would give a network with some layers adapted and others not.
    const file = join(folder, 'half.safetensors');
    await writeFile(file, safetensors({ 'a/kernel.left': left }));
    await expect(readLowRankDeltas(file)).rejects.toThrow('a/kernel.right is missing');
  });

  it('refuses a delta of another size than its matrix', async () => {
    // Bug: a delta made for other weights would be added row by row to the wrong numbers.
    const file = join(folder, 'other.safetensors');
    await writeFile(
      file,
      safetensors({ 'a/kernel.left': left, 'a/kernel.right': { shape: [1, 3], values: [1, 2, 3] } }),
    );
    const weight = withLowRankDeltas(() => published, await readLowRankDeltas(file));
    expect(() => weight('a/kernel')).toThrow('a/kernel: the delta does not have the size');
  });
});

/** Writes tensors as a file of bfloat16 numbers; only values that bfloat16 holds exactly stay what they are. */
function safetensors(tensors: Record<string, { shape: number[]; values: number[] }>): Buffer {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]) => {
    const data_offsets = [offset, (offset += 2 * values.length)];
    return [name, { dtype: 'BF16', shape, data_offsets }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const numbers = Object.values(tensors).flatMap(({ values }) => values);
  const words = new Uint32Array(Float32Array.from(numbers).buffer);
  return Buffer.concat([length, header, Buffer.from(Uint16Array.from(words, (word) => word >>> 16).buffer)]);
}
