import type { ModelTask } from '../../shared/domain/model-run.js';
import type { Team } from '../../shared/domain/team.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { CreateLogger } from '../../shared/lib/logger.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import type { ChatModel } from '../models/chat-model.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';
import { createCritiqueNode } from './critique/critique-node.js';
import { createDraftingNode } from './drafting/drafting-node.js';
import { createModelDraftingNode } from './drafting/model-drafting-node.js';
import { questionsOf } from './drafting/questions.js';
import { createEscalationNode } from './escalation/escalation-node.js';
import { createModelEscalationNode } from './escalation/model-escalation-node.js';
import type { GraphNodes } from './graph.js';
import { createIntentNode } from './intent/intent-node.js';
import { createModelIntentNode } from './intent/model-intent-node.js';
import { joinFacts } from './join-facts.js';
import { keepFound } from './keep-found.js';
import { unknownIntent } from './present-suggestion.js';
import { createModelRetrievalNode } from './retrieval/model-retrieval-node.js';
import { createRetrievalNode } from './retrieval/retrieval-node.js';
import type { RunCheckpoints } from './run-checkpoints.js';
import type { RunContext } from './run-context.js';
import { screenText } from './screening/screen-text.js';
import { screened } from './screening/screened.js';
import { suspecting } from './screening/suspecting.js';
import { createStageRunner, type StageNode } from './stage-runner.js';
import { BESIDE_MODEL_MS, stageLimitsMs, taskOfStage } from './stages.js';
import { createLookUpCustomer } from './tools/catalog/look-up-customer.js';
import { createLookUpOrder } from './tools/catalog/look-up-order.js';
import { createTrackShipment } from './tools/catalog/track-shipment.js';
import { createModelToolsNode } from './tools/model-tools-node.js';
import { createPrintable } from './tools/printable.js';
import type { ShopBackend } from './tools/shop-backend.js';
import { cachedShop, createReadCache, type ReadCache } from './tools/read-cache.js';
import type { ToolDefinition } from './tools/tool.js';
import type { WriteTool } from './tools/write-tool.js';
import { createToolRegistry } from './tools/tool-registry.js';
import { createToolsNode } from './tools/tools-node.js';

export interface SuggestionGraphDeps {
  readonly knowledge: KnowledgeBase;
  readonly classifier: IntentClassifier;
  readonly embedder: Pick<Embedder, 'embed'>;
  /** Null when no connected system knows orders. */
  readonly shop: ShopBackend | null;
  /** What the rep calls the shop; facts are shown with it. */
  readonly shopName?: string;
  /** Look-ups of other systems than the shop; none when left out. */
  readonly lookUps?: readonly ToolDefinition[];
  /** Fresh answers of business systems, shared by the runs; each graph keeps its own when left out. */
  readonly readCache?: ReadCache;
  /** The team's changes, which a run may propose; none when left out. */
  readonly writeTools?: readonly WriteTool[];
  readonly team: Team;
  /** The release the team is of; null for that of a folder. */
  readonly release?: number | null;
  /** Null keeps no checkpoints. */
  readonly checkpoints: RunCheckpoints | null;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
  /** Null where no chat model can be reached: then nothing but the local strategies is there. */
  readonly chat?: ChatModel | null;
  /** How many tokens a text is; an estimate on the cautious side when left out. */
  readonly countTokens?: (text: string) => number;
  /** Time limits per stage, in milliseconds; {@link stageLimitsMs} unless a test needs its own. */
  readonly limitsMs?: typeof stageLimitsMs;
  /** How long one question to a model may take; the chat model's own limits when left out. */
  readonly askLimitMs?: (task: ModelTask) => number;
}

/** The nodes of the graph: each stage with its local strategy and, in a run with a model, the one that asks it. */
export function createNodes(deps: SuggestionGraphDeps, runs: ReadonlyMap<string, RunContext>): GraphNodes {
  const { knowledge, embedder, team, createLogger, now } = deps;
  const { limitsMs = stageLimitsMs, readCache = createReadCache(now) } = deps;
  const runStage = createStageRunner({
    limitMs: (stage, { model }) =>
      model ? model.limitMs(taskOfStage[stage]) + BESIDE_MODEL_MS : limitsMs[stage],
    log: createLogger('suggestion'),
  });
  const { currency, timezone, products } = team.profile;
  const print = createPrintable({ currency, timezone, now });
  // The tools look at the shop itself, since the registry keeps their answers with their age.
  const catalogue: readonly ToolDefinition[] = deps.shop
    ? [
        createLookUpOrder(deps.shop, print, products),
        createTrackShipment(deps.shop, print, products),
        createLookUpCustomer(deps.shop, print),
      ]
    : [];
  const shop = deps.shop && cachedShop(deps.shop, readCache);
  const ofShop = deps.shopName === undefined ? {} : { system: deps.shopName };
  const tools = [...catalogue.map((tool) => ({ ...tool, ...ofShop })), ...(deps.lookUps ?? [])];
  const registry = createToolRegistry(tools, createLogger('tools'), readCache);

  type State = Parameters<typeof runStage>[1];
  type Config = Parameters<GraphNodes['join']>[1];
  const contextOf = ({ configurable }: Config): RunContext => {
    const context = runs.get(configurable?.thread_id ?? '');
    if (!context) throw new AppErrorException('SUGGESTION_CANCELLED');
    return context;
  };
  const node =
    (local: StageNode, withModel: StageNode = local) =>
    (state: State, config: Config) => {
      const context = contextOf(config);
      return runStage(context.model?.stages.has(local.stage) ? withModel : local, state, context);
    };
  const intent = keepFound(createIntentStage(deps), ({ customerIntent }) => ({
    stage: 'intent',
    intent: customerIntent ?? unknownIntent(''),
  }));
  const retrieval = keepFound(
    screened(createRetrievalNode({ knowledge, team, now })),
    ({ evidence, similarCases }) => ({
      stage: 'retrieval',
      evidence,
      similarCases,
    }),
  );
  const { writeTools = [] } = deps;
  const lookUps = keepFound(
    screened(createToolsNode({ registry, shop, writeTools, team, now })),
    ({ toolCalls }) => ({ stage: 'tools', toolCalls }),
  );
  const escalation = createEscalationNode({ team });
  return {
    intent: node(intent, createModelIntentNode({ team, local: intent })),
    retrieval: node(retrieval, screened(createModelRetrievalNode({ knowledge, team, local: retrieval }))),
    tools: node(lookUps, screened(createModelToolsNode({ registry, writeTools, team, local: lookUps }))),
    join: (state: State, config: Config) =>
      Promise.resolve(joinFacts(state, team, contextOf(config).unansweredBefore)),
    drafting: node(
      createDraftingNode({ team, embedder, now }),
      suspecting(
        createModelDraftingNode({ team, now, release: String(deps.release ?? 'folder') }),
        team.profile.guardrails.modelScreening === true,
      ),
    ),
    critique: node(createCritiqueNode({ team, now, embedder, questionsOf })),
    escalation: node(escalation, createModelEscalationNode({ team, local: escalation })),
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
      const { intent, customerTurn, fileEntities, warnings, degradations } = await recognise({
        conversation: context.conversation,
        attachedTexts: context.attachedTexts,
        signal,
      });
      return {
        update: { customerIntent: intent, customerTurn, fileEntities, warnings, degradations },
        payload: { stage: 'intent', intent },
      };
    },
    withoutIt(_, { context }) {
      const newest = context.conversation.messages.findLast(({ author }) => author === 'customer');
      const { text } = screenText(newest?.text.slice(0, 2_000) ?? '', 'customer');
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
