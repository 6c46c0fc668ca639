import type { ModelTask } from '../../shared/domain/model-run.js';
import type { ModelLimits } from '../../shared/domain/model-settings.js';

/** What one request used. */
export interface UsageNote {
  readonly task: ModelTask;
  /** Name of the connection. */
  readonly provider: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where the price is not known. */
  readonly costMicros: number | null;
}

/** Counts what models use in a day, and knows when that is enough. */
export interface ModelBudget {
  isReached(limits: ModelLimits): boolean;
  /** Never throws: an answer that was paid for is used even when it cannot be written down. */
  note(usage: UsageNote): void;
}
