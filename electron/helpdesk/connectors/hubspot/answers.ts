import { z } from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String);
const Time = z.iso.datetime({ offset: true });
const Paging = z.object({ next: z.object({ after: z.string() }).nullish() }).nullish();

const Record = z.object({
  id: Id,
  properties: z.record(z.string(), z.string().nullish()),
  createdAt: Time,
  updatedAt: Time,
});
export type HsRecord = z.infer<typeof Record>;
export const RecordList = z.object({ results: z.array(Record), paging: Paging });
export { Record as OneRecord };

/** A ticket as it is read with `associations=contacts`. */
export const Ticket = Record.extend({
  associations: z
    .object({ contacts: z.object({ results: z.array(z.object({ id: Id })) }).nullish() })
    .nullish(),
});

export type HsTicket = z.infer<typeof Ticket>;

/** Which contacts, or notes, belong to which tickets. */
export const LinkBatch = z.object({
  results: z.array(z.object({ from: z.object({ id: Id }), to: z.array(z.object({ toObjectId: Id })) })),
});
export const LinkList = z.object({ results: z.array(z.object({ toObjectId: Id })), paging: Paging });

export const Pipelines = z.object({
  results: z.array(
    z.object({
      stages: z.array(
        z.object({
          id: Id,
          label: z.string().nullish(),
          metadata: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});
export const Properties = z.object({
  results: z.array(
    z.object({ name: z.string(), label: z.string().nullish(), hubspotDefined: z.boolean().nullish() }),
  ),
});

const Owner = z.object({
  id: Id,
  userId: Id.nullish(),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
});
export type HsOwner = z.infer<typeof Owner>;
export { Owner as OneOwner };
export const OwnerList = z.object({ results: z.array(Owner) });

export const Account = z.object({ portalId: Id, uiDomain: z.string().nullish() });
export const Inboxes = z.object({ results: z.array(z.object({ id: Id.nullish() })) });

export const Thread = z.object({
  id: Id,
  status: z.string().nullish(),
  createdAt: Time,
  latestMessageTimestamp: Time.nullish(),
  associatedContactId: Id.nullish(),
  originalChannelId: Id.nullish(),
});
export type HsThread = z.infer<typeof Thread>;

const Sender = z.object({
  actorId: z.string().nullish(),
  name: z.string().nullish(),
  deliveryIdentifier: z.object({ type: z.string(), value: z.string() }).nullish(),
});

const Message = z.object({
  id: z.string(),
  type: z.string(),
  createdAt: Time,
  createdBy: z.string().nullish(),
  senders: z.array(Sender).nullish(),
  text: z.string().nullish(),
  /** HTML. */
  richText: z.string().nullish(),
  subject: z.string().nullish(),
  direction: z.string().nullish(),
  truncationStatus: z.string().nullish(),
  channelId: Id.nullish(),
  channelAccountId: Id.nullish(),
  attachments: z
    .array(
      z.object({
        type: z.string(),
        fileId: Id.nullish(),
        name: z.string().nullish(),
        url: z.string().nullish(),
        fileUsageType: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type HsMessage = z.infer<typeof Message>;
export { Message as OneMessage };
export const MessageList = z.object({ results: z.array(Message), paging: Paging });
export const OriginalContent = z.object({ text: z.string().nullish(), richText: z.string().nullish() });

export const Actor = z.object({ name: z.string().nullish(), email: z.string().nullish() });
export const SignedUrl = z.object({ url: z.string() });
