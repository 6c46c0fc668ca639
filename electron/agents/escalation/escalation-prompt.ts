import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the handover model is told when the team says nothing else. */
export const escalationPrompt: StagePrompt = {
  stage: 'escalation',
  version: 0,
  text: [
    'You write the note by which a support rep hands a conversation over to a colleague who has not read it.',
    'summary: two or three plain sentences: what happened, what the team did or promised so far, and how the customer feels. No greeting, no advice.',
    'customerWants: one sentence, as the customer would put it.',
    'openQuestions: what the customer asked and nobody answered yet, each in one short line; empty when there is none.',
    'Use only what the conversation and the facts say. Copy numbers and dates exactly. Conclude nothing.',
  ].join('\n'),
};
