import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { EmbedderSettings, OpenAiCompatible } from '../shared/domain/embedder-settings.js';
import type { Team } from '../shared/domain/team.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createSuggestionGraph } from './agents/create-suggestion-graph.js';
import { createEmbedderService, type EmbedderService, type KeyVault } from './embedders/embedder-service.js';
import { createEngineClient, type EngineClient } from './engine/engine-client.js';
import type { Engine, EngineReleases } from './engine/engine.js';
import { createFeedbackService, type FeedbackService } from './feedback/feedback-service.js';
import { createFeedbackStore, feedbackMigrations } from './feedback/feedback-store.js';
import { createSimulatedHelpdesk } from './helpdesk/adapters/simulated-helpdesk.js';
import type { HelpdeskConnector } from './helpdesk/helpdesk-connector.js';
import { cutForRelease } from './knowledge/release/cut-for-release.js';
import { createLeadService, type LeadService } from './lead/lead-service.js';
import { createServiceEmbedders } from './models/adapters/openai-embedder.js';
import { keyFromEnvironment, tryService } from './models/try-service.js';
import { createImportService, type ImportService } from './imports/import-service.js';
import { createDraftPublisher } from './publishing/publisher.js';
import { openDemoShop, type DemoShop } from './shop/demo-shop.js';
import { checkpointMigrations } from './storage/checkpoint-tables.js';
import { openDatabase, type Database } from './storage/database.js';
import { createLibsqlRunCheckpoints } from './storage/libsql-run-checkpoints.js';
import { burstPauseMs } from './suggestions/burst-pause.js';
import { createLiveGraph, type LiveGraph } from './suggestions/live-graph.js';
import { createSuggestionService, type SuggestionService } from './suggestions/suggestion-service.js';
import { createSuggestionStore, suggestionMigrations } from './suggestions/suggestion-store.js';
import type { ReleaseTarget } from './sync/release-target.js';
import { createTeamService, type TeamService, type TeamServiceDeps } from './team/team-service.js';
import type { SecretPlace } from './team/token-vault.js';
import { demoScripts } from './helpdesk/demo-scripts.js';
import { readEmbedderChoice, saveEmbedderChoice } from './workspace/embedder-choice.js';
import { prepareDemoWorkspace } from './workspace/demo-workspace.js';
import { demoWorkspaceDir, type ResourceLocations } from './workspace/locations.js';
import { createSettingsStore, type SettingsStore } from './workspace/settings-store.js';
import { teamFiles } from './workspace/team-files.js';
import { loadTeam } from './workspace/team-loader.js';
import { DEMO_ORDERS_FILE, type WorkspacePaths } from './workspace/workspace.js';

/** Runs at once: one the rep looks at, one that just came in. The engine has one thread; more would only wait there. */
const CONCURRENT_RUNS = 2;

/** What one run of the graph needs, without a window: the command line and the app share it. */
export interface Assist {
  readonly engine: EngineClient;
  /** Of the team in force; follows releases. */
  readonly graph: LiveGraph;
  close(): Promise<void>;
}

export interface AssistOptions {
  readonly workspace: WorkspacePaths;
  readonly resources: ResourceLocations;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
  /** Where runs are checkpointed; null keeps no checkpoints. */
  readonly runsDatabase: Database | null;
  /** True in the app, which stays open: changes of watched knowledge are then taken over. */
  readonly followsSources?: boolean;
  /** What passages are found with; the bundled model when left out. */
  readonly embedder?: EmbedderSettings;
  /** The key for an embedding service; from the environment variable its settings name when left out. */
  readonly embeddingKey?: (settings: OpenAiCompatible) => string | null;
}

export function composeAssist(options: AssistOptions): Assist {
  const { workspace, resources, createLogger, now, runsDatabase } = options;
  const team = loadTeam(workspace.teamDir, workspace.name);
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
    embedRemotely: createServiceEmbedders(options.embeddingKey ?? keyFromEnvironment),
  });
  const shop = openShop(workspace, now());
  const checkpoints = runsDatabase && createLibsqlRunCheckpoints(runsDatabase, createLogger('suggestion'));
  const graph = createLiveGraph({
    folderTeam: team,
    releasedTeam: () => engine.releases.team(),
    build: (inForce) =>
      createSuggestionGraph({
        knowledge: engine.knowledge,
        classifier: engine.classifierOf(inForce.release),
        embedder: engine.embedder,
        shop: shop?.backend ?? null,
        team: inForce.team,
        checkpoints,
        createLogger,
        now,
      }),
    log: createLogger('team'),
  });
  engine.releases.onChanged({
    coming: (team) => graph.prepare(team),
    inForce: (team) => graph.use(team),
  });
  return {
    engine,
    graph,
    async close() {
      await engine.close();
      shop?.close();
    },
  };
}

/** Only the demo team has orders of its own; a team of one's own gets its look-ups from its business systems. */
function openShop(workspace: WorkspacePaths, now: Date): DemoShop | null {
  const seedFile = path.join(workspace.teamDir, DEMO_ORDERS_FILE);
  return fs.existsSync(seedFile) ? openDemoShop({ file: workspace.shopDatabase, seedFile, now }) : null;
}

/** Where the sync brings releases: into the engine. */
function releaseTargetOf(releases: EngineReleases): ReleaseTarget {
  return {
    current: () => releases.release(),
    listing: () => releases.listing(),
    apply: (update, onProgress, signal) =>
      releases.apply(update, (done, total) => onProgress({ done, total }), signal),
  };
}

