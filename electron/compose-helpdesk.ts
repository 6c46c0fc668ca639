import type { HelpdeskConnection } from '../shared/domain/helpdesk.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import type { DeskStorage } from './compose-storage.js';
import { createConnector } from './helpdesk/connectors/create-connector.js';
import { createEventStore } from './helpdesk/connectors/webhook/event-store.js';
import { eventMigrations } from './helpdesk/connectors/webhook/event-tables.js';
import { createDeliverOnce } from './helpdesk/delivery/deliver-once.js';
import { createDeliveryStore } from './helpdesk/delivery/delivery-store.js';
import { createConnectedInbox } from './helpdesk/following/connected-inbox.js';
import { createFileTextStore } from './helpdesk/following/file-text-store.js';
import { createThreadStore } from './helpdesk/following/thread-store.js';
import { threadMigrations } from './helpdesk/following/thread-tables.js';
import { createHelpdeskService, type HelpdeskService } from './helpdesk/helpdesk-service.js';
import type { Inbox } from './helpdesk/inbox.js';
import { createPastedInbox } from './helpdesk/pasted/pasted-inbox.js';
import type { KeyVault } from './models/key-vault.js';
import { openDatabase, type Database, type Durability } from './storage/database.js';
import { readHelpdesks, saveHelpdesks } from './workspace/helpdesk-choice.js';
import type { WorkspacePaths } from './workspace/workspace.js';

export interface HelpdeskOptions {
  readonly workspace: WorkspacePaths;
  /** Holds the deliveries: what a rep cannot repeat. */
  readonly deskDatabase: Database;
  readonly keys: KeyVault;
  readonly storage: DeskStorage;
  readonly demoInbox: () => Inbox;
  /** How many days a conversation no helpdesk lists any more is kept for reading; looked at at each start. */
  readonly keptDays: number;
  /** Whether the team allows replies to go out from here. */
  readonly maySend: () => boolean;
  /** What was read of these is gone; whatever else is kept of them goes too. */
  readonly onForgotten: (conversationIds: readonly string[]) => void;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

export interface ComposedHelpdesk {
  readonly service: HelpdeskService;
  /** What was not listed for longer than it may be kept, and is gone since this start. */
  readonly expired: readonly string[];
  /** What is older than this may not be kept without its conversation. */
  readonly tooOld: Date;
  /** Also what helpdesks told of them by events. */
  forgetDeliveries(conversationIds: readonly string[]): void;
  /** Old pages lie in the logs of writes until they are written back. */
  writeBack(): void;
  /** Whether this conversation was read from a helpdesk and is still kept. */
  keeps(conversationId: string): boolean;
  /** Texts of customers' files, kept where the conversations are. */
  readonly fileTexts: ReturnType<typeof createFileTextStore>;
  close(): Promise<void>;
}

/** Longest wait for one answer of a helpdesk. */
const TIMEOUT_MS = 20_000;

/** Builds the connected helpdesks and the inbox of their conversations; the demo's conversations while there are none. */
export function composeHelpdesk(options: HelpdeskOptions): ComposedHelpdesk {
  const { workspace, keys, createLogger, now, demoInbox } = options;
  const log = createLogger('helpdesk');
  const { storage } = options;
  const cache = openEncrypted(storage, workspace.helpdeskDatabase, 'threads', threadMigrations, 'relaxed');
  const store = createThreadStore(cache, now);
  // What a helpdesk told is told once, so it is on disk before it is acknowledged.
  const told = openEncrypted(storage, workspace.helpdeskEvents, 'events', eventMigrations, 'full');
  const events = createEventStore(told);
  const tooOld = new Date(now().getTime() - options.keptDays * 86_400_000);
  const expired = store.forgetUnseenSince(tooOld);
  events.forgetEndedBefore(tooOld);
  const deliveries = createDeliveryStore(options.deskDatabase, now);
  const deliverOnce = createDeliverOnce({ store: deliveries, log });
  // The id is in it, so that two connections to one address may have two tokens.
  const placeOf = ({ id, baseUrl }: HelpdeskConnection): string => `${baseUrl}#helpdesk-${id}`;
  const service = createHelpdeskService({
    connections: readHelpdesks(workspace.helpdesks),
    save: (connections) => saveHelpdesks(workspace.helpdesks, connections),
    tokens: {
      canStore: keys.canStore,
      read: (connection) => keys.read(placeOf(connection)),
      placeOf: (connection) => keys.placeOf(placeOf(connection)),
      keep: (connection, token) => keys.keep(placeOf(connection), token),
      forget: (connection) => keys.forget(placeOf(connection)),
    },
    store: {
      forgetConnection(id) {
        events.forgetConnection(id);
        return store.forgetConnection(id);
      },
    },
    createConnector: (connection, token) =>
      createConnector({ connection, token, fetch, timeoutMs: TIMEOUT_MS, events }),
    connectInbox: (connectors, onState) =>
      createConnectedInbox({
        ...{ connectors, store, deliveries, deliverOnce, onState, log },
        maySend: options.maySend,
      }),
    ...{ demoInbox, log, pasted: createPastedInbox(store, now) },
    onForgotten: options.onForgotten,
  });
  return {
    ...{ expired, tooOld },
    forgetDeliveries(conversationIds) {
      deliveries.forgetConversations(conversationIds);
      events.forgetConversations(conversationIds);
    },
    writeBack() {
      for (const database of [cache, told]) database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    },
    keeps: (conversationId) => store.find(conversationId) !== null,
    service,
    fileTexts: createFileTextStore(cache, now),
    async close() {
      await service.inbox.close();
      cache.close();
      told.close();
    },
  };
}

/** What customers wrote lies on disk encrypted or not at all: where the system keeps no key, in memory until the app ends. */
function openEncrypted(
  storage: DeskStorage,
  file: string,
  scope: string,
  statements: readonly string[],
  durability: Durability,
): Database {
  const migrations = [{ scope, statements }];
  if (storage.key === null) return openDatabase(':memory:', migrations);
  const open = (): Database => storage.open(file, migrations, durability);
  try {
    return open();
  } catch (error) {
    if (!(error instanceof AppErrorException) || error.error.code !== 'WORKSPACE_DATABASE_CORRUPT')
      throw error;
    // Most of it can be read from the helpdesk again.
    storage.putAside(file);
    return open();
  }
}
