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

/** What a request may use at most. */
export interface UsageEstimate {
  readonly tokens: number;
  /** Null where the price is not known. */
  readonly costMicros: number | null;
}

/** What is held back of today's limit for a request that is under way. */
export interface Reservation {
  /** Gives it back; what the request used is noted before. Never throws; a second call does nothing. */
  release(): void;
}

/** Counts what models use in a day, and knows when that is enough. */
export interface ModelBudget {
  /** Whether today's limit is used up, or would be passed by what `next` may use; what is held back counts as used. */
  isReached(limits: ModelLimits, next?: UsageEstimate): boolean;
  /** Holds back what a request may use; null, and nothing held, when that would pass a limit. No limits (null) let everything pass. Never throws. */
  reserve(limits: ModelLimits | null, estimate: UsageEstimate): Reservation | null;
  /** Never throws: an answer that was paid for is used even when it cannot be written down. */
  note(usage: UsageNote): void;
}
