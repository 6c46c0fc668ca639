import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import hnswlib from 'hnswlib-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { labelsOf, partsOf, restoreVectors, stripVectors } from './graph-segment.js';

const DIMENSIONS = 16;
let folder = '';
let file: Buffer;
const vectors = new Map<number, Float32Array>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cuecard-graph-'));
  const graph = new hnswlib.HierarchicalNSW('ip', DIMENSIONS);
  graph.initIndex({ maxElements: 600, m: 8, efConstruction: 50, randomSeed: 7 });
  for (let label = 1; label <= 500; label++) {
    const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(label * (i + 1)));
    vectors.set(label, vector);
    graph.addPoint(Array.from(vector), label);
  }
  await graph.writeIndex(path.join(folder, 'graph'));
  file = await readFile(path.join(folder, 'graph'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a graph without its vectors', () => {
  it('becomes the very file it was', () => {
    const stripped = stripVectors(file, DIMENSIONS);
    expect(stripped.length).toBe(file.length - 500 * DIMENSIONS * 4);
    const parts = partsOf(stripped);
    const whole = Buffer.concat([
      ...restoreVectors(Buffer.concat(parts), DIMENSIONS, (label) => vectors.get(label)),
    ]);
    expect(whole.equals(file)).toBe(true);
  });

  it('knows which passages it links', () => {
    expect(labelsOf(stripVectors(file, DIMENSIONS), DIMENSIONS)).toEqual([...vectors.keys()]);
  });

  it('is refused in another shape: the library would trust every byte', () => {
    const stripped = stripVectors(file, DIMENSIONS);
    const restore = (content: Buffer, dimensions = DIMENSIONS) =>
      Buffer.concat([...restoreVectors(content, dimensions, (label) => vectors.get(label))]);
    const refused = expect.objectContaining({
      error: expect.objectContaining({ code: 'RELEASE_DAMAGED' }) as unknown,
    }) as unknown;
    const codeOf = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (cause) {
        return cause;
      }
    };
    expect(codeOf(() => restore(stripped, 8))).toEqual(refused);
    expect(codeOf(() => restore(stripped.subarray(0, 5000)))).toEqual(refused);
    expect(codeOf(() => restore(Buffer.alloc(50)))).toEqual(refused);
    expect(
      codeOf(() => stripVectors(Buffer.from('something else, long enough for a head'.repeat(9)), 16)),
    ).toEqual(refused);
    const bent = (change: (content: Buffer) => void): Buffer => {
      const content = Buffer.from(stripped);
      change(content);
      return content;
    };
    // A link of the first element, the entry point, and how many links a list has.
    expect(codeOf(() => restore(bent((content) => content.writeUInt32LE(500, 96 + 4))))).toEqual(refused);
    expect(codeOf(() => restore(bent((content) => content.writeInt32LE(500, 52))))).toEqual(refused);
    expect(codeOf(() => restore(bent((content) => content.writeUInt16LE(999, 96))))).toEqual(refused);
    expect(codeOf(() => restore(Buffer.concat([stripped, Buffer.alloc(4)])))).toEqual(refused);
    vectors.delete(250);
    expect(codeOf(() => restore(stripped))).toEqual(refused);
  });
});
