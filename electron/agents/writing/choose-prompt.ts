import type { Prompted } from '../../../shared/domain/stages.js';
import type { Team } from '../../../shared/domain/team.js';

/** Instructions to a model with their version; 0 is the built-in text of the product. */
export interface StagePrompt {
  readonly stage: Prompted;
  readonly version: number;
  readonly text: string;
}

/** The team's own instructions for a stage or a task beside a run, else the built-in ones. A text of blanks alone counts as none. */
export function choosePrompt({ prompts }: Pick<Team, 'prompts'>, builtIn: StagePrompt): StagePrompt {
  const own = prompts.find(({ stage, text }) => stage === builtIn.stage && text.trim() !== '');
  return own ?? builtIn;
}
