import type { HubEvent } from '../../shared/contracts/hub/events.js';
import type { ReleaseManifest } from '../../shared/domain/release.js';
import type { RunningRelease, SyncActivity, SyncStatus } from '../../shared/domain/sync-status.js';
import { appError, AppErrorException, errorCodeOf, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { followEvents } from './event-stream.js';
import { HubBusy } from './hub-errors.js';
import type { AppliedRelease } from './release-target.js';
import { nextCheckMs } from './sync-schedule.js';
import { syncOnce, type SyncDeps } from './sync-once.js';

export interface SyncServiceDeps extends SyncDeps {
  readonly log: Logger;
  readonly now: () => Date;
  readonly random?: () => number;
  /** Events that are about something else than releases. */
  readonly onHubEvent?: (event: HubEvent) => void;
  /** The stream of events is open, again: what was told before was not heard. */
  readonly onListening?: () => void;
}

/** Keeps this device at the release its team assigned to it. */
export interface SyncService {
  start(): void;
  status(): SyncStatus;
  /** Returns the function that stops listening. */
  onStatusChanged(listener: (status: SyncStatus) => void): () => void;
  /** Asks the hub now: the person wants it, the network is back, the machine woke up. Resolves when it was asked. */
  retryNow(): Promise<void>;
  /** Stops; what is half done is taken up at the next start. */
  close(): Promise<void>;
}

/** Not an error of what was sent, but of the way to the hub. */
const isAway = ({ code }: AppError): boolean =>
  [
    'HUB_UNREACHABLE',
    'HUB_NOT_A_HUB',
    'HUB_STORE_UNAVAILABLE',
    'HUB_INTERNAL',
    'HUB_TOO_MANY_REQUESTS',
  ].includes(code);

export function createSyncService(deps: SyncServiceDeps): SyncService {
  const { membership, log, now, random = Math.random, target } = deps;
  const listeners = new Set<(status: SyncStatus) => void>();
  const closing = new AbortController();
  let release: RunningRelease | null = null;
  let activity: SyncActivity = { kind: 'idle', checkedAt: null };
  let isLive = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let following: Promise<void> = Promise.resolve();
  let waking = new AbortController();
  const wakeStream = (): void => {
    waking.abort();
    waking = new AbortController();
  };

  const show = (next: SyncActivity): void => {
    activity = next;
    for (const listener of listeners) listener({ release, activity });
  };

  const failed = (cause: unknown): number => {
    const error = cause instanceof AppErrorException ? cause.error : appError('HUB_INTERNAL');
    if (!(cause instanceof AppErrorException)) log.error('sync.failed', { code: errorCodeOf(cause) });
    else log.warn('sync.refused', { code: error.code });
    failures += 1;
    const kind = isAway(error) ? 'offline' : 'refused';
    const since = activity.kind === kind ? activity.since : (lastSince(kind) ?? now().toISOString());
    show({ kind, since, error });
    return cause instanceof HubBusy ? cause.retryAfterMs : 0;
  };
  /** When the trouble began that is still the same, though a try went on in between. */
  let trouble: { readonly kind: string; readonly since: string } | null = null;
  const lastSince = (kind: string): string | null => (trouble?.kind === kind ? trouble.since : null);

  const once = async (): Promise<number> => {
    const member = membership.read();
    if (!member) return 0;
    if (activity.kind === 'offline' || activity.kind === 'refused')
      trouble = { kind: activity.kind, since: activity.since };
    else if (activity.kind === 'idle') trouble = null;
    show({ kind: 'checking' });
    try {
      const before = release?.number;
      const applied = await syncOnce(deps, member, (step) => show(step), closing.signal);
      release = applied && runningOf(applied);
      // Leads see what a device said last that it runs.
      if (release?.number !== before) isAskedAgain = true;
      // The hub is back before the stream has noticed.
      if (failures > 0) wakeStream();
      failures = 0;
      trouble = null;
      show({ kind: 'idle', checkedAt: now().toISOString() });
      return 0;
    } catch (cause) {
      if (closing.signal.aborted) return 0;
      return failed(cause);
    }
  };

  /** Takes the wish to check once more; after a failure the pause comes first. */
  const wasAskedAgain = (): boolean => {
    const isDue = isAskedAgain && !closing.signal.aborted && failures === 0;
    isAskedAgain = false;
    return isDue;
  };

  const check = (): Promise<void> => {
    clearTimeout(timer);
    if (running) {
      // What is under way may have asked before the change that is told now.
      isAskedAgain = true;
      return running;
    }
    running = (async () => {
      let retryAfterMs = 0;
      for (let isDue = true; isDue; isDue = wasAskedAgain()) retryAfterMs = await once();
      running = null;
      if (closing.signal.aborted) return;
      timer = setTimeout(() => void check(), nextCheckMs({ isLive, failures, retryAfterMs }, random()));
      timer.unref();
    })();
    return running;
  };

  return {
    start() {
      void target.current().then(
        (applied) => {
          release ??= applied && runningOf(applied);
          show(activity);
        },
        () => undefined,
      );
      following = followEvents({
        client: deps.client,
        signal: closing.signal,
        woken: () => waking.signal,
        ...{ random, log },
        onEvent(event) {
          if (event.name === 'assignment_changed') void check();
          else deps.onHubEvent?.(event);
        },
        onLive(live) {
          const isOpened = live && !isLive;
          isLive = live;
          // Whatever was told while nobody listened.
          if (!isOpened) return;
          void check();
          deps.onListening?.();
        },
      });
      void check();
    },
    status: () => ({ release, activity }),
    onStatusChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retryNow() {
      wakeStream();
      return check();
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
      await following;
      listeners.clear();
    },
  };
}

function runningOf({ number, appliedAt, articlesChanged, signed }: AppliedRelease): RunningRelease {
  const { notes, restores } = JSON.parse(signed.manifest) as ReleaseManifest;
  return { number, receivedAt: appliedAt, articlesChanged, notes, restores };
}
