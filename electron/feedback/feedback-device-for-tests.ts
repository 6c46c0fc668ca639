import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Feedback, FeedbackAction } from '../../shared/domain/feedback.js';
import type { DeliveryActivity } from '../../shared/domain/feedback-delivery.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openDatabase } from '../storage/database.js';
import { createFeedbackOutbox, type FeedbackOutbox } from './feedback-outbox.js';
import { createFeedbackService, type FeedbackService } from './feedback-service.js';
import { createFeedbackStore } from './feedback-store.js';
import { feedbackMigrations } from './feedback-tables.js';
import { createOutboxStore, type OutboxStore } from './outbox-store.js';

/** The rep's side of feedback on a real database. */
export interface FeedbackDevice {
  readonly feedback: FeedbackService;
  readonly outbox: FeedbackOutbox;
  readonly store: OutboxStore;
  /** Decides something about a suggestion of this conversation. */
  decide(conversationId: string, action?: FeedbackAction): Feedback;
  close(): void;
}

/** Opens what is in the folder, or begins anew. Runs are named after their conversations. */
export function openFeedbackDevice(dir: string, now: () => Date = () => new Date()): FeedbackDevice {
  const database = openDatabase(path.join(dir, 'desk.db'), [
    { scope: 'feedback', statements: feedbackMigrations },
  ]);
  const decisions = createFeedbackStore(database);
  const store = createOutboxStore(database);
  const feedback = createFeedbackService({
    store: decisions,
    findSuggestion: withheldIn,
    originOf: () => ({ release: 3, customerText: 'Do you sell boats?' }),
    log: silentLogger,
    now,
  });
  return {
    ...{ feedback, store },
    // Without jitter the first pauses are 200, 400 and 800 ms.
    outbox: createFeedbackOutbox({
      ...{ store, decisions, feedback, now },
      log: silentLogger,
      random: () => 0,
    }),
    decide: (conversationId, action = { kind: 'copied' }) => feedback.submit(conversationId, action, 1),
    close: () => void database.close(),
  };
}

/** As much of a suggestion as feedback looks at. */
const withheldIn = (conversationId: string): Suggestion =>
  ({
    ...{ runId: conversationId, conversationId, outcome: 'withheld' },
    intent: { label: 'order_status', language: 'en' },
    evidence: [],
    ...{ modelUse: [], promptVersions: {} },
  }) as unknown as Suggestion;

const LONGEST_WAIT_MS = 8000;

/** Waits until the delivery does this. @throws Error after eight seconds, with what it does instead. */
export async function untilDelivery(
  outbox: FeedbackOutbox,
  kind: DeliveryActivity['kind'],
  isEnough: () => boolean = () => true,
): Promise<DeliveryActivity> {
  const end = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const status = outbox.status();
    if (status.activity?.kind === kind && isEnough()) return status.activity;
    if (performance.now() > end) throw new Error(`It stays ${JSON.stringify(status)}`);
    await wait(5);
  }
}

/** Waits until nothing waits any more. */
export const untilAllSettled = (outbox: FeedbackOutbox): Promise<DeliveryActivity> =>
  untilDelivery(outbox, 'resting', () => outbox.status().waiting === 0);
