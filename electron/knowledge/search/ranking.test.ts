import { describe, expect, it } from 'vitest';

import { confidenceOf, featuresOf } from './confidence.js';
import { fitConfidence } from './confidence-fit.js';
import { mergePassages } from './merge-passages.js';
import { fuseRankings, ranksOf } from './rank-fusion.js';
import type { RankedChunk } from './ranking.js';

const markdown = 'First words. Second words. Third words. Other words.';
const chunk = (more: Partial<RankedChunk>): RankedChunk => ({
  id: 1,
  hash: `h${String(more.id ?? 1)}`,
  articleId: 'a',
  ordinal: 0,
  headingPath: ['Costs'],
  start: 0,
  end: 12,
  title: 'Title',
  category: 'c',
  audience: 'public',
  language: 'en',
  brand: null,
  product: null,
  page: null,
  updatedAt: null,
  validFrom: null,
  validUntil: null,
  body: `body ${String(more.id ?? 1)}`,
  lexicalRank: 1,
  denseRank: 1,
  cosine: 0.5,
  coverage: 0.5,
  topicality: 0,
  freshness: 'current',
  score: 0.5,
  ...more,
});
const merge = (chunks: RankedChunk[], limit = 5) => mergePassages(chunks, limit, () => markdown);

describe('Fusing rankings', () => {
  it('puts first what both know over what one puts first', () => {
    const scores = fuseRankings([
      { ids: [1, 2, 3], weight: 0.5 },
      { ids: [4, 2, 5], weight: 0.5 },
    ]);
    expect([...scores].toSorted((a, b) => b[1] - a[1])[0]?.[0]).toBe(2);
    expect(Math.max(...scores.values())).toBeLessThanOrEqual(1);
  });

  it('gives an empty ranking no say, and agreement on the first place the full score', () => {
    expect(
      fuseRankings([
        { ids: [7, 8], weight: 0.6 },
        { ids: [], weight: 0.4 },
      ]).get(7),
    ).toBeCloseTo(1);
    expect(
      fuseRankings([
        { ids: [7], weight: 0.6 },
        { ids: [7], weight: 0.4 },
      ]).get(7),
    ).toBeCloseTo(1);
    expect(fuseRankings([{ ids: [], weight: 1 }]).size).toBe(0);
  });

  it('lets a heavier ranking win a draw', () => {
    const scores = fuseRankings([
      { ids: [1], weight: 0.3 },
      { ids: [2], weight: 0.7 },
    ]);
    expect(scores.get(2)).toBeGreaterThan(scores.get(1) ?? 0);
  });

  it('counts ranks from one', () => {
    expect(ranksOf([5, 9])).toEqual(
      new Map([
        [5, 1],
        [9, 2],
      ]),
    );
  });
});

describe('Merging passages', () => {
  it('makes one passage with one exact span of neighbours in a section', () => {
    const passages = merge([
      chunk({ id: 2, ordinal: 1, start: 13, end: 26, score: 0.9 }),
      chunk({ id: 1, ordinal: 0, start: 0, end: 12, score: 0.7 }),
    ]);
    expect(passages).toHaveLength(1);
    expect(passages[0]).toMatchObject({
      chunkId: 'h2',
      score: 0.9,
      span: { start: 0, end: 26 },
      text: 'First words. Second words.',
    });
  });

  it('leaves apart what stands under another heading, in another article, or is far worse', () => {
    const best = chunk({ id: 1, score: 0.9 });
    expect(merge([best, chunk({ id: 2, ordinal: 1, headingPath: ['Times'], score: 0.8 })])).toHaveLength(2);
    expect(merge([best, chunk({ id: 2, ordinal: 1, articleId: 'b', score: 0.8 })])).toHaveLength(2);
    expect(merge([best, chunk({ id: 2, ordinal: 1, score: 0.3 })])).toHaveLength(2);
    expect(merge([best, chunk({ id: 2, ordinal: 2, score: 0.8 })])).toHaveLength(2);
  });

  it('counts the same text in two articles once', () => {
    const twice = [chunk({ id: 1, body: 'Same.' }), chunk({ id: 2, articleId: 'b', body: 'same.' })];
    expect(merge(twice).map(({ articleId }) => articleId)).toEqual(['a']);
  });

  it('lets other articles speak before a third passage of one', () => {
    const of = (id: number, articleId: string): RankedChunk =>
      chunk({ id, articleId, ordinal: id * 2, score: 1 - id / 10 });
    const order = merge([of(1, 'a'), of(2, 'a'), of(3, 'a'), of(4, 'b')], 3);
    expect(order.map(({ articleId }) => articleId)).toEqual(['a', 'a', 'b']);
  });
});

describe('Confidence', () => {
  const terms = [{ word: 'return', stem: 'return', weight: 2, isKnown: true, alternatives: [] }];
  const query = { terms, segments: [] };

  it('measures nothing where nothing was found', () => {
    expect(Object.values(featuresOf(query, []))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('sees agreement through any passage of the article and the distance to the next one', () => {
    const features = featuresOf(query, [
      chunk({ id: 1, lexicalRank: null, denseRank: 1, score: 0.8 }),
      chunk({ id: 2, lexicalRank: 1, denseRank: null, score: 0.7 }),
      chunk({ id: 3, articleId: 'b', score: 0.5 }),
    ]);
    expect(features.agreement).toBe(1);
    expect(features.margin).toBeCloseTo(0.3);
    expect(features.known).toBe(1);
  });

  it('learns which feature tells right from wrong', () => {
    const samples = Array.from({ length: 40 }, (_, i) => ({
      features: {
        cosine: i / 40,
        coverage: ((i * 7) % 10) / 10,
        known: 1,
        agreement: 0.5,
        margin: 0,
        topicality: 0,
      },
      isRight: i >= 20,
      hasAnswer: i >= 15,
    }));
    const model = fitConfidence(samples);
    expect(model.weights.cosine).toBeGreaterThan(Math.abs(model.weights.coverage));
    const keptBack = samples.filter(
      ({ features, hasAnswer }) => !hasAnswer && confidenceOf(features, model) < model.threshold,
    );
    expect(keptBack.length).toBeGreaterThanOrEqual(11);
  });
});
