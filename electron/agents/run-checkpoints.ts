import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

/** Where runs are checkpointed. A run is never held up or failed by it. */
export interface RunCheckpoints {
  /** What LangGraph writes to; loaded when first needed. */
  saver(): Promise<BaseCheckpointSaver>;
  /** Notes whose run this is, before its first checkpoint. */
  begin(runId: string, conversationId: string): void;
  /** Writes what a run left to be written and drops older runs of its conversation; false when the disk refused. */
  settle(runId: string, conversationId: string): boolean;
  /** Forgets a run that was cancelled. */
  drop(runId: string): void;
  /** Forgets all runs of these conversations. @throws when the disk refuses. */
  forgetConversations(conversationIds: readonly string[]): void;
}
