import type { Conversation } from '../../shared/domain/conversation.js';
import type { DraftSentence, DraftVariant } from '../../shared/domain/draft.js';
import type { Stage, Suggestion } from '../../shared/domain/suggestion.js';
import type { ModelFailure, ModelRunEnd } from '../../shared/domain/model-run.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import type { StagePayload } from '../../shared/contracts/ipc/suggestion.js';
import type { AttachedText } from './attached-text.js';
import type { StartingState } from './starting-state.js';

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: 'stage_started'; readonly stage: Stage }
  | {
      readonly kind: 'stage_finished';
      readonly stage: Stage;
      readonly durationMs: number;
      readonly payload: StagePayload | null;
    }
  | {
      readonly kind: 'draft_streamed';
      readonly revision: number;
      readonly sentence: DraftSentence;
      /** What was streamed before it is void: another model began anew. */
      readonly startsOver?: boolean;
    };

export interface RunRequest {
  readonly runId: string;
  readonly conversation: Conversation;
  readonly variant: DraftVariant;
  /** With `other_source`: the articles earlier suggestions used. Without it the best article is left out. */
  readonly excludeArticleIds?: readonly string[];
  /** Suggestions in a row before this one that the knowledge had no answer for; 0 when left out. */
  readonly unansweredBefore?: number;
  /** Changes that were done in this conversation: evidence like any look-up. */
  readonly doneCalls?: readonly ToolCall[];
  /** Words of files that count as what the customer said; none when left out. */
  readonly attachedTexts?: readonly AttachedText[];
  /** Aborting ends the run at once: no further event, and `run` rejects with SUGGESTION_CANCELLED. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** Hears what the run found before drafting, for a model run of the same message. */
  readonly onFound?: (found: StartingState) => void;
}

export interface ModelRunRequest extends Omit<RunRequest, 'onFound'> {
  /** What the local run of the same message found; null lets the run find it itself. */
  readonly startsFrom: StartingState | null;
  /** What was said before the newest turns, in short; empty for none. */
  readonly earlierSummary?: string;
  /** False where every answer must be new: trials and measurements. */
  readonly mayReuse?: boolean;
  /** Stages that may ask the model; all when left out. */
  readonly stages?: readonly Stage[];
}

/** A suggestion of the model's, or why there is none. Either way the local one is as good as before. */
export type ModelRunResult =
  | { readonly ok: true; readonly suggestion: Suggestion }
  | { readonly ok: false; readonly end: ModelRunEnd; readonly suggestion: Suggestion };

/** The obstacle where there is no model at all. */
export const NO_MODEL: ModelFailure = {
  code: 'MODEL_NOT_SET_UP',
  message: 'No model is set up.',
  canRetry: false,
};

/** The five agents and the escalation, wired as one graph. */
export interface SuggestionGraph {
  /**
   * Runs the graph once for the newest customer message.
   * @throws AppErrorException SUGGESTION_CANCELLED, SUGGESTION_NO_CUSTOMER_MESSAGE; anything else is a bug.
   */
  run(request: RunRequest): Promise<Suggestion>;
  /** Why no chat model can be asked to draft now; null when one can. */
  modelObstacle(): ModelFailure | null;
  /**
   * Runs the graph once more with the model strategy of each stage; a stage whose model fails keeps its local result.
   * @throws AppErrorException as {@link run}, and MODEL_MISSING where there is no model at all.
   */
  runModel(request: ModelRunRequest): Promise<ModelRunResult>;
}
