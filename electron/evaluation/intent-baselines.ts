import { vectorsOf, type LearnedClassifier } from '../models/adapters/classify-text.js';
import { featuresOf, readTexts, type KernelModel } from '../models/adapters/kernel-model.js';
import type { Embedder } from '../models/embedder.js';
import type { LabelPair } from './label-figures.js';
import type { LabelledText } from './label-report.js';

interface Baseline {
  readonly method: string;
  readonly pairs: readonly LabelPair[];
}

/** As many neighbours as the table of 2020 that made Banking77 known. */
const NEIGHBOURS = 10;

/**
 * What simple methods say with the same sentence vectors and n-grams: a vote of the nearest examples by each alone, weighed by how near they
 * are, and the nearest mean vector of an intent's examples.
 */
export async function intentBaselines(
  { model, intents }: LearnedClassifier,
  train: readonly LabelledText[],
  test: readonly LabelledText[],
  embedder: Embedder,
): Promise<Baseline[]> {
  if (model === null) return [];
  const means = await meansOf(train, embedder);
  const vectors = await vectorsOf(
    embedder,
    test.map(({ text }) => text),
  );
  const pairs = { meaning: [] as LabelPair[], wording: [] as LabelPair[], mean: [] as LabelPair[] };
  for (const [at, { text, label: expected }] of test.entries()) {
    const vector = vectors[at] ?? new Float32Array(embedder.dimensions);
    const [reading] = await readTexts(model, [featuresOf(text, vector)]);
    if (!reading) continue;
    pairs.meaning.push({ expected, found: intents[votedBy(reading.meaning, model)]?.id ?? '' });
    pairs.wording.push({ expected, found: intents[votedBy(reading.wording, model)]?.id ?? '' });
    pairs.mean.push({ expected, found: nearestMean(means, vector) });
  }
  return [
    { method: 'nearest by vectors', pairs: pairs.meaning },
    { method: 'nearest by n-grams', pairs: pairs.wording },
    { method: 'nearest mean vector', pairs: pairs.mean },
  ];
}

/** The intent with the largest sum of closeness among the nearest examples; "none of them" has no vote. */
function votedBy(closeness: Float32Array, { labels, intents }: KernelModel): number {
  const nearest = [...closeness.keys()]
    .filter((example) => (labels[example] ?? intents) < intents)
    .sort((a, b) => (closeness[b] ?? 0) - (closeness[a] ?? 0))
    .slice(0, NEIGHBOURS);
  const votes = new Float64Array(intents);
  for (const example of nearest) {
    const intent = labels[example] ?? 0;
    votes[intent] = (votes[intent] ?? 0) + (closeness[example] ?? 0);
  }
  return votes.indexOf(votes.reduce((most, vote) => Math.max(most, vote), 0));
}

async function meansOf(
  train: readonly LabelledText[],
  embedder: Embedder,
): Promise<ReadonlyMap<string, Float32Array>> {
  const vectors = await embedder.embed(train.map(({ text }) => text));
  const sums = new Map<string, Float32Array>();
  train.forEach(({ label }, at) => {
    const sum = sums.get(label) ?? new Float32Array(embedder.dimensions);
    vectors[at]?.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
    sums.set(label, sum);
  });
  return new Map(
    Array.from(sums, ([label, sum]) => {
      const length = Math.hypot(...sum) || 1;
      return [label, sum.map((value) => value / length)];
    }),
  );
}

function nearestMean(means: ReadonlyMap<string, Float32Array>, vector: Float32Array): string {
  let best = '';
  let bestCosine = -Infinity;
  for (const [label, mean] of means) {
    const cosine = mean.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
    if (cosine > bestCosine) [best, bestCosine] = [label, cosine];
  }
  return best;
}
