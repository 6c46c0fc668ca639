import type { EmbedderSettings, OpenAiCompatible } from '../shared/domain/embedder-settings.js';
import type { Team } from '../shared/domain/team.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createSuggestionGraph, type LocalSuggestionGraph } from './agents/create-suggestion-graph.js';
import { createAddInternalNote } from './agents/tools/catalog/add-internal-note.js';
import type { NoteDelivery } from './agents/tools/note-delivery.js';
import { createReadCache } from './agents/tools/read-cache.js';
import type { WriteTool } from './agents/tools/write-tool.js';
import { shopWriteTools } from './agents/tools/write-tools.js';
import type { RunCheckpoints } from './agents/run-checkpoints.js';
import type { SuggestionGraph } from './agents/suggestion-graph.js';
import { createEngineClient, type EngineClient } from './engine/engine-client.js';
import type { ChatService } from './chat/chat-service.js';
import type { BusinessService, NamedShop } from './business/business-service.js';
import { composeBusiness } from './compose-business.js';
import { composeChat } from './compose-chat.js';
import { composePrivacy, type Privacy } from './compose-privacy.js';
import type { DeskStorage } from './compose-storage.js';
import type { ChatModel } from './models/chat-model.js';
import { createServiceEmbedders } from './models/adapters/openai-embedder.js';
import type { KeyVault } from './models/key-vault.js';
import { keyFromEnvironment } from './models/try-service.js';
import type { Database } from './storage/database.js';
import { createLibsqlRunCheckpoints } from './storage/libsql-run-checkpoints.js';
import { NO_MODEL } from './agents/suggestion-graph.js';
import { createLiveGraph, type LiveGraph, type TeamInForce } from './suggestions/live-graph.js';
import type { ResourceLocations } from './workspace/locations.js';
import { loadTeam } from './workspace/team-loader.js';
import type { WorkspacePaths } from './workspace/workspace.js';

/** What one run of the graph needs, without a window: the command line and the app share it. */
export interface Assist {
  readonly engine: EngineClient;
  /** Of the team in force; follows releases. */
  readonly graph: LiveGraph;
  /** The way to chat models; null where there is none. */
  readonly chat: ChatModel | null;
  /** The graph of a team like the one in force but for its prompts; its runs leave nothing behind. */
  graphOf(team: Team): Promise<SuggestionGraph>;
  /** Which business systems are connected. */
  readonly business: BusinessService;
  /** The changes the team's systems can do, as they are in force now. */
  readonly writeTools: () => readonly WriteTool[];
  /** The next look-up asks the business systems anew. */
  readonly forgetReads: () => void;
  /** Forgets the kept answers of models: nobody can tell whose they are. */
  readonly forgetAnswers: () => void;
  /** Forgets what runs of these conversations knew. */
  readonly forgetRuns: (conversationIds: readonly string[]) => void;
  /** How many tokens a text is, for what a model reads. */
  readonly countTokens: (text: string) => number;
  /** What guards and writes down all that leaves. */
  readonly privacy: Privacy;
  /** Which chat models are used. */
  readonly models: ChatService;
  close(): Promise<void>;
}

export interface AssistOptions {
  readonly workspace: WorkspacePaths;
  readonly resources: ResourceLocations;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
  /** How the ledger is opened; left out on the command line, which has no key. */
  readonly storage?: DeskStorage;
  /** Where runs are checkpointed; null keeps no checkpoints. */
  readonly runsDatabase: Database | null;
  /** True in the app, which stays open: changes of watched knowledge are then taken over. */
  readonly followsSources?: boolean;
  /** Instead of the chat models that rep and team chose; null for local strategies alone. */
  readonly chat?: ChatModel | null;
  /** Keys of chat models that the rep entered; those of environment variables alone when left out. */
  readonly modelKeys?: KeyVault;
  /** Secrets of business systems that the rep entered; none are connected when left out. */
  readonly businessKeys?: KeyVault;
  /** The desk database, which keeps what models used and their answers; in memory when left out. */
  readonly chatDatabase?: Database;
  /** Notes in the helpdesk of a conversation; no tool adds any when left out. */
  readonly notes?: NoteDelivery;
  /** What passages are found with; the bundled model when left out. */
  readonly embedder?: EmbedderSettings;
  /** The key for an embedding service; from the environment variable its settings name when left out. */
  readonly embeddingKey?: (settings: OpenAiCompatible) => string | null;
}

