import type { TeamStatus } from '../shared/domain/team-status.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createActionDesk, type ActionDesk } from './actions/action-desk.js';
import { createActionService } from './actions/action-service.js';
import { createActionStore } from './actions/action-store.js';
import type { CheckPolicy } from './actions/policy.js';
import type { SecondApprover } from './actions/second-approver.js';
import type { WriteTool } from './agents/tools/write-tool.js';
import type { Inbox } from './helpdesk/inbox.js';
import type { Database } from './storage/database.js';
import { LibsqlCheckpointer } from './storage/langgraph-checkpointer.js';

export interface ActionsOptions {
  /** Durable to the disk: what is written here is what keeps a change from being made twice. */
  readonly database: Database;
  readonly writeTools: () => readonly WriteTool[];
  readonly checkPolicy: CheckPolicy;
  readonly secondApprover: SecondApprover;
  readonly teamStatus: () => TeamStatus;
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/** Builds the changes in business systems: who may approve, where they are kept, what proposes them. */
export function composeActions(options: ActionsOptions): ActionDesk {
  const { database, writeTools, checkPolicy, secondApprover, teamStatus, helpdesk, createLogger, now } =
    options;
  const log = createLogger('actions');
  const service = createActionService({
    store: createActionStore(database, now),
    saver: new LibsqlCheckpointer(database),
    toolOf: (name) => writeTools().find((tool) => tool.name === name) ?? null,
    ...{ checkPolicy, secondApprover, log, now },
    person() {
      const status = teamStatus();
      return status.kind === 'joined'
        ? { name: status.memberName, role: status.role === 'rep' ? 'rep' : 'lead' }
        : { name: 'This desk', role: 'rep' };
    },
  });
  return createActionDesk({ service, writeTools, helpdesk, log });
}
