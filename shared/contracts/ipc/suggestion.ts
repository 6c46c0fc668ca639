import { z } from 'zod';

import { Critique } from '../../domain/critique.js';
import { Draft, DraftSentence, DraftVariant } from '../../domain/draft.js';
import { Evidence } from '../../domain/evidence.js';
import { Intent } from '../../domain/intent.js';
import { ModelRunEnd } from '../../domain/model-run.js';
import { RewriteAction, RewriteSource, Rewritten } from '../../domain/rewrite.js';
import { Stage, Suggestion } from '../../domain/suggestion.js';
import { ToolCall } from '../../domain/tool-call.js';
import { AppError } from '../../errors/app-error.js';
import { ConversationRef } from './conversation.js';
import { defineRoute } from './define-route.js';

const RunRef = z.object({ runId: z.string(), conversationId: z.string() });

/** What the window may ask about suggestions. */
export const suggestionRoutes = {
  /** The suggestion to show: the pinned one of the newest message, else the newest. Null when there is none. Starts nothing. */
  'suggestion.latest': defineRoute({ input: ConversationRef, output: Suggestion.nullable() }),
  /** The newest one for the same message by the other strategy, which is not shown; null when there is none. */
  'suggestion.other': defineRoute({ input: ConversationRef, output: Suggestion.nullable() }),
  /**
   * Holds a suggestion on the card: one that a model run brings later is kept and not shown. Null lets go, and the newest is shown again.
   * Answers with what is to be shown now. A new message, or asking again, lets go by itself.
   */
  'suggestion.pin': defineRoute({
    input: ConversationRef.extend({ runId: z.string().nullable() }),
    output: Suggestion.nullable(),
  }),
  /** Starts a run (again), superseding a running one of the same conversation. */
  'suggestion.generate': defineRoute({
    input: ConversationRef.extend({ variant: DraftVariant }),
    output: RunRef,
  }),
  'suggestion.cancel': defineRoute({ input: ConversationRef, output: z.void() }),
  /**
   * Doubts a reply again after the rep changed sentences of it or took some out, with the passages and facts of its own run.
   * Stores nothing.
   */
  'suggestion.check': defineRoute({
    input: z.object({ runId: z.string().min(1).max(200), sentences: z.array(DraftSentence).max(200) }),
    output: z.object({ draft: Draft, critique: Critique }),
  }),
  /**
   * Rewrites a reply, as it is on the card now, or a text of the rep's own, without changing what it says. Stores nothing. `shorter` works
   * without a model for a reply; everything else fails with MODEL_MISSING where none is set up.
   */
  'suggestion.rewrite': defineRoute({
    input: ConversationRef.extend({ source: RewriteSource, action: RewriteAction }),
    output: Rewritten,
  }),
} as const;

/** What a stage brought, shown on the card before the run is done. */
export const StagePayload = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('intent'), intent: Intent }),
  z.object({
    stage: z.literal('retrieval'),
    evidence: z.array(Evidence),
    similarCases: z.array(Evidence).default([]),
  }),
  z.object({ stage: z.literal('tools'), toolCalls: z.array(ToolCall) }),
  z.object({ stage: z.literal('drafting'), draft: Draft }),
  z.object({ stage: z.literal('critique') }),
  z.object({ stage: z.literal('escalation') }),
]);
export type StagePayload = z.infer<typeof StagePayload>;

/** Every event names its run; the window drops events of a run that is not the newest of its conversation. */
export const suggestionEvents = {
  'suggestion.run_started': RunRef.extend({
    messageId: z.string(),
    variant: DraftVariant,
    /** A `model` run follows a finished `local` one, whose card stays until the model's first sentence. */
    strategy: z.enum(['local', 'model']).default('local'),
  }),
  'suggestion.stage_changed': RunRef.extend({
    stage: Stage,
    status: z.enum(['started', 'finished']),
    durationMs: z.number().nullable(),
    payload: StagePayload.nullable(),
  }),
  /** A piece of the reply while it is written; `revision` tells a rewritten draft from the first. */
  'suggestion.draft_streamed': RunRef.extend({
    revision: z.int().nonnegative(),
    sentence: DraftSentence,
    /** What came before it is void: it is the first of the text, or another model began anew. */
    startsOver: z.boolean().optional(),
  }),
  'suggestion.ready': z.object({ suggestion: Suggestion }),
  /** A model run is done while the rep holds another suggestion for the same message: this one is kept for `suggestion.other`. */
  'suggestion.kept': z.object({ suggestion: Suggestion }),
  /** A model run came to nothing. The local suggestion before it stays on the card; what was streamed meanwhile is to be forgotten. */
  'suggestion.model_ended': RunRef.extend({ end: ModelRunEnd }),
  'suggestion.cancelled': RunRef,
  'suggestion.failed': RunRef.extend({ error: AppError }),
} as const;
