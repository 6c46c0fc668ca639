import { expect, it } from 'vitest';

import type { Conversation } from '../../../shared/domain/conversation.js';
import { conversationHandlers, type ConversationHandlerDeps } from './conversation.js';

// Catches a window that sends through a helpdesk although replies go out from there.
it('sends only where a conversation says that replies go out from here', async () => {
  const sent: string[] = [];
  const conversation = (canSend?: boolean): Conversation => ({
    ...{ id: 'c-1', subject: '', channel: 'email', status: 'open', customer: { name: 'Femke' } },
    ...{ messages: [], updatedAt: '2026-11-27T10:00:00.000Z', ...(canSend === undefined ? {} : { canSend }) },
  });
  const handlers = (canSend?: boolean) => {
    const helpdesk: Partial<ConversationHandlerDeps['helpdesk']> = {
      open: () => Promise.resolve(conversation(canSend)),
      sendReply(conversationId, text) {
        sent.push(text);
        const sentAt = '2026-11-27T10:01:00.000Z';
        return Promise.resolve({ id: 'm', conversationId, author: 'rep', text, sentAt });
      },
    };
    return conversationHandlers({ helpdesk } as ConversationHandlerDeps);
  };
  const send = async (canSend?: boolean) =>
    handlers(canSend)['conversation.send']({ conversationId: 'c-1', text: 'Hello', runId: null });
  const refused = { error: { code: 'HELPDESK_WRITE_REFUSED' } };
  await expect(send(false)).rejects.toMatchObject(refused);
  await expect(send()).rejects.toMatchObject(refused);
  expect(sent).toEqual([]);
  await send(true);
  expect(sent).toEqual(['Hello']);
});
