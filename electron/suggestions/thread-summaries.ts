import { randomUUID } from 'node:crypto';

import type { Conversation } from '../../shared/domain/conversation.js';
import type { Team } from '../../shared/domain/team.js';
import type { ThreadSummary, WrapUp } from '../../shared/domain/thread-summary.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { localSummary, localWrapUp } from '../agents/summary/local-summary.js';
import {
  updateSummary,
  writeWrapUp,
  type RollingSummary,
  type SummaryDeps,
} from '../agents/summary/summarise-thread.js';
import type { Inbox } from '../helpdesk/inbox.js';
import type { ChatModel } from '../models/chat-model.js';
import type { ThreadSummaryStore } from './thread-summary-store.js';

export interface ThreadSummariesDeps {
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly store: ThreadSummaryStore;
  readonly chat: ChatModel | null;
  readonly team: () => Team;
  readonly countTokens: (text: string) => number;
  readonly log: Logger;
}

/** Conversations in short: for the rep, for the record, and for what a model reads of a long thread. */
export interface ThreadSummaries {
  /** @throws AppErrorException HELPDESK_* when the conversation cannot be opened. */
  summary(conversationId: string): Promise<ThreadSummary>;
  /** @throws AppErrorException HELPDESK_*. */
  wrapUp(conversationId: string): Promise<WrapUp>;
  /** What is known of a long thread now, empty for a short one; brings it up to date behind the caller's back. */
  earlier(conversation: Conversation): string;
  forgetConversations(conversationIds: readonly string[]): void;
  close(): void;
}

/** Up to here all turns fit into what a model reads. */
const SHORT_THREAD = 12;

export function createThreadSummaries({
  helpdesk,
  store,
  chat,
  team,
  countTokens,
  log,
}: ThreadSummariesDeps): ThreadSummaries {
  const closing = new AbortController();
  const running = new Map<string, ReturnType<typeof update>>();
  /** Counts what was forgotten: an answer that was asked for before is not kept, whoever it is about. */
  let forgotten = 0;

  const depsOf = (model: ChatModel): SummaryDeps => ({
    ...{ chat: model, team: team(), countTokens, runId: randomUUID(), signal: closing.signal },
  });

  async function update(conversation: Conversation, model: ChatModel): ReturnType<typeof updateSummary> {
    const before = known(conversation);
    const asked = forgotten;
    const result = await updateSummary(conversation, before, depsOf(model));
    if (result.rolling && result.rolling !== before && asked === forgotten)
      store.save(conversation.id, result.rolling);
    return result;
  }

  /** One update a conversation at a time: two would read the same messages twice. */
  function upToDate(conversation: Conversation, model: ChatModel): ReturnType<typeof update> {
    const going = running.get(conversation.id);
    if (going) return going;
    const begun = update(conversation, model).finally(() => running.delete(conversation.id));
    running.set(conversation.id, begun);
    return begun;
  }

  /** A summary of messages that are not there any more (another helpdesk, a deleted thread) is like none. */
  function known({ id, messages }: Conversation): RollingSummary | null {
    const found = store.find(id);
    return found && messages.some((message) => message.id === found.messageId) ? found : null;
  }

  return {
    async summary(conversationId) {
      const conversation = await helpdesk.open(conversationId);
      const newest = conversation.messages.findLast(({ author }) => author !== 'system')?.id ?? '';
      const local: ThreadSummary = {
        ...localSummary(conversation),
        messageId: newest,
        strategy: 'local',
        failure: null,
      };
      if (!chat?.isReady('summary') || newest === '') return local;
      const { rolling, failure } = await upToDate(conversation, chat);
      if (failure || !rolling) return { ...local, failure };
      return { ...rolling, openQuestions: [...rolling.openQuestions], strategy: 'model', failure: null };
    },
    async wrapUp(conversationId) {
      const conversation = await helpdesk.open(conversationId);
      const local: WrapUp = { note: localWrapUp(conversation), strategy: 'local', failure: null };
      if (!chat?.isReady('summary')) return local;
      const outcome = await writeWrapUp(conversation, known(conversation), depsOf(chat));
      return outcome.ok
        ? { ...outcome.value, strategy: 'model', failure: null }
        : { ...local, failure: outcome.failure };
    },
    earlier(conversation) {
      if (conversation.messages.length <= SHORT_THREAD) return '';
      if (chat?.isReady('summary'))
        upToDate(conversation, chat).catch((cause: unknown) => {
          log.warn('summary.not_updated', { conversationId: conversation.id, code: errorCodeOf(cause) });
        });
      return known(conversation)?.summary ?? '';
    },
    forgetConversations(conversationIds) {
      forgotten += 1;
      store.forgetConversations(conversationIds);
    },
    close: () => closing.abort(),
  };
}
