import type { Decision, OutboxStatus } from '../../shared/domain/feedback-delivery.js';
import { AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { HubClient } from '../sync/hub-client.js';
import { createFeedbackDelivery, type FeedbackDelivery } from './feedback-delivery.js';
import type { FeedbackService } from './feedback-service.js';
import type { FeedbackStore } from './feedback-store.js';
import type { OutboxStore } from './outbox-store.js';
import { writeWholeFile } from './write-whole-file.js';

export interface FeedbackOutboxDeps {
  readonly store: OutboxStore;
  readonly decisions: Pick<FeedbackStore, 'find'>;
  readonly feedback: Pick<FeedbackService, 'onRecorded'>;
  readonly log: Logger;
  readonly now: () => Date;
  readonly random?: () => number;
}

/** What waits for the team, with or without a hub to send it to. */
export interface FeedbackOutbox {
  status(): OutboxStatus;
  /** Returns the function that stops listening. */
  onStatusChanged(listener: (status: OutboxStatus) => void): () => void;
  /** Told of decisions that were delivered, refused, let wait again or answered. Returns the function that stops listening. */
  onDecisionsChanged(listener: (decisions: Decision[]) => void): () => void;
  /** Delivers to this hub from now on, until what is returned is closed: one hub at a time. Whoever knows the hub's events tells them to it. */
  deliverTo(client: Pick<HubClient, 'request'>): FeedbackDelivery;
  /** The hub can be reached again; see FeedbackDelivery. */
  connected(): void;
  /** Sends what waits now; does nothing without a hub. */
  retryNow(): Promise<void>;
  /** Lets what was refused wait again. */
  retryRefused(): void;
  /**
   * Writes the dead letters of this moment as JSON lines, oldest first: `refusedAt`, `reason` and the event as it was sent.
   * @returns how many.
   * @throws AppErrorException FEEDBACK_NOT_EXPORTED; a file that was there before is left as it was.
   */
  exportRefused(file: string): Promise<number>;
}

export function createFeedbackOutbox(deps: FeedbackOutboxDeps): FeedbackOutbox {
  const { store, decisions, feedback, log } = deps;
  const statusListeners = new Set<(status: OutboxStatus) => void>();
  const decisionListeners = new Set<(decisions: Decision[]) => void>();
  let delivery: FeedbackDelivery | null = null;

  const status = (): OutboxStatus => ({ ...store.counts(), activity: delivery?.status() ?? null });
  const tellStatus = (): void => {
    for (const listener of statusListeners) listener(status());
  };
  const tellDecisions = (ids: readonly string[]): void => {
    if (decisionListeners.size === 0 || ids.length === 0) return;
    const changed = decisions.find(ids);
    for (const listener of decisionListeners) listener(changed);
  };
  feedback.onRecorded(() => {
    tellStatus();
    delivery?.wake();
  });

  return {
    status,
    onStatusChanged(listener) {
      statusListeners.add(listener);
      return () => void statusListeners.delete(listener);
    },
    onDecisionsChanged(listener) {
      decisionListeners.add(listener);
      return () => void decisionListeners.delete(listener);
    },
    deliverTo(client) {
      const own = createFeedbackDelivery({
        ...{ client, store, log: deps.log, now: deps.now },
        ...(deps.random ? { random: deps.random } : {}),
        onSettled(ids) {
          tellDecisions(ids);
          tellStatus();
        },
        onNotes: tellDecisions,
      });
      delivery = own;
      own.onStatusChanged(tellStatus);
      own.start();
      tellStatus();
      return {
        ...own,
        async close() {
          await own.close();
          if (delivery !== own) return;
          delivery = null;
          tellStatus();
        },
      };
    },
    connected: () => delivery?.connected(),
    retryNow: async () => delivery?.retryNow(),
    retryRefused() {
      const ids = store.retryRefused();
      log.info('feedback.refused_retried', { count: ids.length });
      tellDecisions(ids);
      tellStatus();
      delivery?.wake();
    },
    async exportRefused(file) {
      let count = 0;
      try {
        const letters = store.refused();
        await writeWholeFile(file, function* () {
          for (const letter of letters) {
            count += 1;
            yield `${JSON.stringify(letter)}\n`;
          }
        });
      } catch (cause) {
        log.warn('feedback.not_exported', { code: errorCodeOf(cause) });
        if (cause instanceof AppErrorException) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new AppErrorException('FEEDBACK_NOT_EXPORTED', reason, { cause });
      }
      log.info('feedback.exported', { count });
      return count;
    },
  };
}
