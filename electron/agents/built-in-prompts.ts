import { critiquePrompt } from './critique/critique-prompt.js';
import { draftingPrompt } from './drafting/drafting-prompt.js';
import { escalationPrompt } from './escalation/escalation-prompt.js';
import { intentPrompt } from './intent/intent-prompt.js';
import { retrievalPrompt } from './retrieval/retrieval-prompt.js';
import { toolsPrompt } from './tools/tools-prompt.js';
import type { StagePrompt } from './writing/choose-prompt.js';

/** What each stage tells its model where the team says nothing else, in the order a message travels. */
export const builtInPrompts: readonly StagePrompt[] = [
  intentPrompt,
  retrievalPrompt,
  toolsPrompt,
  draftingPrompt,
  critiquePrompt,
  escalationPrompt,
];
