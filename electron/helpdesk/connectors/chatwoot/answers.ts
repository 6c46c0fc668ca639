import { z } from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String);
const Attributes = z.record(z.string(), z.unknown()).nullish();
const Named = z.object({ name: z.string().nullish() });

/** Who is in `meta.sender` of a conversation: the contact. */
const Contact = z.object({
  name: z.string().nullish(),
  email: z.string().nullish(),
  phone_number: z.string().nullish(),
});

export const Conversation = z.object({
  id: Id,
  status: z.string(),
  labels: z.array(z.string()).nullish(),
  priority: z.string().nullish(),
  can_reply: z.boolean().nullish(),
  /** Seconds, with a fraction; servers before 4.0 leave it out. */
  updated_at: z.number().nullish(),
  last_activity_at: z.number().nullish(),
  created_at: z.number(),
  /** The last one. */
  messages: z.array(z.object({ id: Id })).nullish(),
  additional_attributes: Attributes,
  custom_attributes: Attributes,
  meta: z
    .object({
      sender: Contact.nullish(),
      channel: z.string().nullish(),
      assignee: Named.extend({ available_name: z.string().nullish() }).nullish(),
      team: Named.nullish(),
    })
    .nullish(),
});
export type CwConversation = z.infer<typeof Conversation>;

export const ConversationList = z.object({
  data: z.object({
    meta: z.object({ mine_count: z.number().nullish(), all_count: z.number().nullish() }).nullish(),
    payload: z.array(Conversation),
  }),
});

const File = z.object({
  id: Id,
  file_type: z.string().nullish(),
  data_url: z.string().nullish(),
  file_size: z.number().nullish(),
  fallback_title: z.string().nullish(),
  coordinates_lat: z.number().nullish(),
  coordinates_long: z.number().nullish(),
});
export type CwFile = z.infer<typeof File>;

export const Message = z.object({
  id: z.int().nonnegative(),
  content: z.string().nullish(),
  /** 0 of the customer, 1 to the customer, 2 what happened, 3 written by Chatwoot itself. */
  message_type: z.int(),
  content_type: z.string().nullish(),
  content_attributes: Attributes,
  /** Seconds. */
  created_at: z.number(),
  private: z.boolean().nullish(),
  sender: z.object({ name: z.string().nullish(), type: z.string().nullish() }).nullish(),
  attachments: z.array(File).nullish(),
});
export type CwMessage = z.infer<typeof Message>;

export const MessageList = z.object({ payload: z.array(Message) });

export const WrittenMessage = z.object({ id: Id });

export const Profile = z.object({
  id: z.number(),
  name: z.string(),
  /** What the websocket of this user is told apart by; as secret as the token. */
  pubsub_token: z.string(),
  accounts: z
    .array(z.object({ id: Id, name: z.string().nullish(), role: z.string().nullish() }))
    .nullish()
    .transform((accounts) => accounts ?? []),
});
export type CwProfile = z.infer<typeof Profile>;
