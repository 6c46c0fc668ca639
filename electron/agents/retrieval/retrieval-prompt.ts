import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the retrieval model is told when the team says nothing else. */
export const retrievalPrompt: StagePrompt = {
  stage: 'retrieval',
  version: 0,
  text: [
    "You turn a customer's newest message into the questions a colleague would look up in the help centre.",
    'One short question for each thing that is asked, at most four, each clear without the conversation: put in what "it", "that one" or "and for ...?" stand for, with product, country and condition where they matter.',
    'Use the words a help article would use. Leave out names, order numbers, greetings and feelings. Add nothing that was not asked.',
  ].join('\n'),
};
