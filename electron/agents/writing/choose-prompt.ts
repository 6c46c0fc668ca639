import type { Stage } from '../../../shared/domain/suggestion.js';
import type { Team } from '../../../shared/domain/team.js';

/** Instructions to a model with their version; 0 is the built-in text of the product. */
export interface StagePrompt {
  readonly stage: Stage;
  readonly version: number;
  readonly text: string;
}

/** The team's own instructions for a stage, else the built-in ones. A text of blanks alone counts as none. */
export function choosePrompt({ prompts }: Pick<Team, 'prompts'>, builtIn: StagePrompt): StagePrompt {
  const own = prompts.find(({ stage, text }) => stage === builtIn.stage && text.trim() !== '');
  return own ?? builtIn;
}
