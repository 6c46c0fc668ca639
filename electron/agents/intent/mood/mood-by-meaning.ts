import type { MoodRow } from './mood-row.js';
import { moodWeights } from './mood-weights.js';

/** How likely each mood is by the meaning of the text, together 1. */
export interface MoodShares {
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
}

let rows: Readonly<Record<keyof MoodShares, { weights: Int8Array; scale: number; bias: number }>> | null =
  null;

function decoded({ weights, scale, bias }: MoodRow) {
  return { weights: new Int8Array(Buffer.from(weights, 'base64')), scale, bias };
}

/**
 * Softmax regression over the sentence vector of the bundled embedder, for what no list of words can know ("two hours on hold and then the line
 * went dead"). Null for vectors of another length.
 */
export function moodByMeaning(vector: Float32Array): MoodShares | null {
  rows ??= {
    positive: decoded(moodWeights.positive),
    neutral: decoded(moodWeights.neutral),
    negative: decoded(moodWeights.negative),
  };
  if (rows.positive.weights.length !== vector.length) return null;
  const score = ({ weights, scale, bias }: { weights: Int8Array; scale: number; bias: number }): number =>
    vector.reduce((sum, value, at) => sum + value * (weights[at] ?? 0) * scale, bias);
  const [positive, neutral, negative] = [score(rows.positive), score(rows.neutral), score(rows.negative)].map(
    Math.exp,
  );
  const all = (positive ?? 0) + (neutral ?? 0) + (negative ?? 0);
  return { positive: (positive ?? 0) / all, neutral: (neutral ?? 0) / all, negative: (negative ?? 0) / all };
}
