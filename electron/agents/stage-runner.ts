import type { StagePayload } from '../../shared/contracts/ipc/suggestion.js';
import type { Degradation, Stage } from '../../shared/domain/suggestion.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { RunContext } from './run-context.js';
import type { StateUpdate, SuggestionState } from './state.js';

/** What a stage gets besides the state. `signal` ends it when the run is cancelled or its time is up. */
export interface StageRun {
  readonly context: RunContext;
  readonly signal: AbortSignal;
  /** 0 for the first time through, then one more for each revision. */
  readonly revision: number;
}

export interface StageResult {
  readonly update: StateUpdate;
  /** What the card may show at once. */
  readonly payload: StagePayload | null;
}

/** A stage: reads the state, returns what it changes. */
export interface StageNode {
  readonly stage: Stage;
  run(state: SuggestionState, run: StageRun): Promise<StageResult>;
  /** What the run goes on with when the stage failed in an expected way or ran out of time. */
  withoutIt(state: SuggestionState, run: StageRun): StateUpdate;
}

type Ended =
  | { readonly kind: 'done'; readonly result: StageResult }
  | { readonly kind: 'failed'; readonly code: string };

/**
 * Runs one stage: its time limit, its events, its timing, its failures. The only place that knows these rules.
 *
 * - Started and finished events carry the stage and how long it took; after a cancel there are none.
 * - Out of time (`STAGE_TIME_LIMIT`) and expected failures (an {@link AppErrorException}) become a degradation, and the run goes on
 *   with {@link StageNode.withoutIt}. A bug is thrown and ends the run.
 */
export function createStageRunner(deps: {
  /** In milliseconds. */
  readonly limitMs: (stage: Stage, context: RunContext) => number;
  readonly log: Logger;
}) {
  const { limitMs, log } = deps;

  return async function runStage(
    node: StageNode,
    state: SuggestionState,
    context: RunContext,
  ): Promise<StateUpdate> {
    const { stage } = node;
    const revision = state.timings.filter((timing) => timing.stage === stage).length;
    context.signal.throwIfAborted();
    context.emit({ kind: 'stage_started', stage });
    const startedAt = performance.now();
    const limit = new AbortController();
    const run: StageRun = { context, signal: AbortSignal.any([context.signal, limit.signal]), revision };
    const ended = await withinLimit(node, state, run, limit, limitMs(stage, context));
    context.signal.throwIfAborted();
    const durationMs = performance.now() - startedAt;
    const timings = [{ stage, durationMs, revision }];
    if (ended.kind === 'done') {
      context.emit({ kind: 'stage_finished', stage, durationMs, payload: ended.result.payload });
      log.debug('stage.finished', { runId: context.runId, stage, durationMs });
      return { ...ended.result.update, timings };
    }
    const { code } = ended;
    log.warn('stage.degraded', { runId: context.runId, stage, code, durationMs });
    const degradation: Degradation = { stage, code, message: degradationMessages[stage] };
    const update = node.withoutIt(state, run);
    context.emit({ kind: 'stage_finished', stage, durationMs, payload: null });
    return { ...update, timings, degradations: [...(update.degradations ?? []), degradation] };
  };
}

const degradationMessages: Readonly<Record<Stage, string>> = {
  intent: 'What the customer wants was not recognised in time.',
  retrieval: 'The knowledge could not be searched; nothing was used from it.',
  tools: 'The order data could not be read in time.',
  drafting: 'The reply could not be written in time.',
  critique: 'The reply could not be checked in time.',
  escalation: 'The handover summary is shorter than usual.',
};

async function withinLimit(
  node: StageNode,
  state: SuggestionState,
  run: StageRun,
  limit: AbortController,
  limitMs: number,
): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const stopped = new Promise<Ended>((resolve, reject) => {
    timer = setTimeout(() => {
      limit.abort();
      resolve({ kind: 'failed', code: 'STAGE_TIME_LIMIT' });
    }, limitMs);
    onAbort = () => reject(new AppErrorException('SUGGESTION_CANCELLED'));
    run.context.signal.addEventListener('abort', onAbort, { once: true });
  });
  const work = node.run(state, run).then(
    (result): Ended => ({ kind: 'done', result }),
    (error: unknown): Ended => {
      if (limit.signal.aborted) return { kind: 'failed', code: 'STAGE_TIME_LIMIT' };
      if (error instanceof AppErrorException && !run.context.signal.aborted) {
        return { kind: 'failed', code: error.error.code };
      }
      throw error;
    },
  );
  // A stage that lost the race may still reject later; nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    if (onAbort) run.context.signal.removeEventListener('abort', onAbort);
  }
}
