import { z } from 'zod';

import type { HandoverSummary } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';
import { assembleContext } from '../context/assemble-context.js';
import { modelDegradation } from '../model-degradation.js';
import { privateValuesOf } from '../private-values.js';
import type { StageNode } from '../stage-runner.js';
import { fenceNotice } from '../text/fence.js';
import { unknownQuantities } from '../text/unknown-quantities.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import { escalationPrompt } from './escalation-prompt.js';
import { handoverNote } from './handover-summary.js';

export interface ModelEscalationDeps {
  readonly team: Team;
  /** Writes the note from the customer's own words; reason, team, facts and holding reply are always its. */
  readonly local: StageNode;
}

const CONTEXT_TOKENS = 6_000;
const form = z.object({
  summary: z.string().min(1).max(1_500),
  customerWants: z.string().min(1).max(400),
  openQuestions: z.array(z.string().min(1).max(300)).max(8),
});

/**
 * Lets a model tell the story of a handover; the coded reason, the facts and the holding reply stay as they are found locally. A story with a
 * number or a day that neither the conversation nor a fact has is not used.
 */
export function createModelEscalationNode({ team, local }: ModelEscalationDeps): StageNode {
  return {
    ...local,
    async run(state, run) {
      const { context, signal } = run;
      const { model, conversation } = context;
      const found = await local.run(state, run);
      const handover = found.update.handover ?? null;
      if (!model || !handover || !model.isReady('summary')) return found;
      const prompt = choosePrompt(team, escalationPrompt);
      const { text } = assembleContext({
        conversation,
        attachedTexts: context.attachedTexts,
        newestIds: state.customerTurn?.messageIds ?? [],
        earlierSummary: context.earlierSummary,
        toolCalls: state.toolCalls,
        passages: [],
        maxTokens: CONTEXT_TOKENS,
        countTokens: model.countTokens,
        boundary: model.boundary,
      });
      const outcome = await model.fill({
        ...{ task: 'summary', prompt, form, formName: 'handover', signal },
        turns: [
          { role: 'system', text: `${prompt.text}\n\n# Data\n${fenceNotice(model.boundary)}` },
          { role: 'user', text: `${text}\n\n# Task\nWrite the handover.` },
        ],
        privateValues: privateValuesOf(conversation, state),
      });
      const told = outcome.ok ? outcome.value : null;
      const said = [
        ...conversation.messages.map((message) => `${message.text} ${message.sentAt.slice(0, 10)}`),
        ...context.attachedTexts.map(({ text: words }) => words),
        ...handover.summary.facts,
        context.earlierSummary,
        String(conversation.messages.length),
      ].join('\n');
      const isTrue =
        told &&
        unknownQuantities([told.summary, told.customerWants, ...told.openQuestions].join('\n'), said)
          .length === 0;
      if (!told || !isTrue) {
        const failure = outcome.ok
          ? {
              code: 'MODEL_MALFORMED' as const,
              message: 'Its story held a number nobody wrote.',
              canRetry: true,
            }
          : outcome.failure;
        return {
          ...found,
          update: { ...found.update, degradations: [modelDegradation('escalation', failure)] },
        };
      }
      const written = { ...handover.summary, ...told };
      const summary: HandoverSummary = {
        ...written,
        note: handoverNote(written, { conversation, evidence: state.evidence }),
      };
      return { ...found, update: { ...found.update, handover: { ...handover, summary } } };
    },
  };
}
