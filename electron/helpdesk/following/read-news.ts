import { conversationIdOf } from '../../../shared/domain/helpdesk-ref.js';
import type {
  HelpdeskConnector,
  HelpdeskMessage,
  HelpdeskThread,
  MessagePage,
} from '../connectors/connector.js';
import { HelpdeskFailure } from '../connectors/helpdesk-failure.js';
import type { StoredThread, ThreadStore } from './thread-store.js';

export interface ReadNewsDeps {
  readonly connector: Pick<HelpdeskConnector, 'id' | 'read' | 'messages'>;
  readonly store: ThreadStore;
  /** New messages of a conversation, or none when only its head changed. */
  readonly onNews: (conversationId: string, messages: readonly HelpdeskMessage[]) => void;
}

/** How one conversation is brought up to date. */
export interface ReadNews {
  /**
   * Two that ask for the same conversation wait for one answer; with a `head` that was just read the messages are asked for after it.
   * @throws HelpdeskFailure.
   */
  refresh(nativeId: string, signal: AbortSignal, head?: HelpdeskThread | null): Promise<void>;
  /**
   * What is merged, taken away or hidden from us is done for us; null for one that was forgotten meanwhile.
   * @throws HelpdeskFailure.
   */
  readHead(nativeId: string, signal: AbortSignal): Promise<HelpdeskThread | null>;
  /** Stores the head of a known conversation, and tells where its version or its status is another. */
  keep(conversationId: string, head: HelpdeskThread): void;
}

/** How often one reading goes after what changes while it reads; what changes then is seen with the next list. */
const MOST_ROUNDS = 5;

/**
 * Messages first, then what is known of the conversation itself: a version is stored only when the messages were asked for after it was
 * read. Stored before, a message that is not read (a line that breaks, a customer who writes in between) would not be seen as news again.
 */
export function createReadNews({ connector, store, onNews }: ReadNewsDeps): ReadNews {
  const refreshing = new Map<string, Promise<void>>();
  const idOf = (nativeId: string): string => conversationIdOf({ connectionId: connector.id, nativeId });

  function refresh(nativeId: string, signal: AbortSignal, head: HelpdeskThread | null = null): Promise<void> {
    const running = refreshing.get(nativeId);
    if (running && !head) return running;
    const read = (): Promise<void> => readNews(nativeId, head, signal);
    const next = (running ? running.then(read, read) : read()).finally(() => {
      if (refreshing.get(nativeId) === next) refreshing.delete(nativeId);
    });
    refreshing.set(nativeId, next);
    return next;
  }

  async function readNews(nativeId: string, read: HelpdeskThread | null, signal: AbortSignal): Promise<void> {
    const conversationId = idOf(nativeId);
    // With a head and no conversation it was forgotten while another reading was waited for.
    if (!read && !store.find(conversationId))
      store.putThread(conversationId, connector.id, await connector.read(nativeId, signal));
    let head = read;
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const before = store.find(conversationId);
      // It was forgotten meanwhile.
      if (!before) return;
      const page = await messagesOf(before, signal);
      if (!page) return keep(conversationId, { ...before.thread, status: 'solved' });
      const fresh = store.append(conversationId, page.messages, page.cursor);
      if (!store.find(conversationId)) return;
      if (fresh.length > 0 || before.cursor === null) onNews(conversationId, fresh);
      if (head) keep(conversationId, head);
      // A cursor also moves where something but a message changed, such as the status or the owner.
      if (fresh.length === 0 && page.cursor === before.cursor) return;
      // After the message is shown: it also says whose turn it is now.
      head = await readHead(nativeId, signal);
      if (head?.version !== store.find(conversationId)?.thread.version) continue;
      if (head) keep(conversationId, head);
      return;
    }
  }

  /** Null for one that was read before and is not there any more. */
  async function messagesOf(
    { thread, cursor }: StoredThread,
    signal: AbortSignal,
  ): Promise<MessagePage | null> {
    try {
      return await connector.messages(thread.id, cursor, signal);
    } catch (error) {
      if (cursor !== null && codeOf(error) === 'HELPDESK_CONVERSATION_NOT_FOUND') return null;
      throw error;
    }
  }

  async function readHead(nativeId: string, signal: AbortSignal): Promise<HelpdeskThread | null> {
    try {
      return await connector.read(nativeId, signal);
    } catch (error) {
      const known = store.find(idOf(nativeId));
      if (!isGone(error)) throw error;
      return known && { ...known.thread, status: 'solved' };
    }
  }

  function keep(conversationId: string, thread: HelpdeskThread): void {
    const before = store.find(conversationId);
    // It may have been forgotten meanwhile.
    if (!before) return;
    const isOther = store.putThread(conversationId, connector.id, thread);
    if (isOther || before.thread.status !== thread.status) onNews(conversationId, []);
  }

  return { refresh, readHead, keep };
}

const codeOf = (error: unknown): string | null =>
  error instanceof HelpdeskFailure ? error.error.code : null;

/** Taken away, merged, or not shown to us any more. */
export const isGone = (error: unknown): boolean =>
  codeOf(error) === 'HELPDESK_CONVERSATION_NOT_FOUND' || codeOf(error) === 'HELPDESK_RIGHT_MISSING';
