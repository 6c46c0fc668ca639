import type { LearnedClassifier } from '../models/adapters/classify-text.js';
import { featuresOf } from '../models/adapters/mixed-model.js';
import { denseRow, softmaxOf } from '../models/adapters/softmax-regression.js';
import type { Embedder } from '../models/embedder.js';
import type { LabelPair } from './label-figures.js';
import type { LabelledText } from './label-report.js';

interface Baseline {
  readonly method: string;
  readonly pairs: readonly LabelPair[];
}

/** What the two halves of the classifier say alone, and what the nearest mean vector of an intent's examples says. */
export async function intentBaselines(
  { model, intents }: LearnedClassifier,
  train: readonly LabelledText[],
  test: readonly LabelledText[],
  embedder: Embedder,
): Promise<Baseline[]> {
  const means = await meansOf(train, embedder);
  const vectors = await embedder.embed(test.map(({ text }) => text));
  const halves = { dense: [] as LabelPair[], sparse: [] as LabelPair[], mean: [] as LabelPair[] };
  for (const [at, { text, label: expected }] of test.entries()) {
    const vector = vectors[at] ?? new Float32Array(embedder.dimensions);
    const { ngrams } = featuresOf(text, vector);
    const dense = softmaxOf(model.dense, denseRow(vector));
    const sparse = softmaxOf(model.sparse, model.vocabulary.rowOf(ngrams));
    halves.dense.push({ expected, found: intents[highest(dense, intents.length)]?.id ?? '' });
    halves.sparse.push({ expected, found: intents[highest(sparse, intents.length)]?.id ?? '' });
    halves.mean.push({ expected, found: nearestMean(means, vector) });
  }
  return [
    { method: 'sentence vectors alone', pairs: halves.dense },
    { method: 'n-grams alone', pairs: halves.sparse },
    { method: 'nearest mean vector', pairs: halves.mean },
  ];
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

/** The class with the highest probability among the intents; the last class stands for none of them. */
function highest(probabilities: ArrayLike<number>, intents: number): number {
  let best = 0;
  for (let at = 1; at < intents; at++) if ((probabilities[at] ?? 0) > (probabilities[best] ?? 0)) best = at;
  return best;
}
