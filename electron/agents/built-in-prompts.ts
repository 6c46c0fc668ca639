import { critiquePrompt } from './critique/critique-prompt.js';
import { draftingPrompt } from './drafting/drafting-prompt.js';
import { escalationPrompt } from './escalation/escalation-prompt.js';
import { intentPrompt } from './intent/intent-prompt.js';
import { retrievalPrompt } from './retrieval/retrieval-prompt.js';
import { rewritePrompt } from './rewrite/rewrite-prompt.js';
import { summaryPrompt, wrapUpPrompt } from './summary/summary-prompt.js';
import { toolsPrompt } from './tools/tools-prompt.js';
import type { StagePrompt } from './writing/choose-prompt.js';

/** What a model is told where the team says nothing else: by the stages in the order a message travels, then beside a run. */
export const builtInPrompts: readonly StagePrompt[] = [
  intentPrompt,
  retrievalPrompt,
  toolsPrompt,
  draftingPrompt,
  critiquePrompt,
  escalationPrompt,
  rewritePrompt,
  summaryPrompt,
  wrapUpPrompt,
];
