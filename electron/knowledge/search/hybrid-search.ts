import type { SearchRequest, SearchResult } from '../knowledge-base.js';
import type { KnowledgeIndex } from '../index/knowledge-index.js';
import type { CandidateReader } from '../store/candidate-reader.js';
import type { ChunkFacets } from '../store/chunk-facets.js';
import { confidenceModels } from './confidence-weights.js';
import { confidenceOf, featuresOf, noFeatures, type ConfidenceFeature } from './confidence.js';
import { cosinesTo, fromBest, labelsOf, nearestChunks } from './dense-search.js';
import type { LexicalSearch } from './lexical-search.js';
import { mergePassages } from './merge-passages.js';
import { rarityOf, type QueryVocabulary } from './query.js';
import { fuseRankings, ranksOf } from './rank-fusion.js';
import type { RankFeatures } from './rank-features.js';
import { rankCandidates, type RankedChunk } from './ranking.js';
import { scopeOf } from './scope.js';
import { searchWeights, type SearchWeights } from './search-weights.js';
import type { Spelling } from './spelling.js';
import type { UnderstoodRequest } from './understand.js';

/** The state of the knowledge one search sees from its first line to its last. */
export interface SearchState {
  readonly facets: ReadonlyMap<number, ChunkFacets>;
  readonly spelling: Spelling;
  /** Null when there are no vectors: the search is then lexical. */
  readonly index: KnowledgeIndex | null;
  /** Titles under the first passages of their articles; null without vectors. */
  readonly titles: KnowledgeIndex | null;
  readonly lexical: LexicalSearch;
  readonly candidates: CandidateReader;
}

/** Everything a search found out, for tests and for fitting; {@link SearchResult} is what is shown of it. */
export interface SearchTrace {
  readonly ranked: readonly RankedChunk[];
  readonly features: Readonly<Record<ConfidenceFeature, number>>;
  /** By article id, what the re-ranker weighed. */
  readonly articles: ReadonlyMap<string, RankFeatures>;
  readonly mode: SearchResult['mode'];
}

/** Counts of the words asked for since the knowledge changed; a search asks for some thousand, each a query of 50 µs. */
const counted = new WeakMap<SearchState['facets'], Map<string, number>>();
const MAX_COUNTED = 50_000;
/** The topic only helps along what the customer's own words find. */
const TOPIC_EFFORT = 0.3;

/** What a query is analysed against. */
export function vocabularyOf({ spelling, facets, lexical }: SearchState): QueryVocabulary {
  const counts = counted.get(facets) ?? new Map<string, number>();
  counted.set(facets, counts);
  return {
    spelling,
    passages: facets.size,
    passagesWith: (stem) => {
      const known = counts.get(stem);
      if (known !== undefined) return known;
      if (counts.size >= MAX_COUNTED) counts.clear();
      const found = lexical.passagesWith(stem);
      counts.set(stem, found);
      return found;
    },
  };
}

/** The answer to a request whose scope holds nothing, such as past cases where there are none; null where there is something to look for. */
export function traceOfNothing(request: SearchRequest, { facets, index }: SearchState): SearchTrace | null {
  if (scopeOf(request, facets).only?.length !== 0) return null;
  return { ranked: [], articles: new Map(), features: noFeatures, mode: index ? 'hybrid' : 'lexical' };
}

/** Ranks passages for a request. Runs without a pause, so that what it reads belongs to one state. */
export function searchTrace(
  request: SearchRequest,
  understood: UnderstoodRequest,
  state: SearchState,
  today: string,
  weights: SearchWeights = searchWeights,
): SearchTrace {
  const { whole, turns, topicTerms, topicVector } = understood;
  const { index, titles, lexical } = state;
  const vocabulary = vocabularyOf(state);
  const scope = scopeOf(request, state.facets);
  const { depth } = weights;
  const lexicalIds = lexical.find(whole.terms, depth, scope);
  const searched = turns.map((turn) => ({
    ...turn,
    lexical: turns.length === 1 ? lexicalIds : lexical.find(turn.query.terms, depth, scope, 1 / turns.length),
    dense: nearestChunks(turn.vectors, index, depth, scope),
    titled: nearestChunks(turn.vectors, titles, depth, scope),
  }));
  const denseIds = fromBest(searched.flatMap(({ dense }) => dense));
  const topicVectors = topicVector ? [topicVector] : [];
  const fused = fuseRankings([
    { ids: lexicalIds, weight: 1 },
    ...searched.flatMap(({ weight, lexical: byWords, dense, titled }) => [
      { ids: byWords, weight },
      { ids: labelsOf(dense), weight },
      { ids: labelsOf(titled), weight: weight * weights.titleShare },
    ]),
    { ids: lexical.find(topicTerms, depth, scope, TOPIC_EFFORT), weight: weights.topicShare },
    { ids: labelsOf(nearestChunks(topicVectors, index, depth, scope)), weight: weights.topicShare },
  ]);
  const most = turns.length > 1 ? weights.rankedForTurns : weights.ranked;
  const kept = [...fused].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  const ids = kept.map(([id]) => id);
  const lexicalRanks = ranksOf(lexicalIds);
  const denseRanks = ranksOf(labelsOf(denseIds));
  const rows = state.candidates.candidates(ids);
  const { ranked, articles } = rankCandidates({
    rows,
    found: new Map(
      ids.map((id) => [
        id,
        { id, lexicalRank: lexicalRanks.get(id) ?? null, denseRank: denseRanks.get(id) ?? null },
      ]),
    ),
    whole,
    turns: searched.map(({ text, weight, query, vectors, ...found }) => ({
      text,
      weight,
      query,
      lexicalRanks: ranksOf(found.lexical),
      denseRanks: ranksOf(labelsOf(found.dense)),
      cosineOf: cosinesTo(vectors, index),
    })),
    rarityOf: (stem) => rarityOf(stem, vocabulary),
    correct: (word) => state.spelling.correct(word) ?? word,
    topic:
      topicTerms.length === 0 && !topicVector
        ? null
        : { terms: topicTerms, cosineOf: cosinesTo(topicVectors, index) },
    weights,
    today,
  });
  return {
    ranked,
    articles,
    features: featuresOf(whole, ranked),
    mode: index && turns.some(({ vectors }) => vectors.length > 0) ? 'hybrid' : 'lexical',
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
