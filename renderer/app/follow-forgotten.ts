import type { AssistBridge } from '../../shared/contracts/ipc/index.js';
import type { AttachmentStore } from '../features/conversation/attachment-store.js';
import type { ConversationStore } from '../features/conversation/conversation-store.js';
import type { ThreadSummaryStore } from '../features/conversation/thread-summary-store.js';
import type { FeedbackStore } from '../features/feedback/feedback-store.js';
import type { InboxStore } from '../features/inbox/inbox-store.js';
import type { SuggestionStore } from '../features/suggestion/suggestion-store.js';

interface FollowDeps {
  readonly inbox: InboxStore;
  readonly conversation: ConversationStore;
  readonly attachments: AttachmentStore;
  readonly suggestion: SuggestionStore;
  readonly threadSummary: ThreadSummaryStore;
  readonly feedback: FeedbackStore;
}

/** Takes what was forgotten out of every store of the window, what the rep had begun to write included. Returns the function that ends it. */
export function followForgotten(bridge: AssistBridge, stores: FollowDeps): () => void {
  return bridge.on('conversation.forgotten', ({ conversationIds }) => {
    stores.conversation.getState().forget(conversationIds);
    stores.attachments.getState().forget(conversationIds);
    stores.suggestion.getState().forget(conversationIds);
    stores.threadSummary.getState().forget(conversationIds);
    // Last: it chooses the next conversation, which the other stores follow.
    stores.inbox.getState().forget(conversationIds);
    const { list, load } = stores.feedback.getState();
    if (list.kind === 'ready') void load();
  });
}
