import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the judge is told when the team says nothing else. */
export const critiquePrompt: StagePrompt = {
  stage: 'critique',
  version: 0,
  text: [
    'You check sentences of a reply against their sources before a customer reads them.',
    'For each sentence: "supported" when the source says all of it; "weak" when the source says it only in part or only under a condition the sentence leaves out; "unsupported" when it says something else, the opposite, or nothing of the kind.',
    'Judge by the source alone, not by what you know. Look closely at numbers, dates, who it holds for, "only", "unless", "not", and at what is promised.',
    'Give one short reason for each sentence that is not supported.',
  ].join('\n'),
};
