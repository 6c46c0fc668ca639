import { z } from 'zod';

const Id = z.union([z.string(), z.number()]).transform(String);

/** Beside tickets and comments, when `include=users` asks for them. */
const User = z.object({
  id: Id,
  name: z.string().nullish(),
  email: z.string().nullish(),
  /** `end-user`, `agent` or `admin`. */
  role: z.string().nullish(),
});
export type ZdUser = z.infer<typeof User>;

const Group = z.object({ id: Id, name: z.string().nullish() });

export const Ticket = z.object({
  id: Id,
  subject: z.string().nullish(),
  status: z.string(),
  priority: z.string().nullish(),
  type: z.string().nullish(),
  updated_at: z.iso.datetime(),
  requester_id: Id.nullish(),
  assignee_id: Id.nullish(),
  group_id: Id.nullish(),
  tags: z.array(z.string()).nullish(),
  via: z.object({ channel: z.union([z.string(), z.number()]).nullish() }).nullish(),
  custom_fields: z.array(z.object({ id: Id, value: z.unknown() })).nullish(),
});
export type ZdTicket = z.infer<typeof Ticket>;

const Beside = { users: z.array(User).nullish(), groups: z.array(Group).nullish() };

/** Who and what tickets name by number. */
export interface ZdBeside {
  readonly users?: readonly ZdUser[] | null | undefined;
  readonly groups?: readonly z.infer<typeof Group>[] | null | undefined;
}

export const OneTicket = z.object({ ticket: Ticket, ...Beside });
const Meta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() });
export const TicketPage = z.object({ tickets: z.array(Ticket), ...Beside });
export const SearchPage = z.object({ results: z.array(Ticket), next_page: z.string().nullish(), ...Beside });

const File = z.object({
  id: Id,
  file_name: z.string().nullish(),
  content_url: z.string().nullish(),
  content_type: z.string().nullish(),
  size: z.number().nullish(),
  deleted: z.boolean().nullish(),
  malware_scan_result: z.string().nullish(),
  malware_access_override: z.boolean().nullish(),
});
export type ZdFile = z.infer<typeof File>;

const Comment = z.object({
  id: Id,
  audit_id: Id.nullish(),
  author_id: Id.nullish(),
  public: z.boolean(),
  html_body: z.string().nullish(),
  plain_body: z.string().nullish(),
  body: z.string().nullish(),
  created_at: z.iso.datetime(),
  attachments: z.array(File).nullish(),
});
export type ZdComment = z.infer<typeof Comment>;

export const CommentPage = z.object({
  comments: z.array(Comment),
  users: z.array(User).nullish(),
  meta: Meta,
});

/** What an update did; the comment it added names this audit too. */
export const Updated = z.object({ audit: z.object({ id: Id }).nullish() });

/** Whose token it is; without a number nobody is signed in. */
export const Me = z.object({
  user: z.object({
    id: Id.nullish(),
    name: z.string().nullish(),
    email: z.string().nullish(),
    role: z.string().nullish(),
    only_private_comments: z.boolean().nullish(),
    ticket_restriction: z.string().nullish(),
  }),
});
export type ZdMe = z.infer<typeof Me>['user'];

export const FieldList = z.object({
  ticket_fields: z.array(z.object({ id: Id, title: z.string().nullish() })),
});
