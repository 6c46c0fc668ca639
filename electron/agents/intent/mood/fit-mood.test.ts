import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { openUseLiteEmbedder } from '../../../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../../../models/embedder-for-tests.js';
import { loadTeam } from '../../../workspace/team-loader.js';
import { moodByMeaning, type MoodShares } from './mood-by-meaning.js';
import type { MoodRow } from './mood-row.js';

const COMMAND = 'CUECARD_FIT_MOOD=1 npx vitest run electron/agents/intent/mood/fit-mood.test.ts';
const weightsFile = fileURLToPath(new URL('mood-weights.ts', import.meta.url));
const Row = z.object({
  text: z.string(),
  sentiment: z.enum(['positive', 'neutral', 'negative', 'angry']),
  split: z.string(),
});

const moods = ['positive', 'neutral', 'negative'] as const;
type Mood = (typeof moods)[number];
/** Examples of each demo intent that stand in for messages without a mood. */
const EXAMPLES_PER_INTENT = 2;
const ROUNDS = 800;
const STEP = 4;
/** Small: the vectors have length 1. */
const DECAY = 0.003;

interface Sample {
  readonly vector: Float32Array;
  readonly mood: Mood;
}

async function readSamples(split: 'fit' | 'held_out'): Promise<Sample[]> {
  const rows = readFileSync(path.resolve('evals/datasets/sentiment.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Row.parse(JSON.parse(line)))
    .filter((row) => row.split === split)
    .map(({ text, sentiment }) => ({
      text,
      mood: sentiment === 'angry' ? ('negative' as const) : sentiment,
    }));
  const calm =
    split === 'fit'
      ? loadTeam(path.resolve('resources/demo'), 'demo').intents.flatMap(({ examples }) =>
          examples.slice(0, EXAMPLES_PER_INTENT).map((text) => ({ text, mood: 'neutral' as const })),
        )
      : [];
  const all = [...rows, ...calm];
  const embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
  try {
    const vectors = await embedder.embed(all.map(({ text }) => text.toLowerCase()));
    return all.flatMap(({ mood }, at) => {
      const vector = vectors[at];
      return vector ? [{ vector, mood }] : [];
    });
  } finally {
    await embedder.close();
  }
}

/** Softmax regression with weight decay by plain gradient descent, each mood weighing the same. */
function fit(samples: readonly Sample[]): { weights: Float64Array; bias: number }[] {
  const size = samples[0]?.vector.length ?? 0;
  const rows = moods.map(() => ({ weights: new Float64Array(size), bias: 0 }));
  const counts = moods.map((mood) => samples.filter((sample) => sample.mood === mood).length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = moods.map(() => ({ weights: new Float64Array(size), bias: 0 }));
    for (const { vector, mood } of samples) {
      const scores = rows.map(({ weights, bias }) =>
        Math.exp(vector.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), bias)),
      );
      const all = scores.reduce((sum, score) => sum + score, 0);
      const own = 1 / (moods.length * (counts[moods.indexOf(mood)] ?? 1));
      slopes.forEach((slope, at) => {
        const error = own * ((scores[at] ?? 0) / all - (moods[at] === mood ? 1 : 0));
        slope.bias += error;
        vector.forEach((x, i) => (slope.weights[i] = (slope.weights[i] ?? 0) + error * x));
      });
    }
    rows.forEach((row, at) => {
      const slope = slopes[at];
      row.bias -= STEP * (slope?.bias ?? 0);
      row.weights.forEach(
        (weight, i) => (row.weights[i] = weight - STEP * ((slope?.weights[i] ?? 0) + DECAY * weight)),
      );
    });
  }
  return rows;
}

function packed({ weights, bias }: { weights: Float64Array; bias: number }): MoodRow {
  const scale = Math.max(...weights.map(Math.abs)) / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  const round = (value: number): number => Number(value.toPrecision(6));
  return { weights: Buffer.from(bytes.buffer).toString('base64'), scale: round(scale), bias: round(bias) };
}

/** No test of behaviour but the tool that writes `mood-weights.ts`; it does so only when it is asked to, again after each new bundled embedder. */
describe.runIf(process.env['CUECARD_FIT_MOOD'])('The mood by meaning', () => {
  it('is fitted on the rows set aside for it', async () => {
    const rows = fit(await readSamples('fit')).map(packed);
    const model = Object.fromEntries(moods.map((mood, at) => [mood, rows[at]]));
    writeFileSync(weightsFile, sourceOf(JSON.stringify(model)));
    expect(rows).toHaveLength(moods.length);
  }, 120_000);
});

describe('The weights of the mood by meaning', () => {
  // Catches: weights that were fitted on another embedder than the one that is bundled.
  it('belong to the bundled embedder', async () => {
    const samples = await readSamples('held_out');
    const right = samples.filter(({ vector, mood }) => {
      const shares = moodByMeaning(vector);
      return shares !== null && best(shares) === mood;
    });
    expect(right.length / samples.length).toBeGreaterThan(0.65);
  });
});

function best(shares: MoodShares): Mood {
  return moods.reduce((most, mood) => (shares[mood] > shares[most] ? mood : most));
}

function sourceOf(model: string): string {
  return `import type { MoodRow } from './mood-row.js';

/**
 * Fitted on the \`fit\` rows of evals/datasets/sentiment.jsonl and two examples of each demo intent, as vectors of the bundled embedder. Written by
 * \`${COMMAND} && npx prettier --write electron/agents/intent/mood/mood-weights.ts\`
 */
export const moodWeights: Readonly<Record<'positive' | 'neutral' | 'negative', MoodRow>> = ${model};
`;
}
