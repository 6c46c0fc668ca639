import { z } from 'zod';

import { Money, PolicyFinding } from '../../domain/action.js';
import { Playbook, PlaybookProgress, StepTick } from '../../domain/playbook.js';
import { Fact } from '../../domain/tool-call.js';
import { ToolPolicy } from '../../domain/tool-policy.js';
import { ConversationRef } from './conversation.js';
import { defineRoute } from './define-route.js';

/** Why there is nothing to try on: no card yet, or nothing in it that the tool could change. */
const Untried = z.object({ kind: z.literal('untried'), message: z.string() });

/** What a playbook that nobody has yet would look like on the card of a conversation. */
export const PlaybookTrial = z.discriminatedUnion('kind', [
  Untried,
  z.object({
    kind: z.literal('tried'),
    /** What the conversation is about; the card shows the playbook of this intent alone. */
    intentName: z.string(),
    progress: PlaybookProgress,
    facts: z.array(Fact),
  }),
]);
export type PlaybookTrial = z.infer<typeof PlaybookTrial>;

/** What rules and limits that nobody has yet would say about a change in a conversation. Nothing is changed. */
export const PolicyTrial = z.discriminatedUnion('kind', [
  Untried,
  z.object({
    kind: z.literal('tried'),
    effect: z.string(),
    amount: Money.nullable(),
    findings: z.array(PolicyFinding),
    facts: z.array(Fact),
  }),
]);
export type PolicyTrial = z.infer<typeof PolicyTrial>;

/** Playbooks on cards, and trying playbooks and rules before they are published. */
export const playbookRoutes = {
  'playbook.ticks': defineRoute({ input: ConversationRef, output: z.array(StepTick) }),
  /** What the rep says about a step; null takes it back. Kept over restarts. Answers with all of the conversation. */
  'playbook.tick': defineRoute({
    input: ConversationRef.extend({
      intent: z.string().min(1).max(200),
      stepId: z.string().min(1).max(200),
      mark: StepTick.shape.mark.nullable(),
    }),
    output: z.array(StepTick),
  }),
  'playbook.try': defineRoute({
    input: ConversationRef.extend({ playbook: Playbook }),
    output: PlaybookTrial,
  }),
  /** `amount` in the team's currency, for a tool that has one; null for all of it. */
  'policy.try': defineRoute({
    input: ConversationRef.extend({ policy: ToolPolicy, amount: z.number().nonnegative().nullable() }),
    output: PolicyTrial,
  }),
} as const;
