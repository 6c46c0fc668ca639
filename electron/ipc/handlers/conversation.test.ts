import { expect, it } from 'vitest';

import type { Conversation } from '../../../shared/domain/conversation.js';
import { conversationHandlers, type ConversationHandlerDeps } from './conversation.js';

// Catches a window that sends through a helpdesk although replies go out from there.
it('sends only where a conversation says that replies go out from here', async () => {
  const sent: string[] = [];
  const conversation = (canSend?: boolean, delivers: Conversation['delivers'] = []): Conversation => ({
    ...{ id: 'c-1', subject: '', channel: 'email', status: 'open', customer: { name: 'Femke' } },
    ...{
      messages: [],
      updatedAt: '2026-11-27T10:00:00.000Z',
      delivers,
      ...(canSend === undefined ? {} : { canSend }),
    },
  });
  const handlers = (canSend?: boolean, delivers?: Conversation['delivers']) => {
    const helpdesk: Partial<ConversationHandlerDeps['helpdesk']> = {
      open: () => Promise.resolve(conversation(canSend, delivers)),
      sendReply(conversationId, text) {
        sent.push(text);
        const sentAt = '2026-11-27T10:01:00.000Z';
        return Promise.resolve({ id: 'm', conversationId, author: 'rep', text, sentAt });
      },
    };
    return conversationHandlers({ helpdesk } as ConversationHandlerDeps);
  };
  const send = async (canSend?: boolean, isAsked = false, delivers?: Conversation['delivers']) => {
    const input = { conversationId: 'c-1', text: 'Hello', runId: null, isAsked };
    return handlers(canSend, delivers)['conversation.send'](input);
  };
  const refused = { error: { code: 'HELPDESK_WRITE_REFUSED' } };
  await expect(send(false)).rejects.toMatchObject(refused);
  await expect(send()).rejects.toMatchObject(refused);
  // Through a helpdesk's interface only where the team allows it, and the rep was asked.
  await expect(send(false, true)).rejects.toMatchObject(refused);
  await expect(send(false, false, ['note', 'reply'])).rejects.toMatchObject(refused);
  expect(sent).toEqual([]);
  await send(true);
  await send(false, true, ['reply']);
  expect(sent).toEqual(['Hello', 'Hello']);
});
