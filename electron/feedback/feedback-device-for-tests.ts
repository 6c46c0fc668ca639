import path from 'node:path';

import type { Feedback, FeedbackAction } from '../../shared/domain/feedback.js';
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
  }) as unknown as Suggestion;
