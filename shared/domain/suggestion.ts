import { z } from 'zod';

import { ProposedChange } from './action.js';
import { Critique } from './critique.js';
import { Draft, DraftVariant } from './draft.js';
import { Evidence } from './evidence.js';
import { Intent } from './intent.js';
import { ModelUse } from './model-run.js';
import { PlaybookProgress } from './playbook.js';
import { STAGES } from './stages.js';
import { ToolCall } from './tool-call.js';

export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** How long a stage took in this run; `revision` tells repeated drafting and critique apart. */
export const StageTiming = z.object({
  stage: Stage,
  durationMs: z.number().nonnegative(),
  revision: z.int().nonnegative(),
});
export type StageTiming = z.infer<typeof StageTiming>;

/** Something the rep must know before using the card. */
export const WarningCode = z.enum([
  'prompt_injection',
  'instructions_in_article',
  'guardrail',
  'instructions_in_record',
  'order_of_other_customer',
  'language_unsupported',
  'internal_evidence',
  'evidence_expired',
  'evidence_conflict',
  'low_confidence',
  'unknown_customer',
  'long_message_cut',
  'order_not_found',
]);
export type WarningCode = z.infer<typeof WarningCode>;

export const Warning = z.object({ code: WarningCode, message: z.string() });
export type Warning = z.infer<typeof Warning>;

/** A stage that could not do its whole job; the run went on without it and the card says so. */
export const Degradation = z.object({ stage: Stage, code: z.string(), message: z.string() });
export type Degradation = z.infer<typeof Degradation>;

/** Why there is no reply. */
export const WithheldReason = z.enum([
  'no_evidence',
  'out_of_scope',
  'language_unsupported',
  'unsupported_draft',
  'nothing_to_answer',
]);
export type WithheldReason = z.infer<typeof WithheldReason>;

/** Whether the knowledge had nothing for the customer; the other reasons lie elsewhere. */
export function leavesUnanswered(reason: WithheldReason): boolean {
  return reason === 'no_evidence' || reason === 'out_of_scope';
}

/** What the next human needs: who, what they want, what was tried, what is true, what to do. */
export const HandoverSummary = z.object({
  reason: z.string(),
  team: z.string(),
  summary: z.string(),
  customerWants: z.string(),
  facts: z.array(z.string()),
  openQuestions: z.array(z.string()),
  /** The whole note as plain text, ready to paste as an internal note. */
  note: z.string(),
});
export type HandoverSummary = z.infer<typeof HandoverSummary>;

const SuggestionBase = z.object({
  runId: z.string(),
  conversationId: z.string(),
  /** The newest customer message the suggestion answers. */
  messageId: z.string(),
  createdAt: z.iso.datetime(),
  variant: DraftVariant,
  /** Who wrote the reply: the local strategies, or a chat model. */
  strategy: z.enum(['local', 'model']),
  /** The calls a chat model answered for it; empty for a local one. */
  modelUse: z.array(ModelUse).default([]),
  /** Versions of the prompts that wrote it, by stage; 0 is the built-in one. */
  promptVersions: z.record(z.string(), z.int().nonnegative()).default({}),
  intent: Intent,
  evidence: z.array(Evidence),
  /** Passages of past conversations (`C1`, `C2`, ...), best first; for the rep to look at, never quoted or cited. */
  similarCases: z.array(Evidence).default([]),
  toolCalls: z.array(ToolCall),
  /** Changes in business systems that may be due; each waits for a person. */
  proposals: z.array(ProposedChange).default([]),
  /** The steps of the intent's playbook and how far they are; left out where the team has none. */
  playbook: PlaybookProgress.optional(),
  warnings: z.array(Warning),
  degradations: z.array(Degradation),
  timings: z.array(StageTiming),
  totalMs: z.number().nonnegative(),
});

/**
 * What one run came to, closed over its outcome:
 * a reply with its critique, no reply with the closest passages, or a handover to a human (with a holding reply the rep may send).
 */
export const Suggestion = z.discriminatedUnion('outcome', [
  SuggestionBase.extend({ outcome: z.literal('reply'), draft: Draft, critique: Critique }),
  SuggestionBase.extend({
    outcome: z.literal('withheld'),
    reason: WithheldReason,
    message: z.string(),
    /** What the rep may ask the customer instead; null where asking would not help. */
    question: Draft.nullable().default(null),
  }),
  SuggestionBase.extend({
    outcome: z.literal('escalated'),
    handover: HandoverSummary,
    holdingReply: Draft.nullable(),
  }),
]);
export type Suggestion = z.infer<typeof Suggestion>;
