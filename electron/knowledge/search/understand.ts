import type { SearchRequest } from '../knowledge-base.js';
import {
  analyseQuery,
  queryTerms,
  type AnalysedQuery,
  type QueryTerm,
  type QueryVocabulary,
} from './query.js';
import { turnsOf, type Turn } from './turns.js';

/** One thing the customer said, in words and, with an embedder, in vectors. */
export interface UnderstoodTurn extends Turn {
  readonly query: AnalysedQuery;
  /** Of the turn, and of the sentences of the newest one that ask; empty without an embedder. */
  readonly vectors: readonly Float32Array[];
}

/** A request as it is ranked. */
export interface UnderstoodRequest {
  /** All turns as one query. */
  readonly whole: AnalysedQuery;
  /** Newest first; none for an empty request. */
  readonly turns: readonly UnderstoodTurn[];
  readonly topicTerms: readonly QueryTerm[];
  readonly topicVector: Float32Array | null;
}

/** Turns texts into vectors; gives none when there is no embedder. */
export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** Each costs a search over all vectors. */
const MAX_SEGMENTS = 4;

/** Analyses a request against what the knowledge holds and embeds it. */
export async function understand(
  request: SearchRequest,
  vocabulary: QueryVocabulary,
  embed: EmbedTexts,
): Promise<UnderstoodRequest> {
  const topic = (request.topic ?? '').trim();
  const turns = turnsOf(request).map((turn, age) => {
    const query = analyseQuery(turn.text, vocabulary);
    return { ...turn, query, segments: query.segments.slice(0, age === 0 ? MAX_SEGMENTS : 1) };
  });
  const [newest] = turns;
  const texts = [
    ...new Set([...(topic === '' ? [] : [topic]), ...turns.flatMap(({ segments }) => segments)]),
  ];
  const vectors = await embed(texts);
  const vectorOf = new Map(texts.map((text, at) => [text, vectors[at]]));
  const said = turns.map(({ text }) => text).reverse();
  return {
    whole: newest && turns.length === 1 ? newest.query : analyseQuery(said.join('\n'), vocabulary),
    turns: turns.map(({ segments, ...turn }) => ({
      ...turn,
      vectors: segments.flatMap((segment) => vectorOf.get(segment) ?? []),
    })),
    topicTerms: queryTerms(topic, vocabulary),
    topicVector: vectorOf.get(topic) ?? null,
  };
}
