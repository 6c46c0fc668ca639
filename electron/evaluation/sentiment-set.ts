import afinn from 'wink-sentiment/src/afinn-en-165.js';
import { z } from 'zod';

import { meaningOf } from '../agents/intent/mood/meaning-of.js';
import { readMood } from '../agents/intent/sentiment.js';
import type { Embedder } from '../models/embedder.js';
import { readDataRows } from './data-rows.js';
import { splitRows } from './split-rows.js';
import { evaluateLabels, type LabelEvaluation } from './label-report.js';

const Value = z.union([z.string(), z.number()]);
const Row = z
  .object({
    text: z.string(),
    sentiment: Value.optional(),
    label: Value.optional(),
    stars: Value.optional(),
    rating: Value.optional(),
    split: z.string().optional(),
  })
  .refine(({ sentiment, label, stars, rating }) => (sentiment ?? label ?? stars ?? rating) !== undefined, {
    path: ['sentiment'],
    message: 'A row needs "text" and "sentiment".',
  });

const words: Readonly<Record<string, string>> = {
  pos: 'positive',
  happy: 'positive',
  satisfied: 'positive',
  neg: 'negative',
  unhappy: 'negative',
  frustrated: 'negative',
  sad: 'negative',
  neu: 'neutral',
  none: 'neutral',
  mixed: 'neutral',
  anger: 'angry',
  furious: 'angry',
};

/** Numbers as the file uses them: 0 and 1, -1 to 1, or stars from 1 to 5. */
function numberLabel(value: number, all: ReadonlySet<number>): string {
  if (Math.max(...all) > 1) return value <= 2 ? 'negative' : value >= 4 ? 'positive' : 'neutral';
  const isSigned = Math.min(...all) < 0;
  if (isSigned) return value < 0 ? 'negative' : value > 0 ? 'positive' : 'neutral';
  return value >= 1 ? 'positive' : 'negative';
}

export interface SentimentOptions {
  readonly split?: string;
  readonly noise: boolean;
  readonly embedder: Pick<Embedder, 'embed'>;
}

/**
 * Measures how well the mood of each text of a file is told, beside the same without sentence vectors and the word list alone
 * (AFINN-165, the sum of its scores).
 *
 * The labels are those the file has: without "angry" an angry text is a negative one; without "neutral" every text must be one of the two.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export async function evaluateSentiment(
  file: string,
  { split, noise, embedder }: SentimentOptions,
): Promise<LabelEvaluation> {
  const all = await readDataRows(file, Row);
  const rows = splitRows(file, all, ({ value }) => value.split, split);
  const written = rows.map(
    ({ value }) => value.sentiment ?? value.label ?? value.stars ?? value.rating ?? '',
  );
  const numbers = new Set(written.map(Number));
  const isNumeric = written.every((value) => String(value).trim() !== '' && !Number.isNaN(Number(value)));
  const texts = rows.map(({ value: { text } }, at) => {
    const raw = String(written[at]).trim().toLowerCase();
    return { text, label: isNumeric ? numberLabel(Number(raw), numbers) : (words[raw] ?? raw) };
  });
  const labels = new Set(texts.map(({ label }) => label));
  const fit = (label: string, score: number): string => {
    if (label === 'angry' && !labels.has('angry')) return 'negative';
    if (label !== 'neutral' || labels.has('neutral')) return label;
    return score > 0 ? 'positive' : 'negative';
  };
  const methods = [
    {
      name: 'Cuecard',
      label: async (text: string) => {
        const meaning = await meaningOf(text, 'en', embedder);
        const { sentiment, score } = readMood(text, '', meaning);
        const lean = meaning ? meaning.positive - meaning.negative : 0;
        return fit(sentiment, score === 0 ? lean : score);
      },
    },
    {
      name: 'words and phrases, no meaning',
      label: (text: string) => {
        const { sentiment, score } = readMood(text);
        return fit(sentiment, score);
      },
    },
    {
      name: 'word list alone',
      label: (text: string) => {
        const score = lexiconScore(text);
        return fit(score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral', score);
      },
    },
  ];
  return evaluateLabels(file, texts, methods, noise);
}

function lexiconScore(text: string): number {
  const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return found.reduce((sum, word) => sum + (Object.hasOwn(afinn, word) ? (afinn[word] ?? 0) : 0), 0);
}
