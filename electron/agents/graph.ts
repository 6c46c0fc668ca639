import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { afterCritique, afterDrafting, afterFacts } from './routes.js';
import { suggestionState, type StateUpdate, type SuggestionState } from './state.js';

/** A node as LangGraph calls it; `thread_id` is the run id, by which the node finds its run's context. */
type Node = (
  state: SuggestionState,
  config: { readonly configurable?: { readonly thread_id?: string } | undefined },
) => Promise<StateUpdate>;

/** The nodes by name; a stage's node carries the stage's name. `join` weighs what retrieval and tools brought. */
export interface GraphNodes {
  readonly intent: Node;
  readonly retrieval: Node;
  readonly tools: Node;
  readonly join: Node;
  readonly drafting: Node;
  readonly critique: Node;
  readonly escalation: Node;
}

/**
 * Wires the graph; nothing else.
 *
 * ```
 *           +-> retrieval -+          +-> escalation
 *  intent --|              |-> join --+-> drafting <-> critique (at most twice)
 *           +-> tools -----+          +-> (withheld)
 * ```
 */
export async function buildGraph(nodes: GraphNodes, checkpointer: BaseCheckpointSaver | null) {
  const langGraph = await import('@langchain/langgraph');
  const { StateGraph, START, END } = langGraph;
  return new StateGraph(suggestionState(langGraph))
    .addNode('intent', nodes.intent)
    .addNode('retrieval', nodes.retrieval)
    .addNode('tools', nodes.tools)
    .addNode('join', nodes.join)
    .addNode('drafting', nodes.drafting)
    .addNode('critique', nodes.critique)
    .addNode('escalation', nodes.escalation)
    .addEdge(START, 'intent')
    .addEdge('intent', 'retrieval')
    .addEdge('intent', 'tools')
    .addEdge(['retrieval', 'tools'], 'join')
    .addConditionalEdges('join', afterFacts, {
      escalation: 'escalation',
      drafting: 'drafting',
      present: END,
    })
    .addEdge('escalation', END)
    .addConditionalEdges('drafting', afterDrafting, { critique: 'critique', present: END })
    .addConditionalEdges('critique', afterCritique, { drafting: 'drafting', present: END })
    .compile(checkpointer ? { checkpointer } : {});
}
