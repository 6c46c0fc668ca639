import { coverage, stemSet } from '../agents/text/words.js';
import type { Embedder } from '../models/embedder.js';
import { sentencesOf } from '../agents/text/sentences.js';
import { rates } from './label-figures.js';
import type { CritiqueRow } from './critique-set.js';

/** A score of every row, high for a sentence that stands on its evidence; under a threshold it counts as unsupported. */
export interface BaselineScores {
  readonly name: string;
  readonly scores: readonly number[];
}

/** Share of a sentence's stems that are in the evidence: what a check by words alone does. */
export function overlapScores(rows: readonly CritiqueRow[]): BaselineScores {
  const scores = rows.map((row) => coverage(stemSet(row.sentence), stemSet(textOf(row))));
  return { name: 'words in common', scores };
}

/** Highest cosine of a sentence and one of the evidence: what a check by meaning alone does. */
export async function cosineScores(
  rows: readonly CritiqueRow[],
  embedder: Pick<Embedder, 'embed'>,
): Promise<BaselineScores> {
  const vectors = new Map<string, Float32Array>();
  const embed = async (texts: readonly string[]): Promise<void> => {
    const missing = [...new Set(texts)].filter((text) => !vectors.has(text));
    const found = missing.length > 0 ? await embedder.embed(missing) : [];
    missing.forEach((text, at) => vectors.set(text, found[at] ?? new Float32Array()));
  };
  const scores: number[] = [];
  for (const row of rows) {
    const parts = textOf(row)
      .split('\n')
      .flatMap((line) => sentencesOf(line))
      .map(({ text }) => text);
    await embed([row.sentence, ...parts]);
    const own = vectors.get(row.sentence);
    const all = parts.map((part) => dot(own, vectors.get(part)));
    scores.push(Math.max(0, ...all));
  }
  return { name: 'cosine of the embedder', scores };
}

/** The threshold with the best F1 of "unsupported" on the given rows. */
export function bestThreshold(scores: readonly number[], isUnsupported: readonly boolean[]): number {
  let best = { threshold: 0, f1: -1 };
  const expected = isUnsupported.filter(Boolean).length;
  for (const threshold of new Set(scores)) {
    const found = scores.map((score) => score < threshold);
    const right = found.filter((one, at) => one && isUnsupported[at]).length;
    const { f1 } = rates(right, found.filter(Boolean).length, expected);
    if (f1 > best.f1) best = { threshold, f1 };
  }
  return best.threshold;
}

function textOf({ passages, facts }: CritiqueRow): string {
  return [...passages.map(({ text }) => text), ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n');
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return 0;
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
