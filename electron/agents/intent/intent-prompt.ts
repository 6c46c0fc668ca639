import type { IntentDefinition } from '../../../shared/domain/team.js';
import type { StagePrompt } from '../writing/choose-prompt.js';

/** What the intent model is told when the team says nothing else. */
export const intentPrompt: StagePrompt = {
  stage: 'intent',
  version: 0,
  text: [
    'You sort messages of customers by what they want.',
    'Choose the one intent of the list that the newest message of the customer is about; earlier messages only help to understand it.',
    'Choose "none" when no intent fits, when the message only says thanks, or when you would be guessing.',
  ].join('\n'),
};

/** The team's intents as the model chooses among them; examples tell apart what names do not. */
export function intentList(intents: readonly IntentDefinition[]): string {
  return intents
    .map(
      ({ id, name, description, examples }) =>
        `- ${id}: ${name}. ${description} Example: "${examples[0] ?? ''}"`,
    )
    .join('\n');
}
