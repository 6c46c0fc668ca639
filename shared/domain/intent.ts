import { z } from 'zod';

/** How far the intent can be trusted: `high` act on it, `medium` show it, `low` ask, do not assume. */
export const ConfidenceTier = z.enum(['high', 'medium', 'low']);
export type ConfidenceTier = z.infer<typeof ConfidenceTier>;

export const Sentiment = z.enum(['positive', 'neutral', 'negative', 'angry']);
export type Sentiment = z.infer<typeof Sentiment>;

export const Urgency = z.enum(['low', 'normal', 'high', 'critical']);
export type Urgency = z.infer<typeof Urgency>;

/** Why a human must take over, as the team's escalation policy names it. */
export const EscalationReason = z.enum([
  'human_requested',
  'legal',
  'safety',
  'medical',
  'fraud',
  'anger',
  'churn',
  'self_harm',
  'repeated_contact',
  'no_evidence',
]);
export type EscalationReason = z.infer<typeof EscalationReason>;

/** Something concrete in the customer's words. `start`/`end` are character offsets in the message `messageId`. */
export const Entity = z.object({
  kind: z.enum([
    'order_id',
    'return_id',
    'tracking_number',
    'error_code',
    'email',
    'phone',
    'amount',
    'date',
    'product',
    'country',
    'address',
  ]),
  text: z.string(),
  /**
   * Normalised form: ISO date or, for a range, ISO interval (`2026-05-18/2026-05-22`), E.164 phone, upper-case id, `12.50 EUR`, the team's
   * name of the product, address on one line.
   */
  value: z.string(),
  messageId: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
});
export type Entity = z.infer<typeof Entity>;

/** One candidate of the classifier; probabilities are calibrated and sum to at most 1. */
export const IntentCandidate = z.object({
  id: z.string(),
  name: z.string(),
  probability: z.number().min(0).max(1),
});
export type IntentCandidate = z.infer<typeof IntentCandidate>;

/** Why the policy asks for a human: the rule that fired and the customer's words that fired it. */
export const Escalation = z.object({
  reason: EscalationReason,
  label: z.string(),
  words: z.array(z.string()),
  team: z.string(),
});
export type Escalation = z.infer<typeof Escalation>;

/** The language one message is written in: ISO 639-1 code, `und` when it is too short to tell. */
export const MessageLanguage = z.object({ messageId: z.string(), language: z.string() });
export type MessageLanguage = z.infer<typeof MessageLanguage>;

/** What the customer wants and how they are, after one message. `label` is null when nothing the team knows fits. */
export const Intent = z.object({
  label: z.string().nullable(),
  name: z.string(),
  confidence: ConfidenceTier,
  probability: z.number().min(0).max(1),
  candidates: z.array(IntentCandidate),
  sentiment: Sentiment,
  /** How angry the newest turn is, 0 to 1; the escalation policy may set a limit. */
  anger: z.number().min(0).max(1),
  urgency: Urgency,
  /** Words that decided sentiment and urgency. */
  reasonWords: z.array(z.string()),
  /** ISO 639-1 code of the newest customer turn, `und` when the text is too short to tell. */
  language: z.string(),
  /** Language of each customer message that was read, newest turn and the few before it, oldest first. */
  messageLanguages: z.array(MessageLanguage),
  entities: z.array(Entity),
  escalation: Escalation.nullable(),
  /** The customer's need over the last turns in one query, built for retrieval. */
  query: z.string(),
});
export type Intent = z.infer<typeof Intent>;
