import { z } from 'zod';

/** RT writes numbers as text in lists and as numbers in single records. */
const Id = z.union([z.string(), z.number()]).transform(String);

const User = z.object({
  id: Id,
  Name: z.string().optional(),
  RealName: z.string().nullish(),
  EmailAddress: z.string().nullish(),
});
export type RtUser = z.infer<typeof User>;

export const Ticket = z.object({
  id: Id,
  Subject: z.string().nullish(),
  Status: z.string(),
  LastUpdated: z.iso.datetime(),
  Requestors: z.array(User).nullish(),
  Owner: User.nullish(),
  Queue: z.object({ Name: z.string().optional() }).nullish(),
  CustomFields: z
    .union([z.array(z.object({ name: z.string(), values: z.array(z.unknown()) })), z.literal('')])
    .nullish(),
});
export type RtTicket = z.infer<typeof Ticket>;

export const TicketList = z.object({ items: z.array(Ticket) });

export const Transaction = z.object({
  id: Id,
  Type: z.string(),
  Created: z.iso.datetime(),
  Creator: User,
});
export type RtTransaction = z.infer<typeof Transaction>;

/** Read for its ETag alone: the number of the newest transaction the token may see. */
export const TicketState = z.object({ id: Id });

export const TransactionList = z.object({ items: z.array(Transaction) });

export const RtAttachment = z.object({
  id: Id,
  /** Missing in single records, which name it in another form. */
  TransactionId: Id.optional(),
  ContentType: z.string().nullish(),
  Filename: z.string().nullish(),
  Content: z.string().nullish(),
});
export type RtAttachment = z.infer<typeof RtAttachment>;

export const AttachmentList = z.object({ items: z.array(RtAttachment) });

export const RtVersion = z.object({ Version: z.string() });
export const RtName = z.object({ Name: z.string() });
export const RtPrivileged = z.object({ Privileged: z.union([z.string(), z.number()]).nullish() });

/** A write answers with what it did: `["Correspondence added"]`, or with a message. */
export const Written = z.unknown();
