import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the tools model is told when the team says nothing else. */
export const toolsPrompt: StagePrompt = {
  stage: 'tools',
  version: 0,
  text: [
    "You decide which look-ups help to answer a customer's newest message. Look-ups only read.",
    'Choose a look-up only when its result is needed for the answer, with arguments the customer wrote or that are given to you. Never make an argument up.',
    'Choose none when the message is a general question, or when the facts are there already.',
  ].join('\n'),
};
