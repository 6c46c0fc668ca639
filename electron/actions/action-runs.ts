import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { z } from 'zod';

import { buildActionGraph, type ActionAnswer, type ActionGraph, type ActionNodes } from './action-graph.js';

/** What a run stops with. */
const Asked = z.object({ by: z.enum(['rep', 'lead']) });

/** The runs of actions, each a LangGraph thread under the action's id. */
export interface ActionRuns {
  /** Previews and stops for the rep. */
  begin(actionId: string): Promise<void>;
  /** Goes on where the run stopped. Without a run that waits (its checkpoint is lost) it begins at what the answer asks for. */
  answer(actionId: string, answer: ActionAnswer, by?: 'rep' | 'lead'): Promise<void>;
  /** Executes, or looks after what is unclear: for a repeated try and after a restart. */
  execute(actionId: string): Promise<void>;
  forget(actionId: string): Promise<void>;
}

export function createActionRuns(nodes: ActionNodes, saver: BaseCheckpointSaver): ActionRuns {
  let graph: Promise<ActionGraph> | null = null;
  const compiled = (): Promise<ActionGraph> => (graph ??= buildActionGraph(nodes, saver));
  const configOf = (actionId: string) =>
    ({ configurable: { thread_id: actionId }, durability: 'sync', recursionLimit: 50 }) as const;

  async function start(actionId: string, startAt: 'preview' | 'execute'): Promise<void> {
    await (await compiled()).invoke({ actionId, startAt, answer: null }, configOf(actionId));
  }

  /** Whom the run asks; null where it does not wait. */
  async function waitsFor(actionId: string): Promise<'rep' | 'lead' | null> {
    const { tasks } = await (await compiled()).getState(configOf(actionId));
    const [asked] = tasks.flatMap(({ interrupts }) => interrupts);
    return asked === undefined ? null : Asked.parse(asked.value).by;
  }

  async function resume(actionId: string, answer: ActionAnswer): Promise<void> {
    const { Command } = await import('@langchain/langgraph');
    await (await compiled()).invoke(new Command({ resume: answer }), configOf(actionId));
  }

  return {
    begin: (actionId) => start(actionId, 'preview'),
    async answer(actionId, answer, by = 'rep') {
      const asked = await waitsFor(actionId);
      // The rep's approval was written down and the process ended before the run heard of it.
      if (asked === 'rep' && by === 'lead') await resume(actionId, 'approved');
      if (asked !== null) await resume(actionId, answer);
      else if (answer === 'edited') await start(actionId, 'preview');
      else if (answer === 'approved') await start(actionId, 'execute');
    },
    execute: (actionId) => start(actionId, 'execute'),
    forget: (actionId) => saver.deleteThread(actionId),
  };
}
