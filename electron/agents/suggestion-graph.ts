import type { Conversation } from '../../shared/domain/conversation.js';
import type { DraftSentence, DraftVariant } from '../../shared/domain/draft.js';
import type { Stage, Suggestion } from '../../shared/domain/suggestion.js';
import type { StagePayload } from '../../shared/contracts/ipc/suggestion.js';

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: 'stage_started'; readonly stage: Stage }
  | {
      readonly kind: 'stage_finished';
      readonly stage: Stage;
      readonly durationMs: number;
      readonly payload: StagePayload | null;
    }
  | { readonly kind: 'draft_streamed'; readonly revision: number; readonly sentence: DraftSentence };

export interface RunRequest {
  readonly runId: string;
  readonly conversation: Conversation;
  readonly variant: DraftVariant;
  /** With `other_source`: the articles earlier suggestions used. Without it the best article is left out. */
  readonly excludeArticleIds?: readonly string[];
  /** Suggestions in a row before this one that the knowledge had no answer for; 0 when left out. */
  readonly unansweredBefore?: number;
  /** Aborting ends the run at once: no further event, and `run` rejects with SUGGESTION_CANCELLED. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

/** The five agents and the escalation, wired as one graph. */
export interface SuggestionGraph {
  /**
   * Runs the graph once for the newest customer message.
   * @throws AppErrorException SUGGESTION_CANCELLED, SUGGESTION_NO_CUSTOMER_MESSAGE; anything else is a bug.
   */
  run(request: RunRequest): Promise<Suggestion>;
}
