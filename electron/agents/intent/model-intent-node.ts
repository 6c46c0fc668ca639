import { z } from 'zod';

import type { ConfidenceTier, Intent } from '../../../shared/domain/intent.js';
import type { Warning } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';
import { assembleContext } from '../context/assemble-context.js';
import { modelDegradation } from '../model-degradation.js';
import { privateValuesOf } from '../private-values.js';
import type { StageNode } from '../stage-runner.js';
import type { CustomerTurn } from '../state.js';
import { fenceNotice } from '../text/fence.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import { intentList, intentPrompt } from './intent-prompt.js';

const NONE = 'none';
const CONTEXT_TOKENS = 2_000;

/**
 * Asks a model what the customer wants, only where the local classifier is not sure, and only among the team's intents.
 *
 * Two readings that agree are trusted more than one. Where they disagree the model's is shown, with low confidence, so that nothing is looked
 * up or promised on it alone. Everything else of the intent (mood, entities, escalation) stays as it was read locally.
 * @param local Reads the intent where the run has none yet.
 */
export function createModelIntentNode({
  team,
  local,
}: {
  readonly team: Team;
  readonly local: StageNode;
}): StageNode {
  const ids = [NONE, ...team.intents.map(({ id }) => id)];
  const form = z.object({ intent: z.enum(ids) });

  return {
    ...local,
    async run(state, run) {
      const { context, signal } = run;
      const { model } = context;
      const found = await local.run(state, run);
      const intent = found.update.customerIntent ?? state.customerIntent;
      const turn = found.update.customerTurn ?? state.customerTurn;
      if (!model || !intent || !turn || !isUnsure(intent, turn) || !model.isReady('intent')) {
        return intent
          ? { ...found, update: { ...found.update, warnings: warningsOf(intent, found.update.warnings) } }
          : found;
      }
      const prompt = choosePrompt(team, intentPrompt);
      const system = [
        prompt.text,
        '',
        '# Intents',
        intentList(team.intents),
        '',
        '# Data',
        fenceNotice(model.boundary),
      ].join('\n');
      const { text } = assembleContext({
        conversation: context.conversation,
        attachedTexts: context.attachedTexts,
        newestIds: turn.messageIds,
        earlierSummary: '',
        ...{ toolCalls: [], passages: [] },
        maxTokens: CONTEXT_TOKENS,
        countTokens: model.countTokens,
        boundary: model.boundary,
      });
      const outcome = await model.fill({
        ...{ task: 'intent', prompt, form, formName: 'intent', signal },
        turns: [
          { role: 'system', text: system },
          { role: 'user', text: `${text}\n\n# Task\nWhich intent is the newest message about?` },
        ],
        privateValues: privateValuesOf(context.conversation, {
          ...{ customerIntent: intent, toolCalls: [] },
          fileEntities: found.update.fileEntities ?? state.fileEntities,
        }),
      });
      if (!outcome.ok) {
        const degradations = [
          ...(found.update.degradations ?? []),
          modelDegradation('intent', outcome.failure),
        ];
        return {
          ...found,
          update: { ...found.update, warnings: warningsOf(intent, found.update.warnings), degradations },
        };
      }
      const read = weigh(intent, outcome.value.intent === NONE ? null : outcome.value.intent, team);
      return {
        update: { ...found.update, customerIntent: read, warnings: warningsOf(read, found.update.warnings) },
        payload: { stage: 'intent', intent: read },
      };
    },
  };
}

function isUnsure({ confidence, escalation }: Intent, { isClosing, text }: CustomerTurn): boolean {
  return confidence !== 'high' && escalation === null && !isClosing && text.trim() !== '';
}

/** Two readings of one message: what is believed, and how far. */
function weigh(local: Intent, model: string | null, team: Team): Intent {
  const definition = team.intents.find(({ id }) => id === model);
  const isSame =
    model === local.label || (local.label === null && model !== null && local.candidates[0]?.id === model);
  if (!definition) return local.label === null ? local : { ...local, confidence: 'low' };
  const probability = local.candidates.find(({ id }) => id === model)?.probability ?? 0;
  const named = { ...local, label: definition.id, name: definition.name, probability };
  return { ...named, confidence: isSame ? oneHigher(local.confidence) : 'low' };
}

function oneHigher(tier: ConfidenceTier): ConfidenceTier {
  return tier === 'low' ? 'medium' : 'high';
}

function warningsOf({ label, confidence }: Intent, others: readonly Warning[] = []): Warning[] {
  const rest = others.filter(({ code }) => code !== 'low_confidence');
  const isLow = label !== null && confidence === 'low';
  return isLow
    ? [
        ...rest,
        {
          code: 'low_confidence',
          message: 'It is not clear what the customer wants; check before you answer.',
        },
      ]
    : rest;
}
