import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import { askModel, type Ask, type AskDeps, type ModelAnswer } from './ask-model.js';
import { isFinal } from './failure.js';
import type { Candidate } from './routes.js';

/** What a whole chain of models came to: an answer, or why the first of them gave none. */
export type ChainResult =
  | { readonly answer: ModelAnswer; readonly failure: null; readonly attempts: number }
  | { readonly answer: null; readonly failure: ModelFailureCode; readonly attempts: number };

/** Asks the models of a route in turn until one answers. Never throws. */
export async function askChain(deps: AskDeps, ask: Ask, signal: AbortSignal): Promise<ChainResult> {
  const { candidates, hedgeAfterMs, firstPieceMs } = ask.route;
  let failure: ModelFailureCode | null = null;
  let attempts = 0;
  for (const [at, candidate] of candidates.entries()) {
    const next = candidates[at + 1];
    const patience = next ? firstPieceMs : null;
    const answer =
      hedgeAfterMs === null
        ? await askModel(deps, ask, candidate, { signal, firstPieceMs: patience })
        : await askHedged(deps, ask, [candidate, next ?? candidate], signal);
    attempts += answer.attempts;
    if (answer.failure === null) {
      ask.delivery.end();
      return { answer, failure: null, attempts };
    }
    failure ??= answer.failure;
    if (isFinal(answer.failure)) return { answer: null, failure: answer.failure, attempts };
    // What was read already cannot be taken back by whoever reads along.
    if (!ask.delivery.canRestart()) break;
  }
  return { answer: null, failure: failure ?? 'MODEL_NOT_SET_UP', attempts };
}

/**
 * Asks the first model and, if it has sent nothing for a while, the second beside it. The first to send a piece goes on, the
 * other is closed. (Dean and Barroso, "The Tail at Scale", 2013.)
 */
async function askHedged(
  deps: AskDeps,
  ask: Ask,
  [first, second]: readonly [Candidate, Candidate],
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const runs: { readonly owner: object; readonly stop: AbortController; result: Promise<ModelAnswer> }[] = [];
  const start = (candidate: Candidate): Promise<ModelAnswer> => {
    const stop = new AbortController();
    const owner = { signal: AbortSignal.any([signal, stop.signal]), firstPieceMs: null };
    const result = askModel(deps, ask, candidate, owner);
    runs.push({ owner, stop, result });
    return result;
  };
  ask.delivery.onClaim((owner) => {
    for (const run of runs) if (run.owner !== owner) run.stop.abort();
  });
  const beginning = start(first);
  const late = new Promise<null>((resolve) => setTimeout(resolve, ask.route.hedgeAfterMs ?? 0, null).unref());
  const early = await Promise.race([beginning, late]);
  if (early !== null || ask.delivery.owner() !== null) return beginning;
  void start(second);
  const settled = await Promise.race(runs.map((run) => run.result.then((answer) => ({ run, answer }))));
  const other = runs.find((run) => run !== settled.run);
  if (!other) return settled.answer;
  if (settled.answer.failure === null) {
    other.stop.abort();
    return settled.answer;
  }
  const answer = await other.result;
  if (answer.failure === null) return answer;
  // The one that was closed for the other says nothing of why.
  return settled.answer.failure === 'MODEL_CANCELLED' ? answer : settled.answer;
}
