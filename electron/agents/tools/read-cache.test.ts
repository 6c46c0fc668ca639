import { expect, test } from 'vitest';

import { createReadCache } from './read-cache.js';

// Catches: a state from before a refund that a run still under way puts back into the cache.
test('an answer asked for before a change is not kept after it', async () => {
  const cache = createReadCache(() => new Date());
  let answer = (_: string): void => undefined;
  const slow = cache.read('order', () => new Promise<string>((resolve) => (answer = resolve)));
  cache.clear();
  answer('before');
  expect((await slow).value).toBe('before');
  expect((await cache.read('order', () => Promise.resolve('after'))).value).toBe('after');
});

// Catches: an answer that never gets old because the clock was set back.
test('an answer from the future is asked for anew', async () => {
  let at = 1_000_000_000;
  const cache = createReadCache(() => new Date(at));
  await cache.read('order', () => Promise.resolve('then'));
  at -= 3_600_000;
  expect((await cache.read('order', () => Promise.resolve('now'))).value).toBe('now');
});
