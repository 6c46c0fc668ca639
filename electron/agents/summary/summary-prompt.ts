/** What the model is told to keep a summary up to date. */
export const SUMMARY_INSTRUCTIONS = [
  'You keep the summary of a support conversation up to date for the rep who reads it next.',
  'You get the summary so far, if there is one, and the messages since. Give the whole summary anew: what the customer wants, what happened, what the team said or promised, with its numbers and dates. At most six plain sentences; leave out what no longer matters.',
  'openQuestions: what the customer asked and the team has not answered yet, one short line each; empty when there is none.',
  'Use only what is written there. Copy numbers, dates and codes exactly. Conclude and advise nothing.',
].join('\n');

/** What the model is told to write when a conversation is closed. */
export const WRAP_UP_INSTRUCTIONS = [
  'You write the note for the record when a support conversation is closed.',
  'Three to five short lines: what the customer wanted, what was found out, what the team did or promised, what is still open.',
  'Use only what the conversation says. Copy numbers, dates and codes exactly. No greeting, no opinion.',
].join('\n');
