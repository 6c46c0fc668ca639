import { z } from 'zod';

import { Feedback } from './feedback.js';

/** What a decision was about: enough for a lead to judge it and to learn from it without asking the rep. */
export const FeedbackContext = z.object({
  /** The release the device ran; null when it never synced. */
  release: z.int().positive().nullable(),
  /** What the customer had written, newest turn last. */
  customerText: z.string(),
  language: z.string().nullable(),
  /** Articles the draft cites. */
  articleIds: z.array(z.string()),
  /** Prompt version by stage; empty where no model wrote. */
  promptVersions: z.record(z.string(), z.int()),
  /** The chat model that wrote the draft; null where none did. */
  model: z.string().nullable().default(null),
});
export type FeedbackContext = z.infer<typeof FeedbackContext>;

/** What a run began with and its suggestion does not hold: kept beside it, since the conversation goes on and releases come. */
export const RunOrigin = FeedbackContext.pick({ release: true, customerText: true });
export type RunOrigin = z.infer<typeof RunOrigin>;

/** A decision on its way to the hub. `feedback.id` is the idempotency key (UUID, version 7 since 0.2). */
export const FeedbackEvent = z.object({
  /** Rises with every decision of a device; the hub keeps the order within a conversation by it. */
  sequence: z.int().positive(),
  feedback: Feedback,
  context: FeedbackContext,
});
export type FeedbackEvent = z.infer<typeof FeedbackEvent>;

/** A lead's answer to one piece of feedback. */
export const FeedbackResolution = z.object({
  note: z.string().max(4000),
  resolvedBy: z.string(),
  resolvedAt: z.iso.datetime(),
  /** The draft item that was made from it. */
  draftKey: z.string().nullable(),
});
export type FeedbackResolution = z.infer<typeof FeedbackResolution>;

/** Feedback as it lies in the leads' inbox. */
export const ReceivedFeedback = z.object({
  event: FeedbackEvent,
  memberId: z.uuid(),
  memberName: z.string(),
  receivedAt: z.iso.datetime(),
  resolution: FeedbackResolution.nullable(),
});
export type ReceivedFeedback = z.infer<typeof ReceivedFeedback>;
