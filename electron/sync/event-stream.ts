import { setTimeout as wait } from 'node:timers/promises';

import { createParser } from 'eventsource-parser';

import { HEARTBEAT_SECONDS, HubEvent } from '../../shared/contracts/hub/events.js';
import { AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { HubClient } from './hub-client.js';
import { nextCheckMs } from './sync-schedule.js';

export interface EventStreamDeps {
  readonly client: Pick<HubClient, 'receive'>;
  readonly onEvent: (event: HubEvent) => void;
  /** Told when the stream opens and when it ends. */
  readonly onLive: (isLive: boolean) => void;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

/** After so long without even a heartbeat the connection counts as dead. */
const SILENCE_MS = 3 * HEARTBEAT_SECONDS * 1000;

/**
 * Follows the hub's events until the signal aborts or the session has ended, connecting again with back-off and jitter. Events say only that
 * something changed, so whatever was missed between two connections is made good by asking once after each.
 */
export async function followEvents(deps: EventStreamDeps): Promise<void> {
  const { signal, onLive, log, random = Math.random } = deps;
  let failures = 0;
  // Asked by a call: what it says changes while something is awaited.
  const isEnded = (): boolean => signal.aborted;
  while (!isEnded()) {
    try {
      await followOnce(deps, () => {
        failures = 0;
        onLive(true);
      });
    } catch (cause) {
      if (cause instanceof AppErrorException && !cause.error.canRetry) return;
      if (!(cause instanceof AppErrorException) && !isEnded())
        log.error('events.failed', { code: errorCodeOf(cause) });
    } finally {
      onLive(false);
    }
    failures += 1;
    const pause = nextCheckMs({ isLive: false, failures, retryAfterMs: 0 }, random());
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function followOnce({ client, onEvent, signal }: EventStreamDeps, onOpen: () => void): Promise<void> {
  const dead = new AbortController();
  const chunks = await client.receive('events.follow', {}, AbortSignal.any([signal, dead.signal]));
  onOpen();
  const parser = createParser({
    onEvent({ data }) {
      const parsed = HubEvent.safeParse(parseJson(data));
      // An event of a newer hub that is not known here says nothing to this version.
      if (parsed.success) onEvent(parsed.data);
    },
  });
  const text = new TextDecoder();
  const giveUp = (): void => dead.abort(new AppErrorException('HUB_UNREACHABLE', 'no heartbeat'));
  let timer = setTimeout(giveUp, SILENCE_MS);
  try {
    for await (const chunk of chunks) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
      parser.feed(text.decode(chunk, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
