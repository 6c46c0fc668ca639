import type { SearchRequest, SearchResult } from '../knowledge-base.js';
import type { KnowledgeIndex, Neighbour } from '../index/knowledge-index.js';
import type { CandidateReader } from '../store/candidate-reader.js';
import type { ChunkFacets } from '../store/chunk-facets.js';
import { confidenceModels } from './confidence-weights.js';
import { confidenceOf, featuresOf, type ConfidenceFeature } from './confidence.js';
import type { LexicalSearch } from './lexical-search.js';
import { mergePassages } from './merge-passages.js';
import { analyseQuery, type AnalysedQuery } from './query.js';
import { fuseRanks } from './rank-fusion.js';
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

/** Analyses a query against what the knowledge holds. */
export function understand(query: string, state: SearchState): AnalysedQuery {
  return analyseQuery(query, {
    spelling: state.spelling,
    passages: state.facets.size,
    passagesWith: (stem) => state.lexical.passagesWith(stem),
  });
}

/**
 * Ranks passages for an analysed query; `vectors` are those of its segments, empty without an embedder. Runs without a
 * pause, so that what it reads belongs to one state.
 */
export function searchTrace(
  request: SearchRequest,
  query: AnalysedQuery,
  vectors: readonly Float32Array[],
  state: SearchState,
  today: string,
  weights: SearchWeights = searchWeights,
): SearchTrace {
  const { facets, index } = state;
  const excluded = new Set(request.excludeArticleIds);
  const accept = (chunkId: number): boolean => {
    const chunk = facets.get(chunkId);
    return (
      chunk !== undefined &&
      request.audiences.includes(chunk.audience) &&
      (request.language === null || chunk.language === request.language) &&
      !excluded.has(chunk.articleId)
    );
  };
  const lexical = state.lexical.find(query, weights.depth, accept);
  const dense = index ? nearest(vectors, index, weights.depth, accept) : [];
  const fused = fuseRanks(
    lexical,
    dense.map(({ label }) => label),
    weights.denseShare,
  );
  const ranked = rankCandidates({
    rows: state.candidates.candidates(fused.map(({ id }) => id)),
    fused,
    query,
    cosineOf: (chunkId) => (index ? bestCosine(vectors, index, chunkId) : null),
    weights,
    today,
  });
  return { ranked, features: featuresOf(query, ranked), mode: index ? 'hybrid' : 'lexical' };
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

function bestCosine(vectors: readonly Float32Array[], index: KnowledgeIndex, chunkId: number): number | null {
  const cosines = vectors.flatMap((vector) => index.cosine(vector, chunkId) ?? []);
  return cosines.length === 0 ? null : Math.max(...cosines);
}
