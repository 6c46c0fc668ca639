import type { feedbackRoutes } from '../../../shared/contracts/ipc/feedback.js';
import type { FeedbackService } from '../../feedback/feedback-service.js';
import type { Handlers } from '../router.js';

export function feedbackHandlers(feedback: FeedbackService): Handlers<keyof typeof feedbackRoutes> {
  return {
    'feedback.submit': ({ runId, action, decisionMs }) => feedback.submit(runId, action, decisionMs),
    'feedback.list': ({ limit, before }) => [...feedback.list(limit, before)],
  };
}