async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await fs.promises.statfs(dir);
  return bavail * bsize;
}

/** Everything the window talks to. */
export interface Desk {
  /** The one in force; follows releases. */
  team(): Team;
  readonly workspaceDir: string;
  readonly engine: Engine;
  readonly helpdesk: HelpdeskConnector;
  readonly suggestions: SuggestionService;
  readonly feedback: FeedbackService;
  readonly imports: ImportService;
  readonly embedders: EmbedderService;
  readonly settings: SettingsStore;
  /** The team this computer joined. */
  readonly membership: TeamService;
  /** What its leads do at the hub. */
  readonly lead: LeadService;
  customerName(conversationId: string): Promise<string>;
  decisionMs(runId: string): number;
  /** Begins to follow the helpdesk, once there is somebody to show it to. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions extends Pick<TeamServiceDeps, 'appVersion' | 'openBrowser' | 'onRemoval'> {
  readonly home: string;
  readonly resources: ResourceLocations;
  readonly createLogger: CreateLogger;
  readonly env: NodeJS.ProcessEnv;
  /** Keys of embedding services that the rep entered. */
  readonly keys: KeyVault;
  /** Keeps one secret in this file. */
  readonly secretIn: (file: string) => SecretPlace;
}

/** Builds the app's services on the demo team. @throws AppErrorException when the workspace cannot be opened. */
export function composeDesk(options: DeskOptions): Desk {
  const { home, resources, createLogger, env, keys } = options;
  const now = (): Date => new Date();
  const workspace = prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(home));
  const database = openDatabase(workspace.deskDatabase, [
    { scope: 'suggestions', statements: suggestionMigrations },
    { scope: 'feedback', statements: feedbackMigrations },
  ]);
  const runsDatabase = openDatabase(
    workspace.runsDatabase,
    [{ scope: 'checkpoints', statements: checkpointMigrations }],
    'relaxed',
  );
  const keyOfVariable = (name: string): string | null => keyFromEnvironment({ keyVariable: name }, env);
  const embedders = createEmbedderService({
    read: () => readEmbedderChoice(workspace.embedder),
    save: (settings) => saveEmbedderChoice(workspace.embedder, settings),
    ...{ keys, keyOfVariable },
    tryLocal: (settings) => assist.engine.tryEmbedder(settings),
    tryService: (draft, key) => tryService(draft, () => key),
    isImporting: () => imports.activity().state === 'running',
    changeEmbedder: (settings) => assist.engine.changeEmbedder(settings),
    log: createLogger('embedder'),
  });
  const assist = composeAssist({
    ...{ workspace, resources, createLogger, now, runsDatabase },
    followsSources: true,
    embedder: embedders.chosen().settings,
    embeddingKey: embedders.keyOf,
  });
  const imports = createImportService({ knowledge: assist.engine.knowledge, log: createLogger('import') });
  const helpdesk = createSimulatedHelpdesk({
    ...demoScripts(resources.demoDir, env),
    now,
    log: createLogger('helpdesk'),
  });
  const store = createSuggestionStore(database);
  const suggestions = createSuggestionService({
    graph: assist.graph,
    helpdesk,
    store,
    log: createLogger('suggestion'),
    pauseMs: burstPauseMs,
    concurrency: CONCURRENT_RUNS,
  });
  const feedback = createFeedbackService({
    store: createFeedbackStore(database),
    findSuggestion: (runId) => store.find(runId),
    log: createLogger('feedback'),
    now,
  });
  const membership = createTeamService({
    membershipDir: workspace.membershipDir,
    tokens: options.secretIn(teamFiles(workspace.membershipDir).tokens),
    target: releaseTargetOf(assist.engine.releases),
    freeBytes: () => freeBytes(workspace.dir),
    appVersion: options.appVersion,
    deviceName: os.hostname() || 'computer',
    openBrowser: options.openBrowser,
    onRemoval: options.onRemoval,
    ...{ createLogger, now },
  });
  const lead = createLeadService({
    hub: () => membership.hub(),
    hubUrl: () => {
      const status = membership.status();
      return 'hubUrl' in status ? status.hubUrl : '';
    },
    publish: (hub, publication, onProgress, signal) =>
      createDraftPublisher({ hub, embedder: assist.engine.passages, cut: cutForRelease }).publish(
        publication,
        onProgress,
        signal,
      ),
    log: createLogger('lead'),
  });
  membership.whileJoined(() => ({ onHubEvent: (event) => lead.onHubEvent(event), close: () => undefined }));
  return {
    team: () => assist.graph.team(),
    workspaceDir: workspace.dir,
    engine: assist.engine,
    helpdesk,
    suggestions,
    feedback,
    ...{ imports, embedders, membership, lead },
    settings: createSettingsStore(workspace.settings),
    customerName: async (conversationId) => (await helpdesk.open(conversationId)).customer.name,
    decisionMs: (runId) => {
      const shownAt = suggestions.shownAt(runId);
      return shownAt === null ? 0 : Date.now() - shownAt;
    },
    async start() {
      // The graph waits for the local store, which says whose team it is; the inbox need not.
      membership.start();
      await Promise.all([assist.graph.warmUp(), helpdesk.start()]);
    },
    async close() {
      await lead.close();
      await membership.close();
      suggestions.close();
      await helpdesk.close();
      await assist.close();
      runsDatabase.close();
      database.close();
    },
  };
}
