import type { Team } from '../../shared/domain/team.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { CreateLogger } from '../../shared/lib/logger.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';
import { createCritiqueNode } from './critique/critique-node.js';
import { createDraftingNode } from './drafting/drafting-node.js';
import { createEscalationNode } from './escalation/escalation-node.js';
import { buildGraph, type GraphNodes } from './graph.js';
import { createIntentNode } from './intent/intent-node.js';
import { warmReading } from './intent/warm-reading.js';
import { joinFacts } from './join-facts.js';
import { presentSuggestion, unknownIntent } from './present-suggestion.js';
import { createRetrievalNode } from './retrieval/retrieval-node.js';
import type { RunCheckpoints } from './run-checkpoints.js';
import type { RunContext } from './run-context.js';
import { screened } from './screening/screened.js';
import { createStageRunner, type StageNode } from './stage-runner.js';
import { stageLimitsMs } from './stages.js';
import type { RunRequest, SuggestionGraph } from './suggestion-graph.js';
import { createLookUpCustomer } from './tools/catalog/look-up-customer.js';
import { createLookUpOrder } from './tools/catalog/look-up-order.js';
import { createTrackShipment } from './tools/catalog/track-shipment.js';
import { createPrintable } from './tools/printable.js';
import type { ShopBackend } from './tools/shop-backend.js';
import { createToolRegistry } from './tools/tool-registry.js';
import { createToolsNode } from './tools/tools-node.js';

export interface SuggestionGraphDeps {
  readonly knowledge: KnowledgeBase;
  readonly classifier: IntentClassifier;
  readonly embedder: Pick<Embedder, 'embed'>;
  /** Null when the workspace has no business system. */
  readonly shop: ShopBackend | null;
  readonly team: Team;
  /** Null keeps no checkpoints. */
  readonly checkpoints: RunCheckpoints | null;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
  /** Time limits per stage, in milliseconds; {@link stageLimitsMs} unless a test needs its own. */
  readonly limitsMs?: typeof stageLimitsMs;
}

/** The graph of this module, with the means to load it before the first message. */
export interface LocalSuggestionGraph extends SuggestionGraph {
  /** Loads LangGraph (0.4 s) and compiles the patterns of the intent stage off the start path. */
  warmUp(): Promise<void>;
}

/** Builds the five agents and the escalation with their local strategies. Loads nothing heavy until the first run. */
export function createSuggestionGraph(deps: SuggestionGraphDeps): LocalSuggestionGraph {
  const { checkpoints, now } = deps;
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
    return compiled.invoke(
      {},
      { configurable, signal: context.signal, recursionLimit: 20, durability: 'async' },
    );
  }

  async function run(request: RunRequest) {
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
      signal,
      emit: (event) => {
        if (!signal.aborted) onEvent(event);
      },
    };
    runs.set(runId, context);
    try {
      const state = await orCancelled(invoke(context), signal);
      const isSaved = checkpoints?.settle(runId, conversation.id) ?? true;
      const totalMs = performance.now() - startedAt;
      const options = { messageId: newest.id, createdAt: now(), totalMs, team: deps.team };
      const suggestion = presentSuggestion(state, context, options);
      return isSaved ? suggestion : { ...suggestion, degradations: [...suggestion.degradations, notSaved] };
    } finally {
      runs.delete(runId);
      if (signal.aborted) checkpoints?.drop(runId);
    }
  }

  return {
    run,
    async warmUp() {
      graph ??= compile();
      await graph;
      await warmReading(deps.team.profile);
    },
  };
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

function createNodes(deps: SuggestionGraphDeps, runs: ReadonlyMap<string, RunContext>) {
  const { knowledge, embedder, shop, team, createLogger, now, limitsMs = stageLimitsMs } = deps;
  const runStage = createStageRunner({ limitsMs, log: createLogger('suggestion') });
  const { currency, timezone } = team.profile;
  const print = createPrintable({ currency, timezone, now });
  const tools = shop
    ? [createLookUpOrder(shop, print), createTrackShipment(shop, print), createLookUpCustomer(shop, print)]
    : [];
  const registry = createToolRegistry(tools, createLogger('tools'));

  type State = Parameters<typeof runStage>[1];
  type Config = Parameters<GraphNodes['join']>[1];
  const contextOf = ({ configurable }: Config): RunContext => {
    const context = runs.get(configurable?.thread_id ?? '');
    if (!context) throw new AppErrorException('SUGGESTION_CANCELLED');
    return context;
  };
  const node = (stage: StageNode) => (state: State, config: Config) =>
    runStage(stage, state, contextOf(config));
  return {
    intent: node(createIntentStage(deps)),
    retrieval: node(screened(createRetrievalNode({ knowledge, team, now }))),
    tools: node(screened(createToolsNode({ registry, shop, team, now }))),
    join: (state: State, config: Config) =>
      Promise.resolve(joinFacts(state, team, contextOf(config).unansweredBefore)),
    drafting: node(createDraftingNode({ team, embedder, now })),
    critique: node(createCritiqueNode({ team, now })),
    escalation: node(createEscalationNode({ team })),
  };
}

/** Puts the intent agent behind the stage interface. Without it the run goes on with the customer's words alone. */
function createIntentStage({
  classifier,
  embedder,
  team,
  createLogger,
  now,
}: SuggestionGraphDeps): StageNode {
  const recognise = createIntentNode({ classifier, embedder, team, log: createLogger('intent'), now });
  return {
    stage: 'intent',
    async run(_, { context, signal }) {
      const { intent, warnings, degradations, customerTurn } = await recognise({
        conversation: context.conversation,
        signal,
      });
      return {
        update: { customerIntent: intent, customerTurn, warnings, degradations },
        payload: { stage: 'intent', intent },
      };
    },
    withoutIt(_, { context }) {
      const newest = context.conversation.messages.findLast(({ author }) => author === 'customer');
      const text = newest?.text.slice(0, 2_000) ?? '';
      const customerTurn = {
        text,
        earlierTexts: [],
        messageIds: newest ? [newest.id] : [],
        isElliptic: false,
        isClosing: false,
      };
      return { customerIntent: unknownIntent(text), customerTurn };
    },
  };
}
