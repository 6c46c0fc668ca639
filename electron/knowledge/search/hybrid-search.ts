import type { SearchRequest, SearchResult } from '../knowledge-base.js';
import type { KnowledgeIndex, Neighbour } from '../index/knowledge-index.js';
import type { CandidateReader } from '../store/candidate-reader.js';
import type { ChunkFacets } from '../store/chunk-facets.js';
import { confidenceModels } from './confidence-weights.js';
import { confidenceOf, featuresOf, type ConfidenceFeature } from './confidence.js';
import type { LexicalSearch } from './lexical-search.js';
import { mergePassages } from './merge-passages.js';
import { analyseQuery, queryTerms, type AnalysedQuery, type QueryTerm } from './query.js';
import { fuseRankings, ranksOf } from './rank-fusion.js';
import { rankCandidates, type RankedChunk } from './ranking.js';
import { searchWeights, type SearchWeights } from './search-weights.js';
import type { Spelling } from './spelling.js';

/** The state of the knowledge one search sees from its first line to its last. */
export interface SearchState {
  readonly facets: ReadonlyMap<number, ChunkFacets>;
  readonly spelling: Spelling;
  /** Null when there are no vectors: the search is then lexical. */
  readonly index: KnowledgeIndex | null;
  readonly lexical: LexicalSearch;
  readonly candidates: CandidateReader;
}

/** Everything a search found out, for tests and for fitting; {@link SearchResult} is what is shown of it. */
export interface SearchTrace {
  readonly ranked: readonly RankedChunk[];
  readonly features: Readonly<Record<ConfidenceFeature, number>>;
  readonly mode: SearchResult['mode'];
}

/** A request as it is ranked: what it asks for in words and, with an embedder, in vectors. */
export interface UnderstoodRequest {
  readonly query: AnalysedQuery;
  readonly topicTerms: readonly QueryTerm[];
  /** Of the query's segments; empty without an embedder. */
  readonly vectors: readonly Float32Array[];
  readonly topicVector: Float32Array | null;
}

/** Turns texts into vectors; gives none when there is no embedder. */
export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** Analyses a request against what the knowledge holds and embeds it. */
export async function understand(
  { query, topic }: SearchRequest,
  state: SearchState,
  embed: EmbedTexts,
): Promise<UnderstoodRequest> {
  const vocabulary = {
    spelling: state.spelling,
    passages: state.facets.size,
    passagesWith: (stem: string) => state.lexical.passagesWith(stem),
  };
  const analysed = analyseQuery(query, vocabulary);
  const topicText = (topic ?? '').trim();
  const texts = topicText === '' ? analysed.segments : [topicText, ...analysed.segments];
  const vectors = await embed(texts);
  return {
    query: analysed,
    topicTerms: queryTerms(topicText, vocabulary),
    vectors: topicText === '' ? vectors : vectors.slice(1),
    topicVector: topicText === '' ? null : (vectors[0] ?? null),
  };
}

/** Ranks passages for a request. Runs without a pause, so that what it reads belongs to one state. */
export function searchTrace(
  request: SearchRequest,
  understood: UnderstoodRequest,
  state: SearchState,
  today: string,
  weights: SearchWeights = searchWeights,
): SearchTrace {
  const { query, topicTerms, topicVector, vectors } = understood;
  const { facets, index } = state;
  const excluded = new Set(request.excludeArticleIds);
  const accept = (chunkId: number): boolean => {
    const chunk = facets.get(chunkId);
    return (
      chunk !== undefined &&
      request.audiences.includes(chunk.audience) &&
      chunk.pool === (request.pool ?? 'articles') &&
      isOf(request.brand, chunk.brand) &&
      isOf(request.product, chunk.product) &&
      (request.language === null || chunk.language === request.language) &&
      !excluded.has(chunk.articleId)
    );
  };
  const find = (terms: readonly QueryTerm[]): number[] => state.lexical.find(terms, weights.depth, accept);
  const near = (of: readonly Float32Array[]): number[] =>
    index ? nearest(of, index, weights.depth, accept).map(({ label }) => label) : [];
  const lexical = find(query.terms);
  const dense = near(vectors);
  const fused = fuseRankings([
    { ids: lexical, weight: 1 - weights.denseShare },
    { ids: query.asked.length < query.terms.length ? find(query.asked) : [], weight: 1 - weights.denseShare },
    { ids: dense, weight: weights.denseShare },
    { ids: find(topicTerms), weight: weights.topicShare },
    { ids: topicVector ? near([topicVector]) : [], weight: weights.topicShare },
  ]);
  const lexicalRanks = ranksOf(lexical);
  const denseRanks = ranksOf(dense);
  const ranked = rankCandidates({
    rows: state.candidates.candidates([...fused.keys()]),
    found: Array.from(fused, ([id, score]) => ({
      id,
      lexicalRank: lexicalRanks.get(id) ?? null,
      denseRank: denseRanks.get(id) ?? null,
      fused: score,
    })),
    query,
    cosineOf: (chunkId) => index?.cosine(vectors, chunkId) ?? null,
    topic:
      topicTerms.length === 0 && !topicVector
        ? null
        : {
            terms: topicTerms,
            cosineOf: (chunkId) => (topicVector ? (index?.cosine([topicVector], chunkId) ?? null) : null),
          },
    weights,
    today,
  });
  return {
    ranked,
    features: featuresOf(query, ranked),
    mode: index && vectors.length > 0 ? 'hybrid' : 'lexical',
  };
}

/** Turns a trace into the answer of a search. */
export function searchResult(trace: SearchTrace, limit: number, candidates: CandidateReader): SearchResult {
  const model = confidenceModels[trace.mode];
  const confidence = trace.ranked.length === 0 ? 0 : confidenceOf(trace.features, model);
  return {
    passages: mergePassages(trace.ranked, limit, (articleId) => candidates.markdown(articleId)),
    confidence,
    isAnswerable: confidence >= model.threshold,
    mode: trace.mode,
  };
}

/** Chunks near any of the query's segments, by their best cosine. */
function nearest(
  vectors: readonly Float32Array[],
  index: KnowledgeIndex,
  limit: number,
  accept: (chunkId: number) => boolean,
): Neighbour[] {
  const best = new Map<number, number>();
  for (const { label, cosine } of vectors.flatMap((vector) => index.search(vector, limit, accept))) {
    best.set(label, Math.max(cosine, best.get(label) ?? -1));
  }
  return Array.from(best, ([label, cosine]) => ({ label, cosine }))
    .sort((a, b) => b.cosine - a.cosine || a.label - b.label)
    .slice(0, limit);
}

/** What belongs to no brand or product in particular is for all of them. */
function isOf(wanted: string | undefined, actual: string | null): boolean {
  return wanted === undefined || actual === null || actual.toLowerCase() === wanted.toLowerCase();
}
