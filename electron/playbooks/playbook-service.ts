import type { PlaybookTrial, PolicyTrial } from '../../shared/contracts/ipc/playbook.js';
import type { Playbook, StepTick } from '../../shared/domain/playbook.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { Team } from '../../shared/domain/team.js';
import type { ToolPolicy } from '../../shared/domain/tool-policy.js';
import { playbookProgress } from '../../shared/playbook/playbook-progress.js';
import type { ToolCustomer } from '../agents/tools/tool.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import type { Inbox } from '../helpdesk/inbox.js';
import type { TickStore } from './tick-store.js';
import { tryPolicy } from './try-policy.js';

export interface PlaybookServiceDeps {
  readonly ticks: TickStore;
  /** The card of a conversation; null when there is none yet. */
  readonly latest: (conversationId: string) => Suggestion | null;
  readonly team: () => Team;
  readonly writeTools: () => readonly WriteTool[];
  readonly helpdesk: Pick<Inbox, 'open'>;
}

/** Keeps what reps tick, and tries a lead's playbooks and rules on a conversation. Trying changes nothing anywhere. */
export interface PlaybookService {
  ticks(conversationId: string): StepTick[];
  /** Null takes the tick back. */
  tick(conversationId: string, intent: string, stepId: string, mark: StepTick['mark'] | null): StepTick[];
  tryPlaybook(conversationId: string, playbook: Playbook): PlaybookTrial;
  /** @throws AppErrorException HELPDESK_CONVERSATION_NOT_FOUND. */
  tryPolicy(conversationId: string, policy: ToolPolicy, amount: number | null): Promise<PolicyTrial>;
}

const NO_CARD = {
  kind: 'untried',
  message: 'This conversation has no card yet. Open it once, then try again.',
} as const;

export function createPlaybookService(deps: PlaybookServiceDeps): PlaybookService {
  const { ticks, latest, team, writeTools, helpdesk } = deps;
  return {
    ticks: (conversationId) => ticks.ofConversation(conversationId),
    tick(conversationId, intent, stepId, mark) {
      if (mark === null) ticks.take(conversationId, intent, stepId);
      else ticks.put(conversationId, { intent, stepId, mark });
      return ticks.ofConversation(conversationId);
    },
    tryPlaybook(conversationId, playbook) {
      const card = latest(conversationId);
      if (!card) return NO_CARD;
      const { intent, toolCalls, proposals } = card;
      const { currency } = team().profile;
      return {
        ...{ kind: 'tried', intentName: intent.name },
        progress: playbookProgress(playbook, { toolCalls, proposals, currency }),
        facts: toolCalls.flatMap(({ facts }) => facts),
      };
    },
    async tryPolicy(conversationId, policy, amount) {
      const card = latest(conversationId);
      if (!card) return NO_CARD;
      const { customer } = await helpdesk.open(conversationId);
      const who: ToolCustomer = { name: customer.name, email: customer.email ?? null };
      return tryPolicy({ policy, amount, card, customer: who, team: team(), writeTools: writeTools() });
    },
  };
}
