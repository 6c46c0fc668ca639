import { expect, it } from 'vitest';

import type { ModelUse } from '../../../shared/domain/model-run.js';
import { dollars, modelCost } from './model-cost.js';
import { sampleReply } from './suggestion-samples.js';

function use(task: ModelUse['task'], model: string, costMicros: number | null): ModelUse {
  const usage = { inputTokens: 1000, outputTokens: 200, durationMs: 1, attempts: 1, fromCache: false };
  return { task, usage: { ...usage, provider: 'p', model, costMicros } };
}

// Catches a cost that leaves out a stage, or one that is made up where a price is not known.
it('adds up all calls and names the model that wrote', () => {
  const of = (modelUse: ModelUse[]) => modelCost({ ...sampleReply('r', 'c'), modelUse });
  expect(of([use('drafting', 'large', 2000), use('critique', 'small', 300)])).toEqual({
    ...{ model: 'large', tokens: 2400, costMicros: 2300, isCached: false },
  });
  expect(of([use('drafting', 'large', 2000), use('critique', 'own', null)])?.costMicros).toBeNull();
  expect(of([])).toBeNull();
});

// Catches a cost that is rounded to nothing.
it('writes small amounts with digits that count', () => {
  expect([1_234_000, 4_213, 87, 0].map(dollars)).toEqual(['1.23', '0.0042', '0.000087', '0.00']);
});
