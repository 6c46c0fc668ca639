import { z } from 'zod';

import { RuleSource } from './action.js';

/** A rule of the team that code checks before a change is made: it speaks up when its condition holds. */
export const PolicyRule = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** As in `shared/policy/condition.ts`: `order.daysSinceDelivery > 30 days and amount > 50 EUR`. */
  when: z.string().min(1).max(500),
  effect: z.enum(['blocks', 'needs_lead']),
  /** What the rep reads when it holds. */
  message: z.string().min(1).max(500),
  /** What the rep reads when it is kept; left out, the rule is not named then. */
  kept: z.string().max(500).optional(),
  /** Where it is written; null for a rule that stands nowhere else. */
  source: RuleSource.nullable().default(null),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

/** When a tool may run: by itself (one that only looks), after the rep's yes, or after a lead's as well; and the rules it has to keep. */
export const ToolPolicy = z.object({
  tool: z.string(),
  approval: z.enum(['none', 'rep', 'lead']),
  /** Above this amount, in the team's currency, a lead approves. */
  leadAbove: z.number().nonnegative().nullable(),
  /** Above this amount nobody does it from here; null without such a limit. */
  maximum: z.number().nonnegative().nullable().default(null),
  isEnabled: z.boolean(),
  rules: z.array(PolicyRule).default([]),
});
export type ToolPolicy = z.infer<typeof ToolPolicy>;
