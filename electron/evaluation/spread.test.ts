import { describe, expect, it } from 'vitest';

import { spreadOf } from './spread.js';

describe('The spread of times', () => {
  it('takes percentiles by nearest rank, in any order of the times', () => {
    const times = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(spreadOf(times)).toEqual({ count: 100, p50Ms: 50, p95Ms: 95, maxMs: 100 });
    expect(spreadOf([7])).toEqual({ count: 1, p50Ms: 7, p95Ms: 7, maxMs: 7 });
    expect(spreadOf([])).toEqual({ count: 0, p50Ms: 0, p95Ms: 0, maxMs: 0 });
  });
});
