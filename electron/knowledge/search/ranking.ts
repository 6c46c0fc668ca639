import type { CandidateRow } from '../store/candidate-reader.js';
import { coverage, stemsOf } from './coverage.js';
import type { AnalysedQuery, QueryTerm } from './query.js';
import type { FusedChunk } from './rank-fusion.js';
import type { SearchWeights } from './search-weights.js';

/** A candidate with all that its place in the result was decided by. */
export interface RankedChunk extends CandidateRow, FusedChunk {
  readonly cosine: number | null;
  /** Which part of the query's words title, headings and passage hold, 0 to 1. */
  readonly coverage: number;
  /** 0 to 1, comparable within one search. */
  readonly score: number;
}

export interface RankingInput {
  readonly rows: readonly CandidateRow[];
  readonly fused: readonly FusedChunk[];
  readonly query: AnalysedQuery;
  readonly cosineOf: (chunkId: number) => number | null;
  /** What the customer is thought to want; null when nothing is known of it. */
  readonly topic: RankingTopic | null;
  readonly weights: SearchWeights;
  /** ISO date; articles that are not valid on it go down. */
  readonly today: string;
}

/** A topic's words and how near a chunk is to it. */
export interface RankingTopic {
  readonly terms: readonly QueryTerm[];
  readonly cosineOf: (chunkId: number) => number | null;
}

/** Orders candidates by both searches, by how much of the query they hold and by what their headings say; best first. */
export function rankCandidates(input: RankingInput): RankedChunk[] {
  const { query, topic, weights, today } = input;
  const rows = new Map(input.rows.map((row) => [row.id, row]));
  const most =
    1 +
    weights.coverage +
    weights.title +
    weights.cosine +
    (topic ? weights.topicCosine + weights.topicTitle : 0);
  const ranked = input.fused.flatMap((fused): RankedChunk[] => {
    const row = rows.get(fused.id);
    if (!row) return [];
    const about = `${row.title} ${row.headingPath.join(' ')}`;
    const aboutStems = stemsOf(about);
    const covered = coverage(query.terms, stemsOf(`${about} ${row.body}`));
    const cosine = input.cosineOf(row.id);
    let parts = fused.fused;
    parts += weights.coverage * covered;
    parts += weights.title * coverage(query.terms, aboutStems);
    parts += weights.cosine * Math.max(0, cosine ?? 0);
    if (topic) {
      parts += weights.topicCosine * Math.max(0, topic.cosineOf(row.id) ?? 0);
      parts += weights.topicTitle * coverage(topic.terms, aboutStems);
    }
    const score = (parts / most) * (isValid(row, today) ? 1 : weights.expired);
    return [{ ...row, ...fused, cosine, coverage: covered, score: Math.min(1, score) }];
  });
  return ranked.sort((a, b) => b.score - a.score || a.id - b.id);
}

function isValid({ validFrom, validUntil }: CandidateRow, today: string): boolean {
  return (validFrom === null || validFrom <= today) && (validUntil === null || validUntil >= today);
}
