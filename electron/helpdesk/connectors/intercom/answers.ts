import { z } from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String);

const Author = z.object({
  type: z.string().nullish(),
  id: Id.nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
});
export type IcAuthor = z.infer<typeof Author>;

const File = z.object({
  name: z.string().nullish(),
  url: z.string().nullish(),
  content_type: z.string().nullish(),
  filesize: z.number().nullish(),
});
export type IcFile = z.infer<typeof File>;

const Part = z.object({
  id: Id,
  part_type: z.string(),
  /** HTML; null for what only happened. */
  body: z.string().nullish(),
  /** Seconds. */
  created_at: z.number(),
  author: Author.nullish(),
  attachments: z.array(File).nullish(),
});

/** As it is listed: without its parts. */
export const Conversation = z.object({
  id: Id,
  title: z.string().nullish(),
  created_at: z.number(),
  updated_at: z.number(),
  state: z.string().nullish(),
  priority: z.string().nullish(),
  source: z
    .object({
      type: z.string().nullish(),
      id: Id.nullish(),
      /** HTML, for a mail with marks of its own. */
      subject: z.string().nullish(),
      body: z.string().nullish(),
      author: Author.nullish(),
      attachments: z.array(File).nullish(),
    })
    .nullish(),
  contacts: z.object({ contacts: z.array(z.object({ id: Id })).nullish() }).nullish(),
  tags: z.object({ tags: z.array(z.object({ name: z.string().nullish() })).nullish() }).nullish(),
  custom_attributes: z.record(z.string(), z.unknown()).nullish(),
  statistics: z.object({ count_conversation_parts: z.number().nullish() }).nullish(),
});
export type IcConversation = z.infer<typeof Conversation>;

/** As it is read: with the five hundred newest parts at most. */
export const ConversationWithParts = Conversation.extend({
  conversation_parts: z.object({ conversation_parts: z.array(Part) }).nullish(),
});
export type IcConversationWithParts = z.infer<typeof ConversationWithParts>;

export const ConversationPage = z.object({
  conversations: z.array(Conversation),
  pages: z.object({ next: z.object({ starting_after: z.string().nullish() }).nullish() }).nullish(),
});

export const Contact = z.object({ name: z.string().nullish(), email: z.string().nullish() });

/** Whose token it is. */
export const Me = z.object({
  id: Id,
  name: z.string().nullish(),
  email: z.string().nullish(),
  has_inbox_seat: z.boolean().nullish(),
  app: z.object({ id_code: z.string(), name: z.string().nullish(), region: z.string().nullish() }).nullish(),
});
export type IcMe = z.infer<typeof Me>;
