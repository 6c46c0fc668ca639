import { z } from 'zod';

import { ModelRunEnd } from '../../domain/model-run.js';
import { Prompt } from '../../domain/prompt.js';
import { Stage, Suggestion } from '../../domain/suggestion.js';
import { ConversationRef } from './conversation.js';
import { defineRoute } from './define-route.js';

/** Instructions of a stage as they count now: the team's, or the built-in ones (version 0). */
export const PromptInForce = Prompt.extend({ version: z.int().nonnegative(), isBuiltIn: z.boolean() });
export type PromptInForce = z.infer<typeof PromptInForce>;

/** What a trial came to: the suggestion as it would be, also where it is withheld; `end` says why the card would not show it. */
export const PlaygroundOutcome = z.object({ suggestion: Suggestion, end: ModelRunEnd.nullable() });
export type PlaygroundOutcome = z.infer<typeof PlaygroundOutcome>;

/** Trying prompts on a conversation, before anybody gets them. Nothing is stored, no card changes. */
export const playgroundRoutes = {
  'playground.prompts': defineRoute({ input: z.void(), output: z.array(PromptInForce) }),
  /**
   * Runs the graph on a conversation with these prompts instead of the team's: a stage with its model and the others locally, or all with it.
   * Fails with MODEL_MISSING where no model is set up.
   */
  'playground.run': defineRoute({
    input: ConversationRef.extend({
      prompts: z.array(Prompt).max(12),
      stage: z.union([Stage, z.literal('all')]),
    }),
    output: PlaygroundOutcome,
  }),
  /** Ends all trials that run. */
  'playground.cancel': defineRoute({ input: z.void(), output: z.void() }),
} as const;
