import { FEEDBACK_BATCH } from '../../shared/contracts/hub/feedback.js';
import type { HubEvent } from '../../shared/contracts/hub/events.js';
import type { DeliveryActivity } from '../../shared/domain/feedback-delivery.js';
import { appError, AppErrorException, errorCodeOf, type ErrorCode } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { HubClient } from '../sync/hub-client.js';
import { HubBusy } from '../sync/hub-errors.js';
import { nextCheckMs } from '../sync/sync-schedule.js';
import { fetchNotes } from './fetch-notes.js';
import type { OutboxStore, Settlement } from './outbox-store.js';
import { sendEvents } from './send-events.js';
import { sendLostAgain } from './send-lost-again.js';

export interface FeedbackDeliveryDeps {
  readonly client: Pick<HubClient, 'request'>;
  readonly store: Omit<OutboxStore, 'counts' | 'refused' | 'retryRefused'>;
  readonly log: Logger;
  readonly now: () => Date;
  readonly random?: () => number;
  /** Told of decisions the hub acknowledged, refused or lost, once that is noted down. */
  readonly onSettled: (ids: readonly string[]) => void;
  /** Told of decisions a lead answered, once the note is kept. */
  readonly onNotes: (ids: readonly string[]) => void;
}

/** Brings what waits in the outbox to the hub and leads' notes back, for as long as this device is in a team. */
export interface FeedbackDelivery {
  start(): void;
  /** Something new waits: it is sent within a moment, unless a pause after a failure goes on. */
  wake(): void;
  /** The hub can be reached again: a pause after a failure ends, though not one the hub asked for. */
  connected(): void;
  onHubEvent(event: HubEvent): void;
  status(): DeliveryActivity;
  /** Returns the function that stops listening. */
  onStatusChanged(listener: (activity: DeliveryActivity) => void): () => void;
  /** The person wants it: sends and asks now, whatever the pause. Resolves when it was tried. */
  retryNow(): Promise<void>;
  /** Stops; what was under way may be sent once more at the next start. */
  close(): Promise<void>;
}

/** A burst of decisions (inserted, edited, sent) goes together. */
const GATHER_MS = 500;
/** Over so long devices that hear at one moment that the hub is back spread their requests. */
const SPREAD_MS = 2000;
/** The most bytes of JSON at a time; a proxy before a hub may refuse more than a megabyte. */
const BATCH_BYTES = 768 * 1024;
/** After these nothing is sent before the person joins again or asks for another try. */
const ENDING: ReadonlySet<ErrorCode> = new Set([
  'HUB_NOT_SIGNED_IN',
  'HUB_SESSION_REUSED',
  'HUB_MEMBER_REVOKED',
  'HUB_MEMBER_WIPED',
]);

export function createFeedbackDelivery(deps: FeedbackDeliveryDeps): FeedbackDelivery {
  const { client, store, log, now, random = Math.random, onSettled, onNotes } = deps;
  const listeners = new Set<(activity: DeliveryActivity) => void>();
  const closing = new AbortController();
  let activity: DeliveryActivity = { kind: 'resting' };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let failures = 0;
  let isBusy = false;
  /** When the trouble began that still lasts, though tries went on in between. */
  let troubleSince: string | null = null;

  const show = (next: DeliveryActivity): void => {
    activity = next;
    for (const listener of listeners) listener(activity);
  };
  const runIn = (pauseMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), pauseMs);
    timer.unref();
  };
  const settle = (settlement: Settlement): void => {
    const ids = store.settle(settlement, now().toISOString());
    const { acknowledged, refused } = settlement;
    if (refused.length > 0) log.warn('feedback.refused', { count: refused.length });
    log.info('feedback.sent', { count: acknowledged.length });
    if (ids.length > 0) onSettled(ids);
  };

  /** The hub lacks what it acknowledged: it was restored from a backup. */
  const onLost = async (): Promise<void> => {
    const count = await sendLostAgain(client, store, onSettled, closing.signal);
    log.warn('feedback.lost_at_hub', { count });
  };

  /** One event of a conversation at a time, so that none overtakes another whatever becomes of a request. */
  const sendAll = async (): Promise<void> => {
    for (;;) {
      const batch = store.next(FEEDBACK_BATCH, BATCH_BYTES);
      if (batch.length === 0) return;
      if (activity.kind !== 'sending') show({ kind: 'sending' });
      const unanswered = await sendEvents(client, batch, {
        ...{ settle, onLost, signal: closing.signal },
        lastAcknowledged: () => store.lastAcknowledged(),
      });
      if (unanswered === batch.length)
        throw new AppErrorException('FEEDBACK_NOT_ANSWERED', `${unanswered} in one request`);
    }
  };

  const failed = (cause: unknown): void => {
    const isExpected = cause instanceof AppErrorException;
    const error = isExpected ? cause.error : appError('FEEDBACK_NOT_SENT');
    if (isExpected) log.warn('feedback.not_sent', { code: error.code });
    else log.error('feedback.delivery_failed', { code: errorCodeOf(cause) });
    const since = (troubleSince ??= now().toISOString());
    if (ENDING.has(error.code)) return show({ kind: 'stopped', since, error });
    failures += 1;
    const retryAfterMs = cause instanceof HubBusy ? cause.retryAfterMs : 0;
    isBusy = retryAfterMs > 0;
    const pauseMs = nextCheckMs({ isLive: false, failures, retryAfterMs }, random());
    show({
      kind: 'failing',
      nextTryAt: new Date(now().getTime() + pauseMs).toISOString(),
      ...{ since, error },
    });
    runIn(pauseMs);
  };

  const once = async (): Promise<void> => {
    try {
      await sendAll();
      if (!(await fetchNotes(client, store, onNotes, closing.signal))) {
        await onLost();
        await sendAll();
      }
      failures = 0;
      isBusy = false;
      troubleSince = null;
      if (activity.kind !== 'resting') show({ kind: 'resting' });
      // Notes that were not announced are found by it.
      runIn(isAskedAgain ? GATHER_MS : nextCheckMs({ isLive: true, failures, retryAfterMs: 0 }, random()));
    } catch (cause) {
      if (!closing.signal.aborted) failed(cause);
    }
  };
  const run = (): Promise<void> => {
    clearTimeout(timer);
    if (closing.signal.aborted) return Promise.resolve();
    isAskedAgain = running !== null;
    running ??= once().finally(() => (running = null));
    return running;
  };
  /** Runs within a moment where nothing stands against it. */
  const runSoon = (pauseMs: number): void => {
    if (closing.signal.aborted || activity.kind === 'stopped') return;
    if (running) isAskedAgain = true;
    else if (failures === 0) runIn(pauseMs);
  };
  const connected = (): void => {
    // All devices of a hub that was away hear of it at one moment.
    if (!running && failures > 0 && !isBusy && activity.kind === 'failing')
      runIn(GATHER_MS + Math.round(random() * SPREAD_MS));
  };

  return {
    start: () => runSoon(0),
    wake: () => runSoon(GATHER_MS),
    connected,
    onHubEvent(event) {
      connected();
      if (event.name === 'feedback_resolved') runSoon(GATHER_MS);
    },
    status: () => activity,
    onStatusChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retryNow: run,
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
      listeners.clear();
    },
  };
}
