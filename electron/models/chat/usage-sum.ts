import type { ModelUsage } from '../../../shared/domain/model-run.js';

type Used = Pick<ModelUsage, 'inputTokens' | 'outputTokens' | 'costMicros'>;

/** Adds up what the requests of one call used; the cost is unknown as soon as one of them is. */
export function createUsageSum(): {
  readonly add: (usage: Used) => void;
  readonly hasAny: () => boolean;
  readonly total: () => Used;
} {
  const all: Used[] = [];
  return {
    add: (usage) => void all.push(usage),
    hasAny: () => all.length > 0,
    total: () => addUsage(all),
  };
}

/** The same for usages at hand. */
export const addUsage = (all: readonly Used[]): Used => ({
  inputTokens: all.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
  outputTokens: all.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
  costMicros: all.reduce<number | null>(
    (sum, { costMicros }) => (sum === null || costMicros === null ? null : sum + costMicros),
    0,
  ),
});
