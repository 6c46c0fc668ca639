import { z } from 'zod';

import { Channel, ConversationCustomer } from '../../../../shared/domain/conversation.js';

/** A name of the sender's own for a conversation or a message: anything in one line. */
const Id = z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'must be 1 to 200 characters in one line');
/** With its zone; kept in UTC. */
const At = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const LONGEST_TEXT = 500_000;

const File = z.object({
  id: Id,
  name: z.string().max(300),
  mediaType: z.string().max(200).default('application/octet-stream'),
  bytes: z.int().nonnegative().nullable().default(null),
  /** Where it can be fetched without a token; without one it is listed only. */
  url: z.url().max(4000).optional(),
});

const Message = z
  .object({
    id: Id,
    author: z.object({ role: z.enum(['customer', 'rep', 'system']), name: z.string().max(300).default('') }),
    /** `internal` is what the customer never sees. */
    visibility: z.enum(['public', 'internal']).default('public'),
    text: z.string().max(LONGEST_TEXT).optional(),
    html: z.string().max(LONGEST_TEXT).optional(),
    attachments: z.array(File).max(100).default([]),
  })
  .refine(({ text, html }) => text !== undefined || html !== undefined, 'needs text or html');

/** What a helpdesk tells of a conversation beside its messages; what an event leaves out stays as it was. */
const About = {
  subject: z.string().max(1000).optional(),
  channel: Channel.optional(),
  customer: ConversationCustomer.optional(),
  /** Its page in the helpdesk's web app. */
  url: z.url().max(4000).optional(),
  fields: z.record(z.string().max(200), z.string().max(2000)).optional(),
};
const Common = { conversationId: Id, at: At };

/** One event, as `POST /events` takes it (docs/connect/webhook.md). */
export const WebhookEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('conversation.started'), ...Common, ...About, message: Message.optional() }),
  z.object({ event: z.literal('utterance.added'), ...Common, ...About, message: Message }),
  z.object({ event: z.literal('conversation.ended'), ...Common, ...About }),
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** A conversation as its events made it. */
export const StoredAbout = z.object(About);
export type StoredAbout = z.infer<typeof StoredAbout>;
export const StoredMessage = z.object({ sentAt: z.string(), message: Message });
export type StoredMessage = z.infer<typeof StoredMessage>;
