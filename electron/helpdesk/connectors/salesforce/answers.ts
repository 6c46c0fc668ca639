import { z } from 'zod';

/** Salesforce writes `+0000` in place of a colon zone. */
const At = z.string().transform((text, context) => {
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
  if (!Number.isNaN(at.getTime())) return at.toISOString();
  context.addIssue('is no date');
  return z.NEVER;
});
const Text = z.string().nullish();

/** One page of a query; `nextRecordsUrl` is a path. */
export const pageOf = <Record extends z.ZodType>(record: Record) =>
  z.object({ done: z.boolean(), nextRecordsUrl: Text, records: z.array(record) });

/** Records below a record; null where there are none. */
const below = <Record extends z.ZodType>(record: Record) => pageOf(record).nullish();

const Child = z.object({ Id: z.string(), CreatedDate: At });

export const Case = z.object({
  Id: z.string(),
  CaseNumber: Text,
  Subject: Text,
  Status: Text,
  IsClosed: z.boolean(),
  Priority: Text,
  Type: Text,
  Origin: Text,
  SuppliedName: Text,
  SuppliedEmail: Text,
  SystemModstamp: At,
  Contact: z.object({ Name: Text, Email: Text }).nullish(),
  Owner: z.object({ Name: Text }).nullish(),
  EmailMessages: below(Child),
  CaseComments: below(Child),
});
export type SfCase = z.infer<typeof Case>;

/** What of a case is looked at for new messages. */
export const Heads = z.object({
  Id: z.string(),
  CreatedDate: At,
  Description: Text,
  Origin: Text,
  SuppliedName: Text,
  Contact: z.object({ Name: Text }).nullish(),
  CreatedBy: z.object({ Name: Text }).nullish(),
  EmailMessages: below(Child.extend({ Incoming: z.boolean(), HasAttachment: z.boolean() })),
  CaseComments: below(Child),
});
export type SfHeads = z.infer<typeof Heads>;
export const EmailHead = Child.extend({ Incoming: z.boolean(), HasAttachment: z.boolean() });
export type SfEmailHead = z.infer<typeof EmailHead>;
export const CommentHead = Child;

export const Email = z.object({
  Id: z.string(),
  CreatedDate: At,
  Incoming: z.boolean(),
  FromName: Text,
  FromAddress: Text,
  HtmlBody: Text,
  TextBody: Text,
});
export type SfEmail = z.infer<typeof Email>;

export const Comment = z.object({
  Id: z.string(),
  CreatedDate: At,
  CommentBody: Text,
  IsPublished: z.boolean(),
  CreatedBy: z.object({ Name: Text, UserType: Text }).nullish(),
});
export type SfComment = z.infer<typeof Comment>;

/** A file of Salesforce Files that hangs on a mail. */
export const FileLink = z.object({
  LinkedEntityId: z.string(),
  ContentDocument: z.object({
    Title: Text,
    FileExtension: Text,
    ContentSize: z.number().nullish(),
    LatestPublishedVersionId: z.string(),
  }),
});

/** A file of the older kind. */
export const OldFile = z.object({
  ...{ Id: z.string(), ParentId: z.string(), Name: Text, ContentType: Text },
  BodyLength: z.number().nullish(),
});

export const IncomingFrom = z.object({ Id: z.string(), FromAddress: Text, Subject: Text });
export const WithParent = z.object({ ParentId: z.string() });
export const WithId = z.object({ Id: z.string() });
export const Created = z.object({ id: z.string(), success: z.boolean() });
export const UserInfo = z.object({ name: Text, preferred_username: Text, user_id: Text });
export const AccessToken = z.object({ access_token: z.string().min(1) });
