import { z } from 'zod';

import { EscalationReason, Urgency } from './intent.js';

/** An intent the team knows, with what the customer's words look like and which tools hold its facts. */
export const IntentDefinition = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  name: z.string(),
  description: z.string(),
  examples: z.array(z.string().min(1)).min(1),
  tools: z.array(z.string()),
  macro: z.string().optional(),
});
export type IntentDefinition = z.infer<typeof IntentDefinition>;

/** A vetted text with `{{placeholders}}` that tool facts fill. */
export const Macro = z.object({
  id: z.string(),
  title: z.string(),
  intents: z.array(z.string()),
  text: z.string(),
});
export type Macro = z.infer<typeof Macro>;

/** One rule of the escalation policy: phrases (matched on word boundaries, any case) that hand over to a team. */
export const EscalationRule = z.object({
  reason: EscalationReason,
  label: z.string(),
  phrases: z.array(z.string().min(1)),
  urgency: Urgency,
  team: z.string(),
});
export type EscalationRule = z.infer<typeof EscalationRule>;

/** The team's voice, patterns and guardrails. Patterns are regular expression sources. */
export const TeamProfile = z.object({
  id: z.string(),
  name: z.string(),
  supportName: z.string(),
  languages: z.array(z.string()),
  currency: z.string(),
  timezone: z.string(),
  patterns: z.object({
    orderId: z.string(),
    returnId: z.string().optional(),
    trackingNumber: z.string().optional(),
    errorCode: z.string().optional(),
  }),
  products: z.array(z.string()),
  voice: z.object({
    greeting: z.string(),
    greetingUnknown: z.string(),
    closing: z.string(),
    signature: z.string(),
  }),
  guardrails: z.object({
    neverPromise: z.array(z.string()),
    internalTerms: z.array(z.string()),
  }),
});
export type TeamProfile = z.infer<typeof TeamProfile>;

/** Everything a team configures besides its articles. */
export const Team = z.object({
  profile: TeamProfile,
  intents: z.array(IntentDefinition),
  outOfScope: z.array(z.string()),
  macros: z.array(Macro),
  escalation: z.array(EscalationRule),
});
export type Team = z.infer<typeof Team>;
