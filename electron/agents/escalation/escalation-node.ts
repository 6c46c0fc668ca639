import type { Team } from '../../../shared/domain/team.js';
import type { StageNode } from '../stage-runner.js';
import { handoverSummary } from './handover-summary.js';
import { holdingReply } from './holding-reply.js';

/**
 * Hands over to a human.
 *
 * Reads all that earlier stages wrote. Writes `handover`. Runs after retrieval and tools, so that the note carries order facts and the
 * closest passages. Sends nothing, to nobody.
 */
export function createEscalationNode({ team }: { readonly team: Team }): StageNode {
  return {
    stage: 'escalation',
    run({ customerIntent: intent, toolCalls, evidence }, { context }) {
      const escalation = intent?.escalation;
      if (!escalation)
        return Promise.resolve({ update: { handover: null }, payload: { stage: 'escalation' } });
      const { conversation } = context;
      const summary = handoverSummary({ conversation, escalation, intent, toolCalls, evidence });
      const handover = { summary, holdingReply: holdingReply(team, conversation.customer.name) };
      return Promise.resolve({ update: { handover }, payload: { stage: 'escalation' } });
    },
    withoutIt: ({ customerIntent }) => ({
      handover: {
        summary: {
          reason: customerIntent?.escalation?.label ?? '',
          team: customerIntent?.escalation?.team ?? '',
          summary: '',
          customerWants: customerIntent?.query ?? '',
          facts: [],
          openQuestions: [],
          note: '',
        },
        holdingReply: null,
      },
    }),
  };
}
