import { z } from 'zod';

import { ModelFailure } from './model-run.js';

/** A conversation in short. */
export const ThreadSummary = z.object({
  summary: z.string(),
  /** What the customer asked and nobody answered yet. */
  openQuestions: z.array(z.string()),
  /** The newest message that is in it. */
  messageId: z.string(),
  strategy: z.enum(['local', 'model']),
  /** Why the model did not write it though one is set up; null otherwise. */
  failure: ModelFailure.nullable(),
});
export type ThreadSummary = z.infer<typeof ThreadSummary>;

/** A note for the record when a conversation ends: wish, what was done, what is open. */
export const WrapUp = z.object({
  note: z.string(),
  strategy: z.enum(['local', 'model']),
  failure: ModelFailure.nullable(),
});
export type WrapUp = z.infer<typeof WrapUp>;
