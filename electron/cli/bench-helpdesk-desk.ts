import { silentLogger } from '../../shared/lib/logger.js';
import type { HelpdeskConnection } from '../../shared/domain/helpdesk.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { composeAssist } from '../compose-assist.js';
import { createConnector } from '../helpdesk/connectors/create-connector.js';
import { createEventStore } from '../helpdesk/connectors/webhook/event-store.js';
import { eventMigrations } from '../helpdesk/connectors/webhook/event-tables.js';
import { createDeliverOnce } from '../helpdesk/delivery/deliver-once.js';
import { createDeliveryStore } from '../helpdesk/delivery/delivery-store.js';
import { deliveryMigrations } from '../helpdesk/delivery/delivery-tables.js';
import { createConnectedInbox, type ConnectedInbox } from '../helpdesk/following/connected-inbox.js';
import { createThreadStore } from '../helpdesk/following/thread-store.js';
import { threadMigrations } from '../helpdesk/following/thread-tables.js';
import { openDatabase } from '../storage/database.js';
import { burstPauseMs } from '../suggestions/burst-pause.js';
import { createSuggestionService } from '../suggestions/suggestion-service.js';
import { createSuggestionStore, suggestionMigrations } from '../suggestions/suggestion-store.js';
import type { ResourceLocations } from '../workspace/locations.js';
import type { WorkspacePaths } from '../workspace/workspace.js';

export interface Traffic {
  readonly requests: number;
  /** Of those, answered with "nothing changed" (304). */
  readonly unchanged: number;
  /** Bodies of all answers, as far as the helpdesk told their length. */
  readonly bytes: number;
}

/** The desk as the app runs it beside a helpdesk, without a window; nothing of it is kept. */
export interface BenchDesk {
  readonly inbox: ConnectedInbox;
  /** What went to the helpdesk so far, and came back. */
  traffic(): Traffic;
  onReady(listener: (suggestion: Suggestion) => void): void;
  /** Loads what the first card would load. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 20_000;

export function openBenchDesk(options: {
  readonly workspace: WorkspacePaths;
  readonly resources: ResourceLocations;
  readonly connection: HelpdeskConnection;
  readonly token: string;
}): BenchDesk {
  const { workspace, resources, connection, token } = options;
  const now = (): Date => new Date();
  const database = openDatabase(':memory:', [
    { scope: 'suggestions', statements: suggestionMigrations },
    { scope: 'deliveries', statements: deliveryMigrations },
    { scope: 'threads', statements: threadMigrations },
    { scope: 'events', statements: eventMigrations },
  ]);
  const assist = composeAssist({
    ...{ workspace, resources, now, createLogger: () => silentLogger },
    ...{ runsDatabase: null, chat: null },
  });
  const traffic = { requests: 0, unchanged: 0, bytes: 0 };
  const counted: typeof fetch = async (input, init) => {
    traffic.requests += 1;
    const response = await fetch(input, init);
    if (response.status === 304) traffic.unchanged += 1;
    traffic.bytes += Number(response.headers.get('content-length') ?? 0);
    return response;
  };
  const deliveries = createDeliveryStore(database, now);
  const inbox = createConnectedInbox({
    connectors: [
      createConnector({
        ...{ connection, token: () => token, fetch: counted, timeoutMs: TIMEOUT_MS },
        events: createEventStore(database),
      }),
    ],
    store: createThreadStore(database, now),
    deliveries,
    deliverOnce: createDeliverOnce({ store: deliveries, log: silentLogger }),
    onState: () => undefined,
    maySend: () => false,
    log: silentLogger,
  });
  const suggestions = createSuggestionService({
    graph: assist.graph,
    helpdesk: inbox,
    store: createSuggestionStore(database),
    release: async () => (await assist.graph.inForce()).release,
    log: silentLogger,
    pauseMs: burstPauseMs,
    concurrency: 2,
  });
  return {
    inbox,
    traffic: () => ({ ...traffic }),
    onReady(listener) {
      suggestions.onEvent((event) => {
        if (event.name === 'suggestion.ready') listener(event.payload.suggestion);
      });
    },
    warmUp: () => assist.graph.warmUp(),
    async close() {
      suggestions.close();
      await inbox.close();
      await assist.close();
      database.close();
    },
  };
}
