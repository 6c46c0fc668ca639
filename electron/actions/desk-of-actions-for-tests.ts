import { silentLogger } from '../../shared/lib/logger.js';
import { checkpointMigrations } from '../storage/checkpoint-tables.js';
import { openDatabase, type Database } from '../storage/database.js';
import { LibsqlCheckpointer } from '../storage/langgraph-checkpointer.js';
import { createActionService, type ActionService, type ActionServiceDeps } from './action-service.js';
import { createActionStore, type ActionStore } from './action-store.js';
import { actionMigrations } from './action-tables.js';
import { bankTool } from './bank-for-tests.js';
import { noSecondApprover, type SecondApprover } from './second-approver.js';

/** Actions of one desk, on a real file, with a bank behind them. */
export interface DeskOfActions {
  readonly service: ActionService;
  readonly store: ActionStore;
  readonly database: Database;
  /** Proposes a refund of 12.50 EUR and gives the action's id. */
  proposeRefund(input?: Record<string, string>, messageId?: string): Promise<string>;
  close(): void;
}

export function openDeskOfActions(
  file: string,
  bankUrl: string,
  deps: Partial<ActionServiceDeps> = {},
  approver: (database: Database, store: ActionStore) => SecondApprover = () => noSecondApprover,
): DeskOfActions {
  const database = openDatabase(file, [
    { scope: 'actions', statements: actionMigrations },
    { scope: 'checkpoints', statements: checkpointMigrations },
  ]);
  const now = deps.now ?? ((): Date => new Date());
  const store = createActionStore(database, now);
  // Long enough for a machine that does much else; a test of silence has its own.
  const tool = bankTool(bankUrl, 10_000);
  const service = createActionService({
    ...{ store, now, saver: new LibsqlCheckpointer(database), log: silentLogger },
    toolOf: (name) => (name === tool.name ? tool : null),
    systemsOf: () => [undefined],
    checkPolicy: () => [],
    person: () => ({ name: 'Rhea', role: 'rep' }),
    secondApprover: approver(database, store),
    lookAfterMs: [20, 60],
    ...deps,
  });
  return {
    ...{ service, store, database },
    async proposeRefund(input = { orderId: 'HP-1', amount: '12.50' }, messageId = 'm1') {
      await service.propose({
        ...{ conversationId: 'c1', messageId, found: [] },
        customer: { name: 'Femke', email: 'femke@example.com' },
        calls: [{ tool: tool.name, input }],
      });
      return service.ofConversation('c1').at(-1)?.id ?? '';
    },
    close: () => database.close(),
  };
}
