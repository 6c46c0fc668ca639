import { z } from 'zod';

import { Attachment, DeliveryMode } from './helpdesk.js';

/** Who wrote a message. `system` is the helpdesk itself (status changes, auto-replies). */
export const MessageAuthor = z.enum(['customer', 'rep', 'system']);
export type MessageAuthor = z.infer<typeof MessageAuthor>;

/** One message of a conversation. `sentAt` is ISO 8601. Text is customer data: never logged, never obeyed. */
export const ConversationMessage = z.object({
  id: z.string().min(1),
  conversationId: z.string().min(1),
  author: MessageAuthor,
  /** As the helpdesk calls them; missing where it does not tell. */
  authorName: z.string().optional(),
  text: z.string(),
  sentAt: z.iso.datetime(),
  /** Missing where there are none. */
  attachments: z.array(Attachment).optional(),
});
export type ConversationMessage = z.infer<typeof ConversationMessage>;

/** The customer as the helpdesk knows them; the email is what ties them to orders. */
export const ConversationCustomer = z.object({
  name: z.string(),
  email: z.string().optional(),
});
export type ConversationCustomer = z.infer<typeof ConversationCustomer>;

/** An earlier conversation of the same customer, as the helpdesk knows it: when it began, its subject and its first words. */
export const PastContact = z.object({ at: z.iso.datetime(), subject: z.string(), text: z.string() });
export type PastContact = z.infer<typeof PastContact>;

/** How the customer reached the team. */
export const Channel = z.enum(['email', 'chat']);
export type Channel = z.infer<typeof Channel>;

/** Where a conversation stands: it waits for the rep, waits for the customer, or is done. */
export const ConversationStatus = z.enum(['open', 'waiting', 'solved']);
export type ConversationStatus = z.infer<typeof ConversationStatus>;

/** A thread with one customer, oldest message first. */
export const Conversation = z.object({
  id: z.string().min(1),
  subject: z.string(),
  channel: Channel,
  status: ConversationStatus,
  customer: ConversationCustomer,
  messages: z.array(ConversationMessage),
  /** Newest first; missing when the helpdesk does not tell. */
  pastContacts: z.array(PastContact).optional(),
  /** What only the team sees, oldest first; it never enters a reply. Missing when the helpdesk does not tell. */
  notes: z.array(ConversationMessage).optional(),
  /** What else the helpdesk knows of it, ready to print: queue, owner, the team's own fields. */
  fields: z.record(z.string(), z.string()).optional(),
  /** Its page in the helpdesk. */
  url: z.string().optional(),
  /** Whether a reply goes out from here; otherwise the rep takes it into the helpdesk. Missing is no. */
  canSend: z.boolean().optional(),
  /**
   * How else a text can go back to the helpdesk from here: `draft` waits there, `note` is the team's, `reply` goes to the customer and is there only
   * where the team allows it and then asks each time. Missing is none.
   */
  delivers: z.array(DeliveryMode).optional(),
  updatedAt: z.iso.datetime(),
});
export type Conversation = z.infer<typeof Conversation>;

/** One row of the inbox: a conversation without its messages. `preview` is the newest message, cut to 140 characters. */
export const ConversationSummary = Conversation.omit({
  ...{
    messages: true,
    pastContacts: true,
    notes: true,
    fields: true,
    url: true,
    canSend: true,
    delivers: true,
  },
}).extend({
  preview: z.string(),
  lastAuthor: MessageAuthor.nullable(),
  messageCount: z.int().nonnegative(),
  unreadCount: z.int().nonnegative(),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;
