import { z } from 'zod';

/** The helpdesks Cuecard can stand beside. */
export const HelpdeskKind = z.enum([
  'request_tracker',
  'chatwoot',
  'intercom',
  'zendesk',
  'freshdesk',
  'hubspot',
  'salesforce',
  'mail',
  'webhook',
]);
export type HelpdeskKind = z.infer<typeof HelpdeskKind>;

/** How a text goes back: `draft` waits in the helpdesk for the rep, `note` is seen by the team, `reply` by the customer. */
export const DeliveryMode = z.enum(['draft', 'note', 'reply']);
export type DeliveryMode = z.infer<typeof DeliveryMode>;

/** A file that hangs on a message. `bytes` is null where the helpdesk does not tell. */
export const Attachment = z.object({
  id: z.string().min(1),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int().nonnegative().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** What one helpdesk can do through its interface. */
export const HelpdeskCapabilities = z.object({
  push: z.enum(['none', 'websocket', 'webhook']),
  deliver: z.array(DeliveryMode),
  /** Shortest pause between two questions about one conversation, in milliseconds. */
  minPollMs: z.int().positive(),
});
export type HelpdeskCapabilities = z.infer<typeof HelpdeskCapabilities>;

/** One connected helpdesk as it is kept. Secrets are not in it: they lie in the key vault under the connection's id. */
export const HelpdeskConnection = z.object({
  /** Chosen by us once, part of every conversation's id: `request_tracker-1`. */
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
  kind: HelpdeskKind,
  /** What the rep reads: `Support desk`. */
  name: z.string().min(1).max(80),
  /** Where it answers, without a path of its interface: `https://rt.example.com`; see `helpdesk-address.ts`. */
  baseUrl: z.string().min(1).max(2000),
  /** What else this kind needs: a queue, an account, a mailbox. */
  options: z.record(z.string(), z.string().max(2000)),
});
export type HelpdeskConnection = z.infer<typeof HelpdeskConnection>;

/** How a helpdesk is reached right now. `live` is pushed to us, `polling` is asked for. */
export const HelpdeskState = z.object({
  connectionId: z.string(),
  state: z.enum(['live', 'polling', 'offline', 'refused']),
  /** Why, in words for the rep; empty while all is well. */
  detail: z.string(),
  retryAt: z.iso.datetime().nullable(),
});
export type HelpdeskState = z.infer<typeof HelpdeskState>;

/** What the test of a connection found. */
export const ConnectionReport = z.object({
  /** Who the token belongs to, as the helpdesk calls them. */
  user: z.string(),
  /** What of the helpdesk was found out, in words: its version, what is missing for which feature. */
  notes: z.array(z.string()),
});
export type ConnectionReport = z.infer<typeof ConnectionReport>;
