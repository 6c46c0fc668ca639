import { rankFeatures, type RankFeature, type RankFeatures } from './rank-features.js';

/** One question with the articles a search had to order. */
export interface RankingQuestion {
  readonly candidates: readonly { readonly features: RankFeatures; readonly isRelevant: boolean }[];
}

const STEPS = 1500;
const RATE = 2;
/** Pulls weights towards zero, so that none grows on what a few hundred questions share by chance. */
const RIDGE = 0.002;

/**
 * Fits the weights of the re-ranker: the softmax over a question's candidates should put its mass on the relevant ones (ListNet's top-one loss, Cao et al.,
 * ICML 2007), by projected gradient descent, no weight below zero. Each set counts the same, whatever the number of its questions; those that have no
 * relevant candidate teach nothing and are left out.
 */
export function fitRanking(sets: readonly (readonly RankingQuestion[])[]): Record<RankFeature, number> {
  const questions = sets.flatMap((set) => {
    const usable = set.filter(({ candidates }) => candidates.some(({ isRelevant }) => isRelevant));
    return usable.map(({ candidates }) => ({
      rows: candidates.map(({ features }) => Float64Array.from(rankFeatures, (name) => features[name])),
      relevant: candidates.map(({ isRelevant }) => Number(isRelevant)),
      share: 1 / (usable.length * sets.length),
    }));
  });
  const weights = new Float64Array(rankFeatures.length).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight) => RIDGE * weight);
    for (const { rows, relevant, share } of questions) addGradient(gradient, weights, rows, relevant, share);
    for (let f = 0; f < weights.length; f++)
      weights[f] = Math.max(0, (weights[f] ?? 0) - RATE * (gradient[f] ?? 0));
  }
  return Object.fromEntries(rankFeatures.map((name, f) => [name, weights[f] ?? 0])) as Record<
    RankFeature,
    number
  >;
}

function addGradient(
  gradient: Float64Array,
  weights: Float64Array,
  rows: readonly Float64Array[],
  relevant: readonly number[],
  share: number,
): void {
  const scores = rows.map((row) => row.reduce((sum, value, f) => sum + value * (weights[f] ?? 0), 0));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const count = relevant.reduce((sum, one) => sum + one, 0);
  rows.forEach((row, at) => {
    const error = (powers[at] ?? 0) / total - (relevant[at] ?? 0) / count;
    for (let f = 0; f < gradient.length; f++)
      gradient[f] = (gradient[f] ?? 0) + share * error * (row[f] ?? 0);
  });
}
