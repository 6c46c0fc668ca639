import type { conversationRoutes } from '../../../shared/contracts/ipc/conversation.js';
import type { FeedbackService } from '../../feedback/feedback-service.js';
import type { ForgetCustomer } from '../../forgetting/forget-customer.js';
import type { Inbox } from '../../helpdesk/inbox.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { ThreadSummaries } from '../../suggestions/thread-summaries.js';
import type { Handlers } from '../router.js';

export interface ConversationHandlerDeps {
  readonly helpdesk: Inbox;
  readonly feedback: FeedbackService;
  /** Milliseconds since the suggestion was shown; 0 when unknown. */
  readonly decisionMs: (runId: string) => number;
  readonly summaries: ThreadSummaries;
  readonly customers: ForgetCustomer;
}

export function conversationHandlers({
  helpdesk,
  feedback,
  decisionMs,
  summaries,
  customers,
}: ConversationHandlerDeps): Handlers<keyof typeof conversationRoutes> {
  return {
    'conversation.list': async () => [...(await helpdesk.list())],
    'conversation.open': async ({ conversationId }) => {
      const conversation = await helpdesk.open(conversationId);
      helpdesk.attend(conversationId);
      await helpdesk.markRead(conversationId);
      return conversation;
    },
    'conversation.send': async ({ conversationId, text, runId, isAsked }) => {
      const { canSend = false, delivers = [] } = await helpdesk.open(conversationId);
      if (!canSend && !(isAsked && delivers.includes('reply')))
        throw new AppErrorException('HELPDESK_WRITE_REFUSED', 'Replies go out from the helpdesk.');
      const message = await helpdesk.sendReply(conversationId, text);
      // Sent is sent: the decision is stored after it, and its failure must not make the rep send twice.
      if (runId !== null) feedback.recordSent(runId, text, decisionMs(runId));
      return message;
    },
    'conversation.save_draft': ({ conversationId, text }) => helpdesk.saveDraft(conversationId, text),
    'conversation.summary': ({ conversationId }) => summaries.summary(conversationId),
    'conversation.wrap_up': ({ conversationId }) => summaries.wrapUp(conversationId),
    'conversation.forget_preview': ({ conversationId }) => customers.preview(conversationId),
    'conversation.forget': async ({ conversationId }) => ({
      conversations: await customers.forget(conversationId),
    }),
    'conversation.add_note': ({ conversationId, text }) => helpdesk.addNote(conversationId, text),
  };
}
