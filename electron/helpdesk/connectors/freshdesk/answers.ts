import { z } from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String);

const File = z.object({
  id: Id,
  name: z.string().nullish(),
  content_type: z.string().nullish(),
  size: z.number().nullish(),
  /** Signed, and only for a while. */
  attachment_url: z.string().nullish(),
});
export type FdFile = z.infer<typeof File>;

/** As it is listed, with `include=requester`. */
const TicketFields = {
  id: Id,
  subject: z.string().nullish(),
  status: z.number(),
  priority: z.number().nullish(),
  source: z.number().nullish(),
  type: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  requester_id: Id.nullish(),
  responder_id: Id.nullish(),
  tags: z.array(z.string()).nullish(),
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
  requester: z.object({ name: z.string().nullish(), email: z.string().nullish() }).nullish(),
};
export const Ticket = z.object(TicketFields);
export type FdTicket = z.infer<typeof Ticket>;
export const TicketList = z.array(Ticket);

/** As it is read: with its first message. */
export const TicketWithText = z.object({
  ...TicketFields,
  /** HTML. */
  description: z.string().nullish(),
  description_text: z.string().nullish(),
  attachments: z.array(File).nullish(),
});
export type FdTicketWithText = z.infer<typeof TicketWithText>;

/** A reply or a note. */
export const Conversation = z.object({
  id: Id,
  /** HTML. */
  body: z.string().nullish(),
  body_text: z.string().nullish(),
  incoming: z.boolean().nullish(),
  private: z.boolean().nullish(),
  source: z.number().nullish(),
  user_id: Id.nullish(),
  from_email: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }),
  attachments: z.array(File).nullish(),
});
export type FdConversation = z.infer<typeof Conversation>;
export const ConversationList = z.array(Conversation);

/** What a note or a reply became. */
export const Written = z.object({ id: Id });

export const Agent = z.object({
  id: Id,
  /** `support_agent`, `field_agent` or `collaborator`. */
  type: z.string().nullish(),
  /** 1 all tickets, 2 those of the groups, 3 those assigned. */
  ticket_scope: z.number().nullish(),
  contact: z.object({ name: z.string().nullish(), email: z.string().nullish() }).nullish(),
});
export type FdAgent = z.infer<typeof Agent>;
