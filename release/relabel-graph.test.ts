import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import hnswlib from 'hnswlib-node';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { decodeGraphArticles, encodeGraphArticles } from './graph-articles.js';
import { labelsOf, restoreVectors, stripVectors } from './graph-segment.js';
import { relabelGraph } from './relabel-graph.js';

const DIMENSIONS = 16;
const COUNT = 2000;
const NEIGHBOURS = 10;
let folder = '';
let stripped: Buffer;
/** Of unit length, without order, the same each time. */
const vectorOf = (label: number): Float32Array => {
  const values = Array.from(
    { length: DIMENSIONS },
    (_, i) => Math.sin(label * 12.9898 + i * 78.233) * 43758.5453,
  );
  const parts = values.map((value) => value - Math.floor(value) - 0.5);
  const length = Math.hypot(...parts);
  return Float32Array.from(parts, (part) => part / length);
};
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cuecard-relabel-'));
  const graph = new hnswlib.HierarchicalNSW('ip', DIMENSIONS);
  graph.initIndex({ maxElements: COUNT, m: 16, efConstruction: 200, randomSeed: 7 });
  for (let label = 1; label <= COUNT; label++) graph.addPoint(Array.from(vectorOf(label)), label);
  await graph.writeIndex(path.join(folder, 'graph'));
  stripped = stripVectors(await readFile(path.join(folder, 'graph')), DIMENSIONS);
});
afterAll(() => rm(folder, { recursive: true }));

/** Every fifth is gone, and a whole neighbourhood of the first; the others have numbers far from their labels. */
const around = new Set(
  Array.from({ length: COUNT }, (_, i) => i + 1)
    .sort((a, b) => cosine(vectorOf(b), vectorOf(1)) - cosine(vectorOf(a), vectorOf(1)))
    .slice(0, 40),
);
const SHIFT = 100_000;
const isGone = (label: number): boolean => label % 5 === 0 || around.has(label);
const labelThere = (label: number): number | null => (isGone(label) ? null : SHIFT + label);

// Catches a graph that is cut in pieces by what is gone, or that gives out what is gone.
it('finds what is kept, past what is gone', async () => {
  const { kept, vectorLabels, stripped: relabelled } = relabelGraph(stripped, DIMENSIONS, labelThere);
  expect(kept).toEqual(
    Array.from({ length: COUNT }, (_, i) => i + 1).flatMap((label) => labelThere(label) ?? []),
  );
  const known = new Set(kept);
  expect(vectorLabels.every((label) => known.has(label))).toBe(true);
  let next = 0;
  const whole = restoreVectors(relabelled, DIMENSIONS, () => vectorOf((vectorLabels[next++] ?? 0) - SHIFT));
  const file = path.join(folder, 'relabelled');
  await writeFile(file, Buffer.concat([...whole]));
  const graph = new hnswlib.HierarchicalNSW('ip', DIMENSIONS);
  await graph.readIndex(file);
  graph.setEf(100);
  for (const label of graph.getIdsList()) if (!known.has(label)) graph.markDelete(label);

  let found = 0;
  const queries = Array.from({ length: 100 }, (_, i) => vectorOf(i * 19 + 1));
  for (const query of queries) {
    const truth = kept
      .map((label) => ({ label, cosine: cosine(query, vectorOf(label - SHIFT)) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, NEIGHBOURS)
      .map(({ label }) => label);
    const { neighbors } = graph.searchKnn(Array.from(query), NEIGHBOURS);
    expect(neighbors.every((label) => known.has(label))).toBe(true);
    found += neighbors.filter((label) => truth.includes(label)).length;
  }
  expect(found / (queries.length * NEIGHBOURS)).toBeGreaterThan(0.97);
});

it('gives every element another label, and two none the same', () => {
  const labels = labelsOf(relabelGraph(stripped, DIMENSIONS, labelThere).stripped, DIMENSIONS);
  expect(new Set(labels).size).toBe(COUNT);
  expect(labels.filter((label) => label <= SHIFT + COUNT)).toHaveLength(
    labels.length - Array.from({ length: COUNT }, (_, i) => i + 1).filter(isGone).length,
  );
});

it('is refused where its links lead nowhere', () => {
  const bent = Buffer.from(stripped);
  bent.writeUInt32LE(COUNT, 96 + 4);
  expect(() => relabelGraph(bent, DIMENSIONS, labelThere)).toThrow('graph');
});

it('knows its articles by their segments', () => {
  const articles = [
    { hash: 'ab'.repeat(32), passages: 3 },
    { hash: '01'.repeat(32), passages: 0 },
  ];
  expect(decodeGraphArticles(encodeGraphArticles(articles))).toEqual(articles);
  expect(() => decodeGraphArticles(encodeGraphArticles(articles).subarray(1))).toThrow('graph');
});
