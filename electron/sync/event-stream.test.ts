import { setTimeout as wait } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { followEvents } from './event-stream.js';

// Catches a device that hears of no release for minutes although its network is back.
it('does not sit out its pause when it is woken', async () => {
  const closing = new AbortController();
  const waking = new AbortController();
  const asked: number[] = [];
  const failing = () => {
    asked.push(performance.now());
    return Promise.reject(new AppErrorException('HUB_UNREACHABLE'));
  };
  const following = followEvents({
    client: { receive: failing },
    onEvent: () => undefined,
    onLive: () => undefined,
    log: silentLogger,
    signal: closing.signal,
    woken: () => (asked.length === 1 ? waking.signal : new AbortController().signal),
    random: () => 1,
  });
  await wait(60);
  expect(asked).toHaveLength(1);
  waking.abort();
  await wait(60);
  expect(asked).toHaveLength(2);
  closing.abort();
  await following;
});
