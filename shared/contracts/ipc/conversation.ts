import { z } from 'zod';

import { Conversation, ConversationMessage, ConversationSummary } from '../../domain/conversation.js';
import { ThreadSummary, WrapUp } from '../../domain/thread-summary.js';
import { defineRoute } from './define-route.js';

export const ConversationRef = z.object({ conversationId: z.string().min(1).max(200) });

/** What the window may ask about conversations. `conversation.send` happens on the rep's action only. */
export const conversationRoutes = {
  'conversation.list': defineRoute({ input: z.void(), output: z.array(ConversationSummary) }),
  'conversation.open': defineRoute({ input: ConversationRef, output: Conversation }),
  'conversation.send': defineRoute({
    input: ConversationRef.extend({
      text: z.string().min(1).max(100_000),
      /** The suggestion the text started from, so that accept or edit can be told apart; null when written from scratch. */
      runId: z.string().nullable(),
      /** The rep was asked whether this goes to the customer, and said yes; without it nothing goes out through a helpdesk's interface. */
      isAsked: z.boolean(),
    }),
    output: ConversationMessage,
  }),
  /** Leaves the text in the helpdesk for the rep to send from there. Refused where the helpdesk has no drafts. */
  'conversation.save_draft': defineRoute({
    input: ConversationRef.extend({ text: z.string().min(1).max(100_000) }),
    output: z.void(),
  }),
  'conversation.add_note': defineRoute({
    input: ConversationRef.extend({ text: z.string().min(1).max(100_000) }),
    output: z.void(),
  }),
  /** What the thread is about and what is open, kept up to date turn by turn; by a model where one is set up. */
  'conversation.summary': defineRoute({ input: ConversationRef, output: ThreadSummary }),
  /** What to write into the helpdesk when the conversation is closed. Nothing is written by itself. */
  'conversation.wrap_up': defineRoute({ input: ConversationRef, output: WrapUp }),
  /** What this machine would forget with the customer of this conversation. */
  'conversation.forget_preview': defineRoute({
    input: ConversationRef,
    output: z.object({
      conversations: z.int().nonnegative(),
      unsent: z.int().nonnegative(),
      pages: z.int().nonnegative(),
    }),
  }),
  /** Deletes everything this machine keeps of the customer, in all their conversations. */
  'conversation.forget': defineRoute({
    input: ConversationRef,
    output: z.object({ conversations: z.int().nonnegative() }),
  }),
} as const;

/** `conversation.changed` carries the new row; `message` is present when one was added. */
export const conversationEvents = {
  'conversation.changed': z.object({
    summary: ConversationSummary,
    message: ConversationMessage.nullable(),
  }),
  /** These are not on this machine any more. */
  'conversation.forgotten': z.object({ conversationIds: z.array(z.string()) }),
} as const;
