import { z } from 'zod';

import { Feedback, FeedbackAction } from '../../domain/feedback.js';
import { Decision, OutboxStatus } from '../../domain/feedback-delivery.js';
import { defineRoute } from './define-route.js';

/** What the window may ask about feedback. `accepted` and `edited` are derived in main when a reply is sent. */
export const feedbackRoutes = {
  'feedback.submit': defineRoute({
    input: z.object({
      runId: z.string().min(1).max(200),
      action: FeedbackAction,
      decisionMs: z.number().nonnegative(),
    }),
    output: Feedback,
  }),
  /** Newest first; `before` is the sequence of the oldest one that is known already. */
  'feedback.list': defineRoute({
    input: z.object({
      limit: z.int().min(1).max(500),
      before: z.int().positive().nullable(),
      /** Only those the hub did not take. */
      isRefused: z.boolean().default(false),
    }),
    output: z.array(Decision),
  }),
  'feedback.outbox': defineRoute({ input: z.void(), output: OutboxStatus }),
  /** Sends what waits now; answers when it was tried. */
  'feedback.retry': defineRoute({ input: z.void(), output: OutboxStatus }),
  /** Lets everything the hub refused wait again. */
  'feedback.retry_refused': defineRoute({ input: z.void(), output: OutboxStatus }),
  /** Lets the rep choose a file and writes what the hub refused into it; null when the dialog was closed. */
  'feedback.export_refused': defineRoute({
    input: z.void(),
    output: z.object({ file: z.string(), count: z.int().nonnegative() }).nullable(),
  }),
} as const;

export const feedbackEvents = {
  'feedback.recorded': z.object({ decision: Decision }),
  /** Delivered, refused, waiting again, or answered by a lead. */
  'feedback.decisions_changed': z.object({ decisions: z.array(Decision) }),
  'feedback.outbox_changed': z.object({ status: OutboxStatus }),
} as const;
