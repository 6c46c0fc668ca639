import {
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhenResult,
  type CircuitBreakerPolicy,
} from 'cockatiel';

import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import type { ModelConnection } from '../../../shared/domain/model-settings.js';
import type { AttemptResult } from './attempt.js';
import type { Unsupported } from './classify-failure.js';
import { isOutage } from './failure.js';

/** So many failures in a row open the breaker of a service. */
const FAILURES_TO_OPEN = 4;
/** How long it stays open, longer each time a trial call fails. */
const HALF_OPEN_AFTER = { firstMs: 5000, longestMs: 120_000 } as const;
/** A refused key or an empty account will not be better in a second; a changed key is tried at once. */
const REFUSED_FOR_MS = 10 * 60_000;

/** What is known of each service from the calls so far: none is asked while that cannot help. */
export interface ServiceHealth {
  /** Why it is not asked now; null when it may be. Another key is tried at once. */
  blocked(connection: ModelConnection, key: string | null): ModelFailureCode | null;
  /** Runs one attempt through the service's circuit breaker and learns from it. */
  watch(
    connection: ModelConnection,
    key: string | null,
    run: () => Promise<AttemptResult>,
  ): Promise<AttemptResult | ModelFailureCode>;
  /** Forgets what stood against it: somebody has just seen it work. */
  recovered(connection: ModelConnection, key: string | null): void;
  /** Parts of a request a model was found not to know. */
  unsupported(connection: ModelConnection, model: string): ReadonlySet<Unsupported>;
  learnUnsupported(connection: ModelConnection, model: string, part: Unsupported): void;
}

export function createServiceHealth(now: () => Date): ServiceHealth {
  const breakers = new Map<string, Breaker>();
  const resting = new Map<string, { readonly until: number; readonly code: ModelFailureCode }>();
  const lacking = new Map<string, Set<Unsupported>>();
  const placeOf = ({ protocol, baseUrl }: ModelConnection): string => `${protocol} ${baseUrl}`;
  /** Tells one key from another without keeping it: length and end are enough for that. */
  const withKey = (connection: ModelConnection, key: string | null): string =>
    `${placeOf(connection)} ${key === null ? '-' : `${String(key.length)}${key.slice(-4)}`}`;
  const modelOf = (connection: ModelConnection, model: string): string => `${placeOf(connection)} ${model}`;

  const breakerOf = (connection: ModelConnection): Breaker => {
    const place = placeOf(connection);
    const breaker = breakers.get(place) ?? createBreaker();
    breakers.set(place, breaker);
    return breaker;
  };
  const rest = (place: string, ms: number, code: ModelFailureCode): void =>
    void resting.set(place, { until: now().getTime() + ms, code });

  return {
    blocked(connection, key) {
      for (const place of [placeOf(connection), withKey(connection, key)]) {
        const pause = resting.get(place);
        if (pause && pause.until > now().getTime()) return pause.code;
      }
      return breakerOf(connection).isOpen() ? 'MODEL_UNREACHABLE' : null;
    },
    async watch(connection, key, run) {
      const place = placeOf(connection);
      let result: AttemptResult;
      try {
        result = await breakerOf(connection).policy.execute(run);
      } catch {
        // Only an open breaker throws here; an attempt does not.
        return 'MODEL_UNREACHABLE';
      }
      const { failure, pauseMs } = result;
      if (failure === 'MODEL_KEY_REFUSED' || failure === 'MODEL_QUOTA_USED_UP')
        rest(withKey(connection, key), REFUSED_FOR_MS, failure);
      else if (pauseMs !== null && pauseMs > 0) rest(place, pauseMs, 'MODEL_BUSY');
      return result;
    },
    recovered(connection, key) {
      resting.delete(placeOf(connection));
      resting.delete(withKey(connection, key));
      breakers.delete(placeOf(connection));
    },
    unsupported: (connection, model) => lacking.get(modelOf(connection, model)) ?? new Set(),
    learnUnsupported(connection, model, part) {
      const place = modelOf(connection, model);
      lacking.set(place, new Set([...(lacking.get(place) ?? []), part]));
    },
  };
}

interface Breaker {
  readonly policy: CircuitBreakerPolicy;
  /** Also while one call tries whether the service is back: others would wait for it. */
  isOpen(): boolean;
}

/** Counts failures in a row; a call that its caller ended says nothing of the service. */
class PatientBreaker extends ConsecutiveBreaker {
  constructor(private readonly wasCancelled: () => boolean) {
    super(FAILURES_TO_OPEN);
  }

  override success(): void {
    if (!this.wasCancelled()) super.success();
  }
}

function createBreaker(): Breaker {
  let openUntil = 0;
  let wasCancelled = false;
  const policy: CircuitBreakerPolicy = circuitBreaker(
    handleWhenResult((result) => {
      const { failure } = result as AttemptResult;
      wasCancelled = failure === 'MODEL_CANCELLED';
      // A trial that its caller ended has not shown that the service is back.
      const isOpenTrial = wasCancelled && policy.state === CircuitState.HalfOpen;
      return failure !== null && (isOutage(failure) || isOpenTrial);
    }),
    {
      halfOpenAfter: new DelegateBackoff((_, opened: number | undefined) => {
        const delay = Math.min(HALF_OPEN_AFTER.firstMs * 2 ** (opened ?? 0), HALF_OPEN_AFTER.longestMs);
        openUntil = Date.now() + delay;
        return { delay, state: (opened ?? 0) + 1 };
      }),
      breaker: new PatientBreaker(() => wasCancelled),
    },
  );
  return {
    policy,
    isOpen: () =>
      policy.state === CircuitState.HalfOpen ||
      (policy.state === CircuitState.Open && Date.now() < openUntil),
  };
}
