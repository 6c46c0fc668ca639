import { z } from 'zod';

import { Critique } from './critique.js';
import { DraftSentence } from './draft.js';
import { ModelUse } from './model-run.js';

/** What may be done to a text without changing what it says. `translate` needs the ISO 639-1 code of a language. */
export const RewriteAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shorter') }),
  z.object({ kind: z.literal('longer') }),
  z.object({ kind: z.literal('friendlier') }),
  z.object({ kind: z.literal('more_formal') }),
  z.object({ kind: z.literal('fix_grammar') }),
  z.object({ kind: z.literal('translate'), language: z.string().regex(/^[a-z]{2,3}$/) }),
]);
export type RewriteAction = z.infer<typeof RewriteAction>;

/** What is rewritten: the reply of a run, as the rep left it on the card, or a text of the rep's own. */
export const RewriteSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reply'),
    runId: z.string().min(1).max(200),
    sentences: z.array(DraftSentence).min(1).max(200),
  }),
  z.object({
    kind: z.literal('text'),
    text: z.string().min(1).max(20_000),
    /** The run whose passages and facts the rewritten text is checked against; null where the conversation has none. */
    runId: z.string().min(1).max(200).nullable().default(null),
  }),
]);
export type RewriteSource = z.output<typeof RewriteSource>;

/** A text after a rewrite action, not stored: what it came from stays what was suggested. */
export const Rewritten = z.object({
  text: z.string(),
  /** The sentences of a rewritten reply with their citations; those of the rep's own text cite what the check found. */
  sentences: z.array(DraftSentence),
  /** The check against the passages and facts of the run; null for a text of the rep's own that has none, or that cannot be compared. */
  critique: Critique.nullable(),
  strategy: z.enum(['local', 'model']),
  modelUse: z.array(ModelUse),
});
export type Rewritten = z.infer<typeof Rewritten>;
