import { z } from 'zod';

/** What a model costs, in US dollars for a million tokens. `model` is a name or, ending in `*`, the beginning of names. */
export const ModelPrice = z.object({
  model: z.string().min(1).max(200),
  inputPerMillion: z.number().nonnegative(),
  outputPerMillion: z.number().nonnegative(),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** Where {@link builtInPrices} come from; shown beside them, since prices change. */
export const PRICES_AS_OF = { date: '2026-11-27', source: 'genai-prices 0.1.8 (MIT)' } as const;

const price = (model: string, inputPerMillion: number, outputPerMillion: number): ModelPrice => ({
  model,
  inputPerMillion,
  outputPerMillion,
});

/**
 * List prices of the providers, for prompts below their long-context limits and without cached tokens. A dated name
 * (`gpt-4o-2024-08-06`) takes the price of the longest name it begins with.
 */
export const builtInPrices: readonly ModelPrice[] = [
  price('gpt-4o*', 2.5, 10),
  price('gpt-4o-mini*', 0.15, 0.6),
  price('gpt-4.1*', 2, 8),
  price('gpt-4.1-mini*', 0.4, 1.6),
  price('gpt-4.1-nano*', 0.1, 0.4),
  price('gpt-5', 1.25, 10),
  price('gpt-5-2*', 1.25, 10),
  price('gpt-5-mini*', 0.25, 2),
  price('gpt-5-nano*', 0.05, 0.4),
  price('gpt-5.1*', 1.25, 10),
  price('gpt-5.2*', 1.75, 14),
  price('gpt-5.4*', 2.5, 15),
  price('gpt-5.4-mini*', 0.75, 4.5),
  price('gpt-5.4-nano*', 0.2, 1.25),
  price('gpt-5.5*', 5, 30),
  price('o3', 2, 8),
  price('o3-mini*', 1.1, 4.4),
  price('o4-mini*', 1.1, 4.4),
  price('claude-3-5-haiku*', 0.8, 4),
  price('claude-3-7-sonnet*', 3, 15),
  price('claude-haiku-4-5*', 1, 5),
  price('claude-sonnet-4*', 3, 15),
  price('claude-sonnet-5*', 2, 10),
  price('claude-opus-4-5*', 5, 25),
  price('claude-opus-4-6*', 5, 25),
  price('claude-opus-4-7*', 5, 25),
  price('claude-opus-4-8*', 5, 25),
  price('gemini-2.0-flash*', 0.1, 0.4),
  price('gemini-2.5-flash*', 0.3, 2.5),
  price('gemini-2.5-flash-lite*', 0.1, 0.4),
  price('gemini-2.5-pro*', 1.25, 10),
  price('gemini-3-flash-preview*', 0.5, 3),
  price('gemini-3-pro-preview*', 2, 12),
  price('gemini-3.1-pro-preview*', 2, 12),
  price('gemini-3.5-flash*', 1.5, 9),
];
