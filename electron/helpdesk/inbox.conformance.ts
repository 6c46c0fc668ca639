import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ConversationChange, Inbox } from './inbox.js';

/** What every connector must do, run against a helpdesk that holds one conversation with at least one customer message. */
export function describeInbox(
  name: string,
  create: () => Promise<{ connector: Inbox; conversationId: string }>,
): void {
  describe(`${name} is an inbox`, () => {
    let connector: Inbox;
    let conversationId: string;
    let changes: ConversationChange[];

    beforeEach(async () => {
      ({ connector, conversationId } = await create());
      changes = [];
      connector.onChanged((change) => changes.push(change));
    });
    afterEach(() => connector.close());

    it('lists what it can open; only marking it read makes it read', async () => {
      const [row] = await connector.list();
      expect(row?.id).toBe(conversationId);
      expect(row?.unreadCount).toBeGreaterThan(0);
      const conversation = await connector.open(conversationId);
      expect(conversation.messages).toHaveLength(row?.messageCount ?? -1);
      expect((await connector.list())[0]?.unreadCount).toBe(row?.unreadCount);
      await connector.markRead(conversationId);
      expect((await connector.list())[0]?.unreadCount).toBe(0);
    });

    it('refuses an unknown conversation with its code', async () => {
      const code = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
      await expect(connector.open('no-such')).rejects.toMatchObject(code);
      await expect(connector.sendReply('no-such', 'x')).rejects.toMatchObject(code);
      await expect(connector.addNote('no-such', 'x')).rejects.toMatchObject(code);
      await expect(connector.markRead('no-such')).rejects.toMatchObject(code);
    });

    it('tells of the reply it sent and puts it at the end of the thread', async () => {
      const sent = await connector.sendReply(conversationId, 'Here you go.\n\nBest');
      expect(sent).toMatchObject({ author: 'rep', text: 'Here you go.\n\nBest', conversationId });
      expect((await connector.open(conversationId)).messages.at(-1)).toEqual(sent);
      expect(changes.find((change) => change.message?.id === sent.id)?.summary.lastAuthor).toBe('rep');
    });

    it('keeps a note out of what the customer sees', async () => {
      const before = await connector.open(conversationId);
      await connector.addNote(conversationId, 'for the team');
      expect((await connector.open(conversationId)).messages).toEqual(before.messages);
    });

    // Catches: a note of an action that is written again by its second asker, or that nobody finds.
    it('writes a note once for its key, and finds it', async () => {
      const before = (await connector.open(conversationId)).notes?.length ?? 0;
      expect(await connector.findNote(conversationId, 'key-1')).toBeNull();
      const number = await connector.addNoteOnce(conversationId, 'for the team', 'key-1');
      expect(await connector.addNoteOnce(conversationId, 'for the team', 'key-1')).toBe(number);
      expect(await connector.findNote(conversationId, 'key-1')).toBe(number);
      expect((await connector.open(conversationId)).notes).toHaveLength(before + 1);
    });

    it('gives copies: changing an opened conversation changes nothing inside', async () => {
      const conversation = await connector.open(conversationId);
      conversation.messages.length = 0;
      expect((await connector.open(conversationId)).messages.length).toBeGreaterThan(0);
    });

    it('stops telling when asked to', async () => {
      const heard: ConversationChange[] = [];
      connector.onChanged((change) => heard.push(change))();
      await connector.sendReply(conversationId, 'x');
      expect(heard).toEqual([]);
    });
  });
}