export function composeAssist(options: AssistOptions): Assist {
  const { workspace, resources, createLogger, now, runsDatabase } = options;
  const team = loadTeam(workspace.teamDir, workspace.name);
  const privacy = composePrivacy({
    ...{ workspace, createLogger, now },
    profile: () => graph.team().profile,
    ...(options.storage ? { storage: options.storage } : {}),
  });
  const models = composeChat({
    ...{ workspace, privacy, createLogger, now },
    teamModels: () => graph.team().profile.models ?? null,
    ...(options.modelKeys ? { keys: options.modelKeys } : {}),
    ...(options.chatDatabase ? { database: options.chatDatabase } : {}),
  });
  const chat = options.chat === undefined ? models.chat : options.chat;
  const engine = createEngineClient({
    workerFile: resources.engineWorkerFile,
    options: {
      workspaceDir: workspace.dir,
      arrivingDir: workspace.arrivingDir,
      embedderDir: resources.embedderDir,
      team,
      followsSources: options.followsSources ?? false,
      ...(options.embedder ? { embedder: options.embedder } : {}),
    },
    log: createLogger('engine'),
    embedRemotely: createServiceEmbedders(options.embeddingKey ?? keyFromEnvironment, privacy),
  });
  const business = composeBusiness({
    ...{ workspace, createLogger, now },
    keys: options.businessKeys ?? null,
    toolServers: () => graph.team().toolServers,
    profile: () => graph.team().profile,
    onChanged: () => {
      readCache.clear();
      graph.rebuild();
    },
  });
  const readCache = createReadCache(now);
  const writeToolsOf = ({ profile, policies }: Team): readonly WriteTool[] => {
    const shop = business.service.shop();
    const off = new Set(policies.flatMap(({ tool, isEnabled }) => (isEnabled ? [] : [tool])));
    const ofShop = shop
      ? shopWriteTools({ ...{ shop: shop.backend, changes: shop.changes, now }, profile }).map((tool) => ({
          ...tool,
          ...(shop.systemId === undefined ? {} : { systemId: shop.systemId }),
        }))
      : [];
    const ofDesk: readonly WriteTool[] = options.notes ? [createAddInternalNote(options.notes)] : [];
    return [...ofShop, ...business.service.writeTools({ profile, now }), ...ofDesk]
      .filter(({ name }) => !off.has(name))
      .map((tool) => ({
        ...tool,
        // Whatever a change came to, what was read before it may be over.
        run: (run) => tool.run(run).finally(() => readCache.clear()),
      }));
  };
  const checkpoints = runsDatabase && createLibsqlRunCheckpoints(runsDatabase, createLogger('suggestion'));
  const build = (inForce: TeamInForce, keep: RunCheckpoints | null): LocalSuggestionGraph =>
    createSuggestionGraph({
      knowledge: engine.knowledge,
      classifier: engine.classifierOf(inForce.release),
      embedder: engine.embedder,
      ...shopInForce(business.service.shop()),
      lookUps: business.service.tools({ profile: inForce.team.profile, now }),
      readCache,
      writeTools: writeToolsOf(inForce.team),
      team: inForce.team,
      release: inForce.release,
      checkpoints: keep,
      createLogger,
      now,
      chat,
      countTokens: models.countTokens,
    });
  const graph = createLiveGraph({
    folderTeam: team,
    releasedTeam: () => engine.releases.team(),
    build: (inForce) => build(inForce, checkpoints),
    modelObstacle: () => (chat ? chat.obstacle('drafting') : NO_MODEL),
    log: createLogger('team'),
  });
  engine.releases.onChanged({
    coming: (team) => graph.prepare(team),
    inForce: (team) => graph.use(team),
  });
  return {
    engine,
    ...{ graph, chat, privacy },
    countTokens: models.countTokens,
    business: business.service,
    forgetReads: () => readCache.clear(),
    forgetAnswers: () => models.forgetAnswers(),
    forgetRuns: (conversationIds) => checkpoints?.forgetConversations(conversationIds),
    writeTools: () => writeToolsOf(graph.team()),
    graphOf: async (trial) => build({ release: (await graph.inForce()).release, team: trial }, null),
    models: models.service,
    async close() {
      await engine.close();
      await business.close();
      models.close();
      privacy.close();
    },
  };
}

function shopInForce(shop: NamedShop | null) {
  return shop ? { shop: shop.backend, shopName: shop.name } : { shop: null };
}
