import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';

import { deadline, isTimeUp } from './deadline.js';

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

// Catches a limit that a garbage collection takes away, as it does with AbortSignal.any over AbortSignal.timeout.
it('comes although garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const signal = AbortSignal.any([
    deadline(150, new AbortController().signal).signal,
    new AbortController().signal,
  ]);
  const isOver = ended(signal);
  for (let at = 0; at < 10; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  await isOver;
  expect(isTimeUp(signal)).toBe(true);
});

it('tells the end of time from the end of patience', async () => {
  const caller = new AbortController();
  const { signal, clear } = deadline(10_000, caller.signal);
  caller.abort(new Error('enough'));
  await Promise.resolve();
  expect([signal.aborted, isTimeUp(signal), (signal.reason as Error).message]).toEqual([
    true,
    false,
    'enough',
  ]);
  clear();
  expect(deadline(10_000, caller.signal).signal.aborted).toBe(true);
});

it('ends nothing once it is cleared', async () => {
  const caller = new AbortController();
  const limit = deadline(20, caller.signal);
  limit.clear();
  await new Promise((resolve) => setTimeout(resolve, 60));
  caller.abort();
  expect(limit.signal.aborted).toBe(false);
});
