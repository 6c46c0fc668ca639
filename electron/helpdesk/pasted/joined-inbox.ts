import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import type { Inbox } from '../inbox.js';
import { isPasted, type PastedInbox } from './pasted-inbox.js';

const newestFirst = (rows: readonly ConversationSummary[]): ConversationSummary[] =>
  rows.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));

/** One inbox of what helpdesks (or the demo) hold and of what the rep pasted. */
export function joinInboxes(helpdesks: Inbox, pasted: PastedInbox): Inbox {
  const of = (conversationId: string): Inbox => (isPasted(conversationId) ? pasted : helpdesks);
  const list = async (): Promise<ConversationSummary[]> =>
    newestFirst([...(await helpdesks.list()), ...(await pasted.list())]);
  const emailOf = ({ customer }: ConversationSummary): string | undefined => customer.email?.toLowerCase();
  return {
    list,
    open: (conversationId) => of(conversationId).open(conversationId),
    markRead: (conversationId) => of(conversationId).markRead(conversationId),
    attend: (conversationId) =>
      helpdesks.attend(conversationId !== null && isPasted(conversationId) ? null : conversationId),
    sendReply: (conversationId, text) => of(conversationId).sendReply(conversationId, text),
    saveDraft: (conversationId, text) => of(conversationId).saveDraft(conversationId, text),
    addNote: (conversationId, text) => of(conversationId).addNote(conversationId, text),
    addNoteOnce: (conversationId, text, key) => of(conversationId).addNoteOnce(conversationId, text, key),
    findNote: (conversationId, key) => of(conversationId).findNote(conversationId, key),
    // A customer is the same in the helpdesk and in what was pasted of them.
    async ofSameCustomer(conversationId) {
      const [there, rows] = await Promise.all([of(conversationId).ofSameCustomer(conversationId), list()]);
      const one = rows.find(({ id }) => id === conversationId);
      const email = one && emailOf(one);
      const same = email === undefined ? [] : rows.filter((row) => emailOf(row) === email);
      return [...new Set([...there, ...same.map(({ id }) => id)])];
    },
    forget(conversationIds) {
      pasted.forget(conversationIds);
      helpdesks.forget(conversationIds.filter((id) => !isPasted(id)));
    },
    onChanged(listener) {
      const stops = [helpdesks.onChanged(listener), pasted.onChanged(listener)];
      return () => stops.forEach((stop) => stop());
    },
    start: () => helpdesks.start(),
    close: () => helpdesks.close(),
  };
}
