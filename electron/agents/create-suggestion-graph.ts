import type { ModelRunEnd } from '../../shared/domain/model-run.js';
import { STAGES } from '../../shared/domain/stages.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { createNodes, type SuggestionGraphDeps } from './create-nodes.js';
import { buildGraph } from './graph.js';
import { warmReading } from './intent/warm-reading.js';
import { presentSuggestion } from './present-suggestion.js';
import type { RunContext } from './run-context.js';
import { createRunModel } from './run-model.js';
import { LATE_MS } from './stages.js';
import { startingStateOf, type StartingState } from './starting-state.js';
import type { StateUpdate, SuggestionState } from './state.js';
import {
  NO_MODEL,
  type ModelRunRequest,
  type ModelRunResult,
  type RunRequest,
  type SuggestionGraph,
} from './suggestion-graph.js';

export type { SuggestionGraphDeps } from './create-nodes.js';

/** The graph of this module, with the means to load it before the first message. */
export interface LocalSuggestionGraph extends SuggestionGraph {
  /** Loads LangGraph (0.4 s) and compiles the patterns of the intent stage off the start path. */
  warmUp(): Promise<void>;
}

/** Builds the five agents and the escalation with their local strategies. Loads nothing heavy until the first run. */
export function createSuggestionGraph(deps: SuggestionGraphDeps): LocalSuggestionGraph {
  const { checkpoints, now, chat = null, countTokens = estimateTokens } = deps;
  const runs = new Map<string, RunContext>();
  let graph: ReturnType<typeof compile> | null = null;

  async function compile() {
    return buildGraph(createNodes(deps, runs), checkpoints ? await checkpoints.saver() : null);
  }

  async function invoke(
    context: RunContext,
  ): Promise<Awaited<ReturnType<Awaited<ReturnType<typeof compile>>['invoke']>>> {
    graph ??= compile();
    const compiled = await graph;
    context.signal.throwIfAborted();
    // A thread per run: two runs of one conversation, one of them superseded, must never read each other's state.
    const configurable = { thread_id: context.runId };
    return compiled.invoke(context.startsFrom ? foundBefore(context.startsFrom) : {}, {
      configurable,
      signal: context.signal,
      recursionLimit: 20,
      durability: 'async',
    });
  }

  /** Runs the graph to its end, whichever strategies the run has. */
  async function execute(
    request: RunRequest,
    withModel: Pick<RunContext, 'model' | 'startsFrom' | 'earlierSummary'>,
  ): Promise<{ readonly state: SuggestionState; readonly suggestion: Suggestion }> {
    const { runId, conversation, signal, onEvent } = request;
    const newest = conversation.messages.findLast(({ author }) => author === 'customer');
    if (!newest) throw new AppErrorException('SUGGESTION_NO_CUSTOMER_MESSAGE', conversation.id);
    const startedAt = performance.now();
    const context: RunContext = {
      runId,
      conversation,
      variant: request.variant,
      excludeArticleIds: request.excludeArticleIds ?? null,
      unansweredBefore: request.unansweredBefore ?? 0,
      doneCalls: request.doneCalls ?? [],
      attachedTexts: request.attachedTexts ?? [],
      ...withModel,
      signal,
      emit: (event) => {
        if (!signal.aborted) onEvent(event);
      },
    };
    runs.set(runId, context);
    checkpoints?.begin(runId, conversation.id);
    let isEnded = false;
    try {
      const state = await orCancelled(invoke(context), signal);
      const isSaved = checkpoints?.settle(runId, conversation.id) ?? true;
      isEnded = true;
      const totalMs = performance.now() - startedAt;
      const options = { messageId: newest.id, createdAt: now(), totalMs, team: deps.team };
      const made = presentSuggestion(state, context, options);
      const suggestion = isSaved ? made : { ...made, degradations: [...made.degradations, notSaved] };
      return { state, suggestion };
    } finally {
      runs.delete(runId);
      if (signal.aborted || !isEnded) checkpoints?.drop(runId);
    }
  }

  async function run(request: RunRequest): Promise<Suggestion> {
    const { state, suggestion } = await execute(request, {
      model: null,
      startsFrom: null,
      earlierSummary: '',
    });
    request.onFound?.(startingStateOf(state, suggestion));
    return suggestion;
  }

  async function runModel(request: ModelRunRequest): Promise<ModelRunResult> {
    const { startsFrom, earlierSummary = '', stages = STAGES, mayReuse = true } = request;
    const { runId, conversation } = request;
    if (!chat?.isReady('drafting')) throw new AppErrorException('MODEL_MISSING');
    const model = createRunModel({
      ...{ chat, runId, countTokens, mayReuse },
      conversationId: conversation.id,
      stages: new Set(stages),
      limitMs: deps.askLimitMs ?? ((task) => chat.timeLimitMs(task) + LATE_MS),
    });
    const { state, suggestion } = await execute(request, { model, startsFrom, earlierSummary });
    const end = state.modelEnd ?? endOf(suggestion);
    return end ? { ok: false, end, suggestion } : { ok: true, suggestion };
  }

  return {
    run,
    runModel,
    modelObstacle: () => (chat ? chat.obstacle('drafting') : NO_MODEL),
    async warmUp() {
      graph ??= compile();
      await graph;
      await warmReading(deps.team.profile);
    },
  };
}

/** Two characters a token less than English has on average: too many tokens cost a passage, too few cost the call. */
function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3);
}

function foundBefore({ citedEvidenceIds: _, ...found }: StartingState): StateUpdate {
  return found;
}

/** Why a finished model run has nothing to put in the place of the local card; null when it has. */
function endOf(suggestion: Suggestion): ModelRunEnd | null {
  if (suggestion.outcome !== 'withheld') return null;
  return suggestion.reason === 'unsupported_draft'
    ? {
        code: 'MODEL_DRAFT_WITHHELD',
        message: "The model's reply did not stand up to the check, so it is not shown.",
        canRetry: true,
      }
    : { code: 'MODEL_NOTHING_FOUND', message: 'The model found no answer either.', canRetry: false };
}

const notSaved = {
  stage: 'drafting' as const,
  code: 'CHECKPOINT_NOT_SAVED',
  message: 'The steps of this run could not be written to disk. The suggestion itself is complete.',
};

/** Ends the wait at once when the run is cancelled, whatever the graph is still doing. */
async function orCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => reject(new AppErrorException('SUGGESTION_CANCELLED'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, cancelled]);
  } catch (error) {
    throw signal.aborted ? new AppErrorException('SUGGESTION_CANCELLED') : error;
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
