import { describe, expect, it } from 'vitest';

import { stallText, watchLoop } from './loop-stalls.js';

describe('A watched event loop', () => {
  it('shows its own stall, and that an idle process beside it had none as long', async () => {
    const stop = await watchLoop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const until = performance.now() + 400;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { own, idleProcess, busyShare } = await stop();
    expect(own.maxMs).toBeGreaterThan(350);
    expect(own.laterThan['200']).toBeGreaterThanOrEqual(1);
    expect(idleProcess.maxMs).toBeLessThan(own.maxMs);
    expect(idleProcess.p50Ms).toBeGreaterThan(0);
    expect(busyShare).toBeGreaterThan(0.5);
    expect(stallText(own)).toContain('later than 5 ms: ');
  });
});
