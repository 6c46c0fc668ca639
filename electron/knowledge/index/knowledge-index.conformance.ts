import { describe, expect, it } from 'vitest';

import type { IndexedVectors, KnowledgeIndex } from './knowledge-index.js';

const DIMENSIONS = 32;

/** Unit vectors around a few centres, as texts are; the same for every run. */
export function vectorsForTests(count: number, dimensions = DIMENSIONS): IndexedVectors {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648 - 0.5;
  };
  const centres = Array.from({ length: 12 }, () => Array.from({ length: dimensions }, random));
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const centre = centres[row % centres.length] ?? [];
    const values = centre.map((value) => value + random());
    const length = Math.hypot(...values);
    vectors.set(
      values.map((value) => value / length),
      row * dimensions,
    );
  }
  // Labels are row ids of a database: neither dense nor from zero.
  return { labels: Array.from({ length: count }, (_, row) => row * 3 + 5), vectors, dimensions };
}

const rowOf = ({ vectors, dimensions }: IndexedVectors, row: number): Float32Array =>
  vectors.slice(row * dimensions, (row + 1) * dimensions);

/** What every index must keep. `build` makes one of the vectors it is given. */
export function describeKnowledgeIndex(
  name: string,
  build: (source: IndexedVectors) => Promise<KnowledgeIndex>,
): void {
  describe(`${name} keeps the promises of a knowledge index`, () => {
    const source = vectorsForTests(600);

    it('finds every stored vector by itself, nearest first', async () => {
      const index = await build(source);
      expect(index.size).toBe(600);
      for (let row = 0; row < 600; row += 37) {
        const [first, second] = index.search(rowOf(source, row), 2);
        expect(first?.label).toBe(source.labels[row]);
        expect(first?.cosine).toBeCloseTo(1, 4);
        expect(second?.cosine).toBeLessThanOrEqual(first?.cosine ?? 0);
      }
    });

    it('finds nearly all of the true neighbours', async () => {
      const index = await build(source);
      let found = 0;
      for (let row = 0; row < 50; row++) {
        const query = rowOf(source, row);
        const truth = new Set(exact(source, query, 10));
        found += index.search(query, 10).filter(({ label }) => truth.has(label)).length;
      }
      expect(found / 500).toBeGreaterThanOrEqual(0.97);
    });

    it('gives only what is accepted, also where that is one in a hundred', async () => {
      const index = await build(source);
      const accepted = new Set(source.labels.filter((_, row) => row % 100 === 3));
      const query = rowOf(source, 50);
      const expected = exact(source, query, 600).filter((label) => accepted.has(label));
      expect(index.search(query, 10, (label) => accepted.has(label)).map(({ label }) => label)).toEqual(
        expected,
      );
      expect(index.search(query, 10, () => false)).toEqual([]);
    });

    it('has nothing for a query of zeros and in an empty index', async () => {
      const index = await build(source);
      expect(index.search(new Float32Array(DIMENSIONS), 5)).toEqual([]);
      const empty = await build({ labels: [], vectors: new Float32Array(), dimensions: DIMENSIONS });
      expect(empty.search(rowOf(source, 0), 5)).toEqual([]);
      expect(empty.size).toBe(0);
    });

    it('tells the cosine of any stored chunk and null for others', async () => {
      const index = await build(source);
      expect(index.cosine([rowOf(source, 0), rowOf(source, 4)], source.labels[4] ?? 0)).toBeCloseTo(1, 4);
      expect(index.cosine([rowOf(source, 4)], 999_999)).toBeNull();
      expect(index.cosine([], source.labels[4] ?? 0)).toBeNull();
    });

    it('gives at most as many as asked for, and all when fewer are there', async () => {
      const few = await build(vectorsForTests(3));
      expect(few.search(rowOf(source, 0), 50)).toHaveLength(3);
      expect((await build(source)).search(rowOf(source, 0), 7)).toHaveLength(7);
    });
  });
}

function exact(source: IndexedVectors, query: Float32Array, limit: number): number[] {
  return source.labels
    .map((label, row) => ({
      label,
      cosine: rowOf(source, row).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0),
    }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, limit)
    .map(({ label }) => label);
}
