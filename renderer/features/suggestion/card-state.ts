import type { EventName, EventPayload } from '../../../shared/contracts/ipc/index.js';
import type { DraftSentence, DraftVariant } from '../../../shared/domain/draft.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { RejectReason } from '../../../shared/domain/feedback.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { ModelRunEnd } from '../../../shared/domain/model-run.js';
import type { RewriteAction } from '../../../shared/domain/rewrite.js';
import type { Stage, Suggestion } from '../../../shared/domain/suggestion.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import type { AppError } from '../../../shared/errors/app-error.js';

/** The stages in the order a message travels. */
export const stageOrder = [
  'intent',
  'retrieval',
  'tools',
  'drafting',
  'critique',
  'escalation',
] as const satisfies readonly Stage[];

/** Where one stage of a running suggestion stands; `durationMs` is null when main did not measure it. */
export type StageProgress =
  | { readonly status: 'waiting' }
  | { readonly status: 'started' }
  | { readonly status: 'finished'; readonly durationMs: number | null };

/** What a run has brought so far. A part is null until its stage is done. */
export interface RunProgress {
  readonly runId: string;
  readonly messageId: string;
  readonly variant: DraftVariant;
  readonly stages: Readonly<Record<Stage, StageProgress>>;
  readonly intent: Intent | null;
  readonly evidence: readonly Evidence[] | null;
  readonly toolCalls: readonly ToolCall[] | null;
  readonly revision: number;
  readonly sentences: readonly DraftSentence[];
}

/** The last thing the rep did with a finished suggestion. */
export type Decision =
  | { readonly kind: 'inserted' | 'copied' | 'sent' }
  | { readonly kind: 'rejected'; readonly reason: RejectReason };

/**
 * What the card of one conversation shows.
 *
 * Only a `running` card takes in events, and only those of its own run, and a `ready` one those of its model run: a superseded, cancelled,
 * failed or finished run has no place its late events could be written to.
 */
export type Card =
  | { readonly kind: 'idle' }
  /** Asked main, no run known yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly run: RunProgress }
  | ReadyCard
  | { readonly kind: 'cancelled'; readonly runId: string }
  | { readonly kind: 'failed'; readonly runId: string | null; readonly error: AppError };

/** One wording the rep can come back to, with what they changed in it. */
export interface Version {
  /** As it is shown: with what the rep changed in the reply. */
  readonly suggestion: Suggestion;
  /** As it was suggested; null while the rep changed nothing. */
  readonly original: Suggestion | null;
  /** How it was rewritten last; null for what a run wrote. */
  readonly rewritten: RewriteAction['kind'] | null;
  /** Tells rewritten versions of one run apart, counted from 1; 0 for what the run wrote. */
  readonly rewriteNo: number;
}

/** A finished suggestion, and the run with a model that may follow it. */
export interface ReadyCard extends Version {
  readonly kind: 'ready';
  /** Monotonic milliseconds when the rep first saw it; null while it is not on screen. */
  readonly shownAtMs: number | null;
  readonly decision: Decision | null;
  /** The model run that follows; it streams in the place of the reply, or unseen where that is held. */
  readonly modelRun: RunProgress | null;
  /** Why the model run brought nothing; the suggestion stays. */
  readonly modelEnd: ModelRunEnd | null;
  /** The one for the same message by the other strategy. */
  readonly other: Version | null;
  /** Whether it stays when the model is done: the rep said so, or was at work in it. */
  readonly isHeld: boolean;
}

export type RunEventName = Extract<EventName, `suggestion.${string}`>;

/** An event of main about one run, tagged with its name. */
export type RunEvent = {
  [N in RunEventName]: { readonly name: N; readonly payload: EventPayload<N> };
}[RunEventName];

/** The conversation an event is about. */
export function conversationOf(event: RunEvent): string {
  return 'suggestion' in event.payload
    ? event.payload.suggestion.conversationId
    : event.payload.conversationId;
}
