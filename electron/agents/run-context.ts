import type { Conversation } from '../../shared/domain/conversation.js';
import type { DraftVariant } from '../../shared/domain/draft.js';
import type { ToolCall } from '../../shared/domain/tool-call.js';
import type { AttachedText } from './attached-text.js';
import type { RunModel } from './run-model.js';
import type { StartingState } from './starting-state.js';
import type { RunEvent } from './suggestion-graph.js';

/** What belongs to one run and is never written to a checkpoint. */
export interface RunContext {
  readonly runId: string;
  readonly conversation: Conversation;
  readonly variant: DraftVariant;
  /** Articles an alternative must not use; null lets retrieval leave out the best one. */
  readonly excludeArticleIds: readonly string[] | null;
  /** Suggestions in a row, up to this one, that the knowledge had no answer for. */
  readonly unansweredBefore: number;
  /** Changes that were done in this conversation, with their results. */
  readonly doneCalls: readonly ToolCall[];
  /** Words of files that count as what the customer said. */
  readonly attachedTexts: readonly AttachedText[];
  /** The model of this run; null where all stages go by their local strategies. */
  readonly model: RunModel | null;
  /** What an earlier run of the same message found, which the stages before drafting keep unless they know better. */
  readonly startsFrom: StartingState | null;
  /** What was said before the turns a model reads, in short; empty when nothing is summarised. */
  readonly earlierSummary: string;
  readonly signal: AbortSignal;
  /** Tells the listener; silent from the moment the run is cancelled. */
  readonly emit: (event: RunEvent) => void;
}
