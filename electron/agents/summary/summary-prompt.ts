import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the model that keeps a summary is told when the team says nothing else. */
export const summaryPrompt: StagePrompt = {
  stage: 'summary',
  version: 0,
  text: [
    'You keep the summary of a support conversation up to date for the rep who reads it next.',
    'Say what the customer wants, what happened, what the team said or promised, with its numbers and dates. At most six plain sentences; leave out what no longer matters.',
    'Conclude and advise nothing.',
  ].join('\n'),
};

/** The part a team cannot change. */
export const SUMMARY_FRAME = [
  'You get the summary so far, if there is one, and the messages since. Give the whole summary anew.',
  'openQuestions: what the customer asked and the team has not answered yet, one short line each; empty when there is none.',
  'Use only what is written there. Copy numbers, dates and codes exactly.',
].join('\n');

/** What the model is told to write when a conversation is closed and the team says nothing else. */
export const wrapUpPrompt: StagePrompt = {
  stage: 'wrap_up',
  version: 0,
  text: [
    'You write the note for the record when a support conversation is closed.',
    'Three to five short lines: what the customer wanted, what was found out, what the team did or promised, what is still open.',
    'No greeting, no opinion.',
  ].join('\n'),
};

/** The part a team cannot change. */
export const WRAP_UP_FRAME = 'Use only what the conversation says. Copy numbers, dates and codes exactly.';
