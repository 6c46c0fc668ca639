import type { HubEndpointName } from '../shared/contracts/hub/index.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { checkPolicies } from '../shared/policy/check-policies.js';
import { createAttachmentService } from './attachments/attachment-service.js';
import { chatMigrations } from './chat/chat-tables.js';
import { actionMigrations } from './actions/action-tables.js';
import type { Desk } from './desk.js';
import { composeActions } from './compose-actions.js';
import { composeAssist } from './compose-assist.js';
import { composeWriting } from './compose-writing.js';
import { composeForgetting } from './compose-forgetting.js';
import { composeHelpdesk } from './compose-helpdesk.js';
import { composeNotes } from './compose-notes.js';
import { composeStorage, type StorageOptions } from './compose-storage.js';
import { composeMembership, type MembershipOptions } from './compose-membership.js';
import { createEmbedderService } from './embedders/embedder-service.js';
import { readFileTextInThread } from './engine/file-text-thread.js';
import { createFeedbackOutbox } from './feedback/feedback-outbox.js';
import { createFeedbackService } from './feedback/feedback-service.js';
import { createFeedbackStore } from './feedback/feedback-store.js';
import { feedbackMigrations } from './feedback/feedback-tables.js';
import { createOutboxStore } from './feedback/outbox-store.js';
import { createSimulatedInbox } from './helpdesk/simulated-inbox.js';
import { deliveryMigrations } from './helpdesk/delivery/delivery-tables.js';
import { cutForRelease } from './knowledge/release/cut-for-release.js';
import { createLeadService } from './lead/lead-service.js';
import type { KeyVault } from './models/key-vault.js';
import type { EgressPurpose } from './models/outbound-port.js';
import { keyFromEnvironment, tryService } from './models/try-service.js';
import { createImportService } from './imports/import-service.js';
import type { HelpdeskPages } from './platform/helpdesk-pages.js';
import { createPlaybookService } from './playbooks/playbook-service.js';
import { forgettingMigrations } from './forgetting/forgetting-tables.js';
import { createTickStore, tickMigrations } from './playbooks/tick-store.js';
import { createDraftPublisher } from './publishing/publisher.js';
import { checkpointMigrations } from './storage/checkpoint-tables.js';
import { burstPauseMs } from './suggestions/burst-pause.js';
import { createLastingStore } from './suggestions/lasting-store.js';
import { threadSummaryMigrations } from './suggestions/thread-summary-store.js';
import { createSuggestionService } from './suggestions/suggestion-service.js';
import { createSuggestionStore, suggestionMigrations } from './suggestions/suggestion-store.js';
import { demoScripts } from './helpdesk/demo-scripts.js';
import { readEmbedderChoice, saveEmbedderChoice } from './workspace/embedder-choice.js';
import { prepareDemoWorkspace } from './workspace/demo-workspace.js';
import { demoWorkspaceDir, type ResourceLocations } from './workspace/locations.js';
import { createSettingsStore } from './workspace/settings-store.js';

/** Runs at once: one the rep looks at, one that just came in. The engine has one thread; more would only wait there. */
const CONCURRENT_RUNS = 2;

/** What a customer said or is to get leaves for the team's own hub only so. */
const leavingFor: Partial<Record<HubEndpointName, EgressPurpose['kind']>> = {
  'feedback.send': 'feedback',
  'approvals.ask': 'approval',
};
const TO_THE_HUB = { task: null, runId: null, conversationId: null, replaced: {} };

export interface DeskOptions extends Pick<
  MembershipOptions,
  'home' | 'env' | 'secretIn' | 'appVersion' | 'openBrowser' | 'onRemoval'
> {
  readonly resources: ResourceLocations;
  readonly createLogger: CreateLogger;
  /** Asked where the keychain does not give the key of what is kept; see {@link StorageOptions}. */
  readonly whenLocked: StorageOptions['whenLocked'];
  /** Keys of embedding services and chat models that the rep entered. */
  readonly keys: KeyVault;
  /** What the pages of the helpdesks inside the window keep on this computer. */
  readonly pages: Pick<HelpdeskPages, 'count' | 'forgetPages'>;
}

