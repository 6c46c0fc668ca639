import { z } from 'zod';

/** What concerns nobody's answer: somebody types, reads or is online. */
const IDLE = /^(?:presence\.|notification\.|contact\.|account\.|conversation\.(?:typing_|read$|unread_))/u;
const Numbered = z.object({ id: z.number() });
const Pushed = z.object({
  event: z.string(),
  data: z.object({
    account_id: z.union([z.string(), z.number()]).transform(String),
    id: z.number().optional(),
    conversation_id: z.number().optional(),
    inbox_id: z.number().optional(),
    /** With a message. */
    conversation: z.object({ assignee_id: z.number().nullish() }).nullish().catch(null),
    /** With a conversation. */
    meta: z.object({ assignee: Numbered.nullish() }).nullish().catch(null),
  }),
});

/** Which pushes are told on. */
export interface PushFilter {
  readonly account: string;
  /** One inbox by its number; empty for all. */
  readonly inbox: string;
  /** Only what is assigned to this user; null for all. */
  readonly assigneeId: number | null;
  /** Whether the conversation was asked for before: the rep may look at one that is not theirs. */
  readonly isFollowed: (conversationId: string) => boolean;
}

/**
 * The conversation that something happened in, by what RoomChannel sends; null for what is of no concern. One user has one channel for
 * all accounts, and conversations are numbered within an account: what belongs to another account must not be taken for ours.
 */
export function pushedConversation(message: unknown, filter: PushFilter): string | null {
  const pushed = Pushed.safeParse(message);
  if (!pushed.success || IDLE.test(pushed.data.event)) return null;
  const { event, data } = pushed.data;
  const id = event.startsWith('message.') ? data.conversation_id : (data.conversation_id ?? data.id);
  if (id === undefined || data.account_id !== filter.account) return null;
  const isElsewhere =
    filter.inbox !== '' && data.inbox_id !== undefined && String(data.inbox_id) !== filter.inbox;
  const assigneeId = data.conversation?.assignee_id ?? data.meta?.assignee?.id;
  const isTold = data.conversation?.assignee_id !== undefined || data.meta?.assignee !== undefined;
  const isOthers = filter.assigneeId !== null && isTold && assigneeId !== filter.assigneeId;
  return (isElsewhere || isOthers) && !filter.isFollowed(String(id)) ? null : String(id);
}
