import type { StageNode, StageRun } from './stage-runner.js';
import type { StartingState } from './starting-state.js';
import type { SuggestionState } from './state.js';
import type { StagePayload } from '../../shared/contracts/ipc/suggestion.js';

/**
 * A stage that keeps what the run before it found, and runs only where there is nothing to keep: in a run of its own, or where the intent
 * was read otherwise this time.
 */
export function keepFound(local: StageNode, payloadOf: (found: StartingState) => StagePayload): StageNode {
  return {
    ...local,
    run(state, run) {
      const { startsFrom } = run.context;
      if (!startsFrom || (local.stage !== 'intent' && isReadOtherwise(state, startsFrom)))
        return local.run(state, run);
      return Promise.resolve({ update: {}, payload: payloadOf(startsFrom) });
    },
    withoutIt: (state: SuggestionState, run: StageRun) =>
      run.context.startsFrom ? {} : local.withoutIt(state, run),
  };
}

function isReadOtherwise(
  { customerIntent }: SuggestionState,
  { customerIntent: before }: StartingState,
): boolean {
  return customerIntent?.label !== before?.label || customerIntent?.query !== before?.query;
}
