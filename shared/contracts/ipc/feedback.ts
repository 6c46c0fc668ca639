import { z } from 'zod';

import { Feedback, FeedbackAction } from '../../domain/feedback.js';
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
  'feedback.list': defineRoute({
    input: z.object({ limit: z.int().min(1).max(500), before: z.iso.datetime().nullable() }),
    output: z.array(Feedback),
  }),
} as const;

export const feedbackEvents = {
  'feedback.recorded': z.object({ feedback: Feedback }),
} as const;
