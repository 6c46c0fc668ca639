import type { OfferedChange } from '../../shared/contracts/ipc/action.js';
import type { ProposedChange } from '../../shared/domain/action.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ToolCustomer } from '../agents/tools/tool.js';
import type { WriteTool } from '../agents/tools/write-tool.js';
import type { Inbox } from '../helpdesk/inbox.js';
import type { ActionService } from './action-service.js';

/** Actions as cards and reps bring them in. */
export interface ActionDesk {
  readonly service: ActionService;
  /** What the team's systems can do, for a rep who starts a change by hand. */
  offered(): OfferedChange[];
  /** Takes up what a card proposes. Never rejects: a card is whole without its proposals. */
  propose(suggestion: Suggestion): Promise<void>;
  /** A change the rep starts by hand. @throws AppErrorException HELPDESK_CONVERSATION_NOT_FOUND. */
  start(conversationId: string, change: ProposedChange): Promise<void>;
}

export function createActionDesk(deps: {
  readonly service: ActionService;
  readonly writeTools: () => readonly WriteTool[];
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly log: Logger;
}): ActionDesk {
  const { service, writeTools, helpdesk, log } = deps;

  async function customerOf(conversationId: string): Promise<ToolCustomer> {
    const { customer } = await helpdesk.open(conversationId);
    return { name: customer.name, email: customer.email ?? null };
  }

  return {
    service,
    offered: () =>
      writeTools().map(({ name, systemId, title, description, fields }) => ({
        ...{ tool: name, title, description },
        ...(systemId === undefined ? {} : { systemId }),
        fields: [...fields],
      })),
    async propose({ conversationId, messageId, proposals, toolCalls }) {
      if (proposals.length === 0) return;
      try {
        const customer = await customerOf(conversationId);
        await service.propose({
          ...{ conversationId, messageId, customer },
          calls: proposals,
          found: toolCalls,
        });
      } catch (error) {
        log.warn('action.not_proposed', { code: errorCodeOf(error) });
      }
    },
    async start(conversationId, change) {
      const { messages } = await helpdesk.open(conversationId);
      const messageId = messages.findLast(({ author }) => author === 'customer')?.id ?? conversationId;
      const customer = await customerOf(conversationId);
      const calls = [change];
      await service.propose({ conversationId, messageId, customer, calls, found: [], isByHand: true });
    },
  };
}
