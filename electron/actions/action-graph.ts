import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { z } from 'zod';

/** What a person answered where the run stopped. */
export const ActionAnswer = z.enum(['approved', 'edited', 'refused']);
export type ActionAnswer = z.infer<typeof ActionAnswer>;

/** The run's own memory. The action itself lies in the store: one truth, written before anything is asked of a system. */
export interface ActionRunState {
  readonly actionId: string;
  /** `execute` where an approval is there already: a repeated try, or looking after an unclear one. */
  readonly startAt: 'preview' | 'execute';
  readonly answer: ActionAnswer | null;
}

export interface ActionNodes {
  /** Looks what would happen and checks the rules. */
  preview(actionId: string): Promise<void>;
  /** Whether the rep's approval is enough. */
  needsLead(actionId: string): boolean;
  /** Does it once, however often it is called. */
  execute(actionId: string): Promise<void>;
}

/**
 * Wires the run of one action; nothing else. It stops at LangGraph's `interrupt`, twice where a lead must approve too, and goes on from its
 * checkpoint with the answer, in this process or a later one.
 *
 * ```
 *   +-> preview -> approve =rep=> +-> approve_second =lead=> +-> execute
 *         ^           |edited     |                          |
 *         +-----------+           +-- (refused: the end) ----+
 * ```
 */
export async function buildActionGraph(nodes: ActionNodes, checkpointer: BaseCheckpointSaver) {
  const { Annotation, StateGraph, START, END, interrupt } = await import('@langchain/langgraph');
  const State = Annotation.Root({
    actionId: Annotation<string>(),
    startAt: Annotation<ActionRunState['startAt']>(),
    answer: Annotation<ActionAnswer | null>(),
  });
  type State = typeof State.State;
  // Nothing but the question stands before `interrupt`: LangGraph runs the node again from its first line when the answer is there.
  const ask = (by: 'rep' | 'lead') => (state: State) => ({
    answer: ActionAnswer.parse(interrupt({ actionId: state.actionId, by })),
  });
  return new StateGraph(State)
    .addNode('preview', async ({ actionId }: State) => {
      await nodes.preview(actionId);
      return { answer: null };
    })
    .addNode('approve', ask('rep'))
    .addNode('approve_second', ask('lead'))
    .addNode('execute', async ({ actionId }: State) => {
      await nodes.execute(actionId);
      return {};
    })
    .addConditionalEdges(START, ({ startAt }: State) => startAt, {
      preview: 'preview',
      execute: 'execute',
    })
    .addEdge('preview', 'approve')
    .addConditionalEdges(
      'approve',
      ({ answer, actionId }: State) => {
        if (answer === 'edited') return 'preview';
        if (answer === 'refused') return 'end';
        return nodes.needsLead(actionId) ? 'approve_second' : 'execute';
      },
      { preview: 'preview', approve_second: 'approve_second', execute: 'execute', end: END },
    )
    .addConditionalEdges(
      'approve_second',
      ({ answer }: State) => (answer === 'approved' ? 'execute' : 'end'),
      { execute: 'execute', end: END },
    )
    .addEdge('execute', END)
    .compile({ checkpointer });
}
export type ActionGraph = Awaited<ReturnType<typeof buildActionGraph>>;
