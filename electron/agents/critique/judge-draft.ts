import { z } from 'zod';

import type { Critique } from '../../../shared/domain/critique.js';
import type { Draft } from '../../../shared/domain/draft.js';
import type { ModelFailure } from '../../../shared/domain/model-run.js';
import type { Team } from '../../../shared/domain/team.js';
import type { PrivateValue } from '../../models/chat-model.js';
import type { RunModel } from '../run-model.js';
import { fence, fenceNotice } from '../text/fence.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import { citedBy, type Library } from './cited-text.js';
import { critiquePrompt } from './critique-prompt.js';
import { lowerVerdicts, type JudgedSentence } from './lower-verdicts.js';

export interface JudgeInput {
  readonly draft: Draft;
  /** What the local check said; its verdicts can only get worse. */
  readonly critique: Critique;
  readonly library: Library;
  readonly team: Team;
  readonly model: RunModel;
  readonly privateValues: readonly PrivateValue[];
  readonly signal: AbortSignal;
}

export interface Judgement {
  readonly critique: Critique;
  /** Why the model did not judge; null when it did, or had nothing to judge. */
  readonly failure: ModelFailure | null;
}

const MAX_REASON = 200;
const form = z.object({
  verdicts: z.array(
    z.object({
      id: z.string().max(10),
      support: z.enum(['supported', 'weak', 'unsupported']),
      reason: z.string().max(600).default(''),
    }),
  ),
});

/**
 * Lets a model judge each claim against what it cites, after the local check, in one call a draft. It may lower a verdict and never raise one;
 * sentences it does not speak of keep theirs.
 */
export async function judgeDraft(input: JudgeInput): Promise<Judgement> {
  const { draft, critique, library, team, model, privateValues, signal } = input;
  const open = new Set(
    critique.sentences.flatMap(({ sentenceId, support }) =>
      support === 'supported' || support === 'weak' ? [sentenceId] : [],
    ),
  );
  const claims = draft.sentences.filter(({ id, role }) => role === 'claim' && open.has(id));
  if (claims.length === 0 || !model.isReady('critique')) return { critique, failure: null };
  const prompt = choosePrompt(team, critiquePrompt);
  const texts = claims.map((sentence) => {
    const sources = citedBy(sentence, library).flatMap((cited) =>
      cited ? [`${cited.context}: ${cited.text}`] : [],
    );
    return [
      fence('draft', sentence.text, model.boundary, sentence.id),
      fence('passage', [...new Set(sources)].join('\n'), model.boundary, `source-of-${sentence.id}`),
    ].join('\n');
  });
  const outcome = await model.fill({
    ...{ task: 'critique', prompt, form, formName: 'verdicts', privateValues, signal },
    turns: [
      { role: 'system', text: `${prompt.text}\n\n# Data\n${fenceNotice(model.boundary)}` },
      {
        role: 'user',
        text: `${texts.join('\n\n')}\n\n# Task\nJudge each sentence, by its id (${claims.map(({ id }) => id).join(', ')}).`,
      },
    ],
  });
  if (!outcome.ok) return { critique, failure: outcome.failure };
  const judged = outcome.value.verdicts
    .filter(({ id }) => open.has(id))
    .map(({ id, support, reason }): JudgedSentence => ({
      sentenceId: id,
      support,
      reason: reason.trim().slice(0, MAX_REASON),
    }));
  return { critique: lowerVerdicts(critique, judged, draft), failure: null };
}
