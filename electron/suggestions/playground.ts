import { randomUUID } from 'node:crypto';

import type { PlaygroundOutcome, PromptInForce } from '../../shared/contracts/ipc/playground.js';
import type { Prompt } from '../../shared/domain/prompt.js';
import { STAGES } from '../../shared/domain/stages.js';
import type { Stage } from '../../shared/domain/suggestion.js';
import type { Team } from '../../shared/domain/team.js';
import { builtInPrompts } from '../agents/built-in-prompts.js';
import type { SuggestionGraph } from '../agents/suggestion-graph.js';
import { choosePrompt } from '../agents/writing/choose-prompt.js';
import type { Inbox } from '../helpdesk/inbox.js';

export interface PlaygroundDeps {
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly team: () => Team;
  /** The graph of a team that is like the one in force but for its prompts; its runs leave nothing behind. */
  readonly graphOf: (team: Team) => Promise<SuggestionGraph>;
}

/** Where a lead tries prompts before publishing them. */
export interface Playground {
  /** What each stage tells its model now. */
  prompts(): PromptInForce[];
  /**
   * Runs a conversation with prompts of the lead's, by one stage's model or all.
   * @throws AppErrorException MODEL_MISSING, SUGGESTION_NO_CUSTOMER_MESSAGE, SUGGESTION_CANCELLED, HELPDESK_*.
   */
  run(conversationId: string, prompts: readonly Prompt[], stage: Stage | 'all'): Promise<PlaygroundOutcome>;
  cancel(): void;
}

export function createPlayground({ helpdesk, team, graphOf }: PlaygroundDeps): Playground {
  let trials = new AbortController();
  return {
    prompts() {
      const inForce = team();
      return builtInPrompts.map((builtIn) => {
        const { stage, version, text } = choosePrompt(inForce, builtIn);
        return { stage, version, text, isBuiltIn: version === 0 };
      });
    },
    async run(conversationId, prompts, stage) {
      const { signal } = trials;
      const conversation = await helpdesk.open(conversationId);
      const inForce = team();
      const stages = new Set(prompts.map((prompt) => prompt.stage));
      const others = inForce.prompts.filter((prompt) => !stages.has(prompt.stage));
      const graph = await graphOf({ ...inForce, prompts: [...others, ...prompts] });
      const result = await graph.runModel({
        ...{ runId: `trial-${randomUUID()}`, conversation, signal },
        variant: 'standard',
        startsFrom: null,
        mayReuse: false,
        stages: stage === 'all' ? STAGES : [stage],
        onEvent: () => undefined,
      });
      return { suggestion: result.suggestion, end: result.ok ? null : result.end };
    },
    cancel() {
      trials.abort();
      trials = new AbortController();
    },
  };
}
