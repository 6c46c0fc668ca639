import { z } from 'zod';

/** Why a rep turned a suggestion down. */
export const RejectReason = z.enum([
  'wrong_intent',
  'wrong_facts',
  'missing_information',
  'wrong_tone',
  'not_needed',
]);
export type RejectReason = z.infer<typeof RejectReason>;

/**
 * Sentences the rep let through although the check found nothing that supports them, as they read on the card. Left out where there were none.
 */
const Unsupported = z.array(z.string().max(2000)).max(200).optional();

/** What the rep did with a suggestion. `sentText` is what stood in the composer when it was sent. */
export const FeedbackAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inserted'), unsupported: Unsupported }),
  z.object({ kind: z.literal('accepted'), sentText: z.string() }),
  z.object({ kind: z.literal('edited'), sentText: z.string() }),
  z.object({ kind: z.literal('copied'), unsupported: Unsupported }),
  z.object({ kind: z.literal('rejected'), reason: RejectReason, comment: z.string().max(2000) }),
  z.object({ kind: z.literal('alternative_requested') }),
  z.object({ kind: z.literal('source_opened'), evidenceId: z.string() }),
]);
export type FeedbackAction = z.infer<typeof FeedbackAction>;

/** One piece of a draft-to-sent comparison, in reading order. */
export const DiffPart = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type DiffPart = z.infer<typeof DiffPart>;

/** A stored decision. `id` is the idempotency key towards the hub; `decisionMs` counts from the card being shown. */
export const Feedback = z.object({
  id: z.string(),
  runId: z.string(),
  conversationId: z.string(),
  createdAt: z.iso.datetime(),
  decisionMs: z.number().nonnegative(),
  intent: z.string().nullable(),
  outcome: z.enum(['reply', 'withheld', 'escalated']),
  draftText: z.string(),
  action: FeedbackAction,
  /** Word diff from draft to sent text; empty unless the action is `edited`. */
  diff: z.array(DiffPart),
});
export type Feedback = z.infer<typeof Feedback>;
