import type { TeamStatus } from '../shared/domain/team-status.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createActionDesk, type ActionDesk } from './actions/action-desk.js';
import { createActionService } from './actions/action-service.js';
import { createActionStore } from './actions/action-store.js';
import type { CheckPolicy } from './actions/policy.js';
import { createHubSecondApprover, type HubSecondApprover } from './actions/hub-second-approver.js';
import { createQuestionStore } from './actions/question-store.js';
import { findWriteTool, type WriteTool } from './agents/tools/write-tool.js';
import type { Inbox } from './helpdesk/inbox.js';
import type { Database } from './storage/database.js';
import { LibsqlCheckpointer } from './storage/langgraph-checkpointer.js';

export interface ActionsOptions {
  /** Durable to the disk: what is written here is what keeps a change from being made twice. */
  readonly database: Database;
  readonly writeTools: () => readonly WriteTool[];
  readonly checkPolicy: CheckPolicy;
  readonly teamStatus: () => TeamStatus;
  readonly helpdesk: Pick<Inbox, 'open'>;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/** Changes in business systems, and the questions about them to the leads of a team. */
export interface ComposedActions {
  readonly desk: ActionDesk;
  readonly secondApprover: HubSecondApprover;
}

/** Builds the changes in business systems: who may approve, where they are kept, what proposes them. */
export function composeActions(options: ActionsOptions): ComposedActions {
  const { database, writeTools, checkPolicy, teamStatus, helpdesk, createLogger, now } = options;
  const log = createLogger('actions');
  const store = createActionStore(database, now);
  const secondApprover = createHubSecondApprover({
    ...{ questions: createQuestionStore(database), log },
    findAction: (id) => store.find(id),
  });
  const service = createActionService({
    store,
    saver: new LibsqlCheckpointer(database),
    toolOf: (name, systemId) => findWriteTool(writeTools(), name, systemId),
    systemsOf: (tool) => writeTools().flatMap(({ name, systemId }) => (name === tool ? [systemId] : [])),
    ...{ checkPolicy, secondApprover, log, now },
    person() {
      const status = teamStatus();
      return status.kind === 'joined'
        ? { name: status.memberName, role: status.role === 'rep' ? 'rep' : 'lead' }
        : { name: 'This desk', role: 'rep' };
    },
  });
  return { desk: createActionDesk({ service, writeTools, helpdesk, log }), secondApprover };
}
