import { z } from 'zod';

import { Fact } from './tool-call.js';

/** Money as the business system counts it: `amount` in major units (`12.50`), `currency` as ISO 4217. */
export const Money = z.object({ amount: z.number().nonnegative(), currency: z.string() });
export type Money = z.infer<typeof Money>;

/** Where a rule is written. */
export const RuleSource = z.object({
  articleId: z.string(),
  title: z.string(),
  /** The very words of the article it stands on, so that they can be shown; left out, the article as a whole. */
  quote: z.string().max(500).optional(),
});
export type RuleSource = z.infer<typeof RuleSource>;

/** One policy rule that code checked against an action, with where the rule is written. */
export const PolicyFinding = z.object({
  rule: z.string(),
  /** In words for the rep: `Delivered 41 days ago; refunds end after 30 days.` */
  message: z.string(),
  /** `blocks` stops the action, `needs_lead` asks for a second approval, `passes` is shown as kept. */
  effect: z.enum(['passes', 'needs_lead', 'blocks']),
  /** The passage the rule stands in, null for a rule of the product itself. */
  source: RuleSource.nullable(),
});
export type PolicyFinding = z.infer<typeof PolicyFinding>;

/** A change a run proposes, with the arguments it could fill by itself; nothing is done by it. */
export const ProposedChange = z.object({
  tool: z.string(),
  /** The connected system it is to be made in. */
  systemId: z.string().optional(),
  input: z.record(z.string(), z.string()),
});
export type ProposedChange = z.infer<typeof ProposedChange>;

/** One argument of an action, as the approval card shows and edits it. */
export const ActionField = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'money', 'choice']),
  /** With `choice`: what may be chosen. */
  options: z.array(z.string()).optional(),
  /** False for what ties the action to its customer and must not be edited (an order number). */
  isEditable: z.boolean(),
});
export type ActionField = z.infer<typeof ActionField>;

/** Where an action stands. `approved`: nothing was asked of the system yet. `unclear`: the system was asked and nobody knows whether it did it; only a read-back ends that. */
export const ActionStatus = z.enum([
  'waiting_for_rep',
  'waiting_for_lead',
  'approved',
  'running',
  'succeeded',
  'failed',
  'unclear',
  'refused',
]);
export type ActionStatus = z.infer<typeof ActionStatus>;

/** What a person decided about an action. */
export const ActionDecision = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  role: z.enum(['rep', 'lead']),
  /** `said_done`, `said_not_done`: the rep looked in the system, where it does not answer whether it did it. */
  decision: z.enum(['approved', 'edited', 'refused', 'said_done', 'said_not_done']),
  /** Empty unless refused. */
  reason: z.string(),
});
export type ActionDecision = z.infer<typeof ActionDecision>;

/**
 * A change in a business system that waits for, or had, the approval of a person.
 *
 * `id` is the idempotency key the system is given: the same action is done once, however often it is asked for.
 */
export const Action = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** The customer message it answers. */
  messageId: z.string(),
  tool: z.string(),
  /** The connected system it is made in, and in no other. */
  systemId: z.string().optional(),
  title: z.string(),
  fields: z.array(ActionField),
  input: z.record(z.string(), z.string()),
  /** Exactly what happens, in words; empty while something is missing or the system would not do it, which `detail` says: `Refund 12.50 EUR of order HP-104233 to the Visa card it was paid with.` */
  effect: z.string(),
  /** Exactly what is called: the operation with its arguments, without secrets. */
  call: z.string(),
  /** What it costs the company; null for what costs nothing. */
  amount: Money.nullable(),
  findings: z.array(PolicyFinding),
  status: ActionStatus,
  /** One line on the status: why it failed, who is waited for. */
  detail: z.string(),
  /** False for an unclear one that its system cannot be asked about: only who looks there knows. */
  canLookAgain: z.boolean().optional(),
  decisions: z.array(ActionDecision),
  /** What the system answered; a reply may state these facts. Empty until `succeeded`. */
  facts: z.array(Fact),
  /** The system's own number for it (`re_3N…`, a refund's id); null until `succeeded`. */
  proof: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Action = z.infer<typeof Action>;