/** Builds the app's services on the demo team. @throws AppErrorException when the workspace cannot be opened. */
export function composeDesk(options: DeskOptions): Desk {
  const { home, resources, createLogger, env, keys } = options;
  const now = (): Date => new Date();
  const workspace = prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(home));
  const storage = composeStorage({
    ...{ workspace, createLogger, now },
    ...{ secretIn: options.secretIn, whenLocked: options.whenLocked },
  });
  const database = storage.open(workspace.deskDatabase, [
    { scope: 'suggestions', statements: suggestionMigrations },
    { scope: 'feedback', statements: feedbackMigrations },
    { scope: 'summaries', statements: threadSummaryMigrations },
    { scope: 'chat', statements: chatMigrations },
    { scope: 'deliveries', statements: deliveryMigrations },
    { scope: 'actions', statements: actionMigrations },
    { scope: 'playbooks', statements: tickMigrations },
    { scope: 'checkpoints', statements: checkpointMigrations },
    { scope: 'forgetting', statements: forgettingMigrations },
  ]);
  // Runs are whole messages and can be made again: where there is no key, no run is kept.
  const runsDatabase =
    storage.key === null
      ? null
      : storage.open(
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
    tryService: (draft, key) => tryService(draft, () => key, assist.privacy),
    isImporting: () => imports.activity().state === 'running',
    changeEmbedder: (settings) => assist.engine.changeEmbedder(settings),
    log: createLogger('embedder'),
  });
  const assist = composeAssist({
    ...{ workspace, resources, createLogger, now, storage, runsDatabase },
    followsSources: true,
    embedder: embedders.chosen().settings,
    embeddingKey: embedders.keyOf,
    ...{ modelKeys: keys, businessKeys: keys, chatDatabase: database },
    notes: composeNotes(() => helpdesk),
  });
  const imports = createImportService({ knowledge: assist.engine.knowledge, log: createLogger('import') });
  const settings = createSettingsStore(workspace.settings);
  const helpdesks = composeHelpdesk({
    keptDays: settings.read().keptDays,
    ...{ workspace, keys, createLogger, now, storage, deskDatabase: database },
    maySend: () => assist.graph.team().profile.sending === 'ask',
    onForgotten: (ids) => void forgetting.forgetGone(ids),
    demoInbox: () =>
      createSimulatedInbox({ ...demoScripts(resources.demoDir, env), now, log: createLogger('helpdesk') }),
  });
  const helpdesk = helpdesks.service.inbox;
  const store = createLastingStore(createSuggestionStore(database), createLogger('suggestion'));
  const { desk: actions, secondApprover } = composeActions({
    ...{ database, helpdesk, createLogger, now },
    writeTools: assist.writeTools,
    checkPolicy: (change) => {
      const { policies, profile } = assist.graph.team();
      return checkPolicies(policies, profile.currency, change);
    },
    teamStatus: () => membership.service.status(),
  });
  const ticks = createTickStore(database, now);
  const attachments = createAttachmentService({
    inbox: helpdesk,
    fetchFile: (...file) => helpdesks.service.attachment(...file),
    store: helpdesks.fileTexts,
    readText: readFileTextInThread(resources.engineWorkerFile),
    countTokens: assist.countTokens,
    log: createLogger('attachments'),
  });
  const writing = composeWriting({ ...{ assist, helpdesk, store, database, createLogger, now } });
  const suggestions = createSuggestionService({
    graph: assist.graph,
    helpdesk,
    store,
    release: async () => (await assist.graph.inForce()).release,
    log: createLogger('suggestion'),
    pauseMs: burstPauseMs,
    concurrency: CONCURRENT_RUNS,
    earlierSummary: (conversation) => writing.summaries.earlier(conversation),
    doneCalls: (conversation) => actions.service.doneCalls(conversation),
    attachedTexts: ({ id }) => attachments.textsOf(id),
  });
  attachments.onChanged((conversationId) => void suggestions.generate(conversationId, 'standard'));
  suggestions.onEvent((event) => {
    // A reply that is kept beside another may have found a change the other did not.
    if (event.name === 'suggestion.ready' || event.name === 'suggestion.kept')
      void actions.propose(event.payload.suggestion);
  });
  // What was done belongs into the reply: the card of the same message is made again with the result as evidence.
  actions.service.onChanged(({ status, conversationId }) => {
    if (status === 'succeeded') suggestions.generate(conversationId, 'standard');
  });
  const decisions = createFeedbackStore(database);
  const feedback = createFeedbackService({
    store: decisions,
    findSuggestion: (runId) => store.find(runId),
    originOf: (runId) => store.origin(runId),
    log: createLogger('feedback'),
    now,
  });
  const forgetting = composeForgetting({
    isWaiting: storage.isWaiting,
    ...{ database, helpdesks, suggestions, store, ticks, decisions, assist, createLogger },
    ...{ summaries: writing.summaries, actions: actions.service, pages: options.pages },
  });
  const outbox = createFeedbackOutbox({
    ...{ store: createOutboxStore(database), decisions, feedback },
    ...{ log: createLogger('feedback'), now },
  });
  const membership = composeMembership({
    ...options,
    ...{ workspace, now },
    releases: assist.engine.releases,
    deliverTo: (hub) => outbox.deliverTo(hub),
    hubFetch(name) {
      const kind = leavingFor[name];
      return kind ? assist.privacy.ledger.fetchFor({ ...TO_THE_HUB, kind }) : fetch;
    },
  });
  membership.service.whileJoined((hub) => secondApprover.askAt(hub));
  const lead = createLeadService({
    membership: membership.service,
    publish: (hub, publication, onProgress, signal) =>
      createDraftPublisher({ hub, embedder: assist.engine.passages, cut: cutForRelease }).publish(
        publication,
        onProgress,
        signal,
      ),
    log: createLogger('lead'),
  });
  return {
    team: () => assist.graph.team(),
    workspaceDir: workspace.dir,
    storage: { isEncrypted: storage.key !== null, problem: storage.problem, aside: storage.aside() },
    engine: assist.engine,
    helpdesk,
    helpdesks: helpdesks.service,
    ...{ suggestions, attachments },
    actions,
    playbooks: createPlaybookService({
      ...{ ticks, helpdesk, writeTools: assist.writeTools },
      latest: (conversationId) => store.latest(conversationId),
      team: () => assist.graph.team(),
    }),
    business: assist.business,
    forgetting: forgetting.forgetting,
    customers: forgetting.customer,
    forgetReads: assist.forgetReads,
    ...writing,
    ...{ feedback, outbox },
    ...{ imports, embedders },
    models: assist.models,
    membership: membership.service,
    lead,
    settings,
    privacy: assist.privacy.service,
    customerName: async (conversationId) => (await helpdesk.open(conversationId)).customer.name,
    decisionMs: (runId) => {
      const shownAt = suggestions.shownAt(runId);
      return shownAt === null ? 0 : Date.now() - shownAt;
    },
    async start() {
      // The graph waits for the local store, which says whose team it is; the inbox need not.
      membership.start();
      await Promise.all([assist.graph.warmUp(), helpdesk.start()]);
      // A change that was under way is looked after before anything is forgotten by age.
      void actions.service.recover().then(() => forgetting.begin());
      // Afterwards: the first card comes before the first release.
      membership.joinDemo();
    },
    async close() {
      await lead.close();
      await membership.close();
      attachments.close();
      suggestions.close();
      writing.summaries.close();
      writing.playground.cancel();
      await helpdesks.close();
      await assist.close();
      runsDatabase?.close();
      database.close();
    },
  };
}
