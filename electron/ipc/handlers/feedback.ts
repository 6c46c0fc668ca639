import type { feedbackRoutes } from '../../../shared/contracts/ipc/feedback.js';
import type { FeedbackOutbox } from '../../feedback/feedback-outbox.js';
import type { FeedbackService } from '../../feedback/feedback-service.js';
import type { Handlers } from '../router.js';

export interface FeedbackHandlerDeps {
  readonly feedback: FeedbackService;
  readonly outbox: FeedbackOutbox;
  /** Lets the rep choose a file to write in the system's own dialog; null when none was chosen. */
  readonly chooseExportFile: () => Promise<string | null>;
}

export function feedbackHandlers(deps: FeedbackHandlerDeps): Handlers<keyof typeof feedbackRoutes> {
  const { feedback, outbox, chooseExportFile } = deps;
  return {
    'feedback.submit': ({ runId, action, decisionMs }) => feedback.submit(runId, action, decisionMs),
    'feedback.list': ({ limit, before, isRefused }) => [...feedback.list(limit, before, isRefused)],
    'feedback.outbox': () => outbox.status(),
    'feedback.retry': async () => {
      await outbox.retryNow();
      return outbox.status();
    },
    'feedback.retry_refused': () => {
      outbox.retryRefused();
      return outbox.status();
    },
    'feedback.export_refused': async () => {
      const file = await chooseExportFile();
      return file === null ? null : { file, count: await outbox.exportRefused(file) };
    },
  };
}
